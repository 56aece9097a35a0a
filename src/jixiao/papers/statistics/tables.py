"""The numbers of each statistic as tables, what they come to in sentences, and the filings behind the leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.papers.statistics.words import (
    GROUPS,
    behind_words,
    chance_words,
    name_of,
    range_words,
    share_words,
)
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.copies import Cluster
from jixiao.rollup.statistics.digits import Digits
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.grounds import Grounds
from jixiao.rollup.statistics.inflation import Inflation
from jixiao.rollup.statistics.lowness import OVER, Pair, Repeated
from jixiao.rollup.statistics.standing import Comparison, Standing

TITLES = ("虚高", "目标偏低", "数字检验", "雷同")
_NAMED, _FAR = 5, 1 / OVER
_FILE = ("年度", "单位", "项目", "文件")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's headings and rows, those that matter most first, so that it may be cut; `leads` says it holds leads."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    leads: bool = False


Tables = tuple[tuple[str, Rows | None], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A statistic for its page: what it asks, how many leads, sentences, tables by heading, its grounds."""

    title: str
    asks: str
    leads: int
    said: tuple[str, ...]
    tables: Tables
    grounds: Grounds


# ---------------------------------------------------------------- groups side by side


def leads_of(comparisons: Sequence[Comparison]) -> list[tuple[Comparison, Standing]]:
    """Return the groups that are leads, the least likely by chance first."""
    found = [(one, standing) for one in comparisons for standing in one.standings if standing.lead]
    return sorted(found, key=lambda pair: (pair[1].adjusted or 0, -(pair[1].share - pair[0].usual)))


def _said(comparisons: Sequence[Comparison], by: str) -> Iterator[str]:
    found = leads_of(comparisons)
    if not any(standing.chance is not None for one in comparisons for standing in one.standings):
        yield f"没有可以比较的{by}：每个要有 3 个以上的项目，全部至少 10 个项目、两个{by}。"
    elif not found:
        yield f"没有哪个{by}既超出碰巧的范围，又高出规定的幅度。"
    names = list(dict.fromkeys(standing.group for _, standing in found))
    if names:
        more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
        yield f"值得先看的{by}：{'、'.join(names[:_NAMED])}{more}。"
    for one, standing in found[:_NAMED]:
        yield (
            f"{standing.group}：{name_of(one)} {share_words(standing.share)}（{standing.projects} 个项目），"
            f"全部材料平均 {share_words(one.usual)}，"
            f"随机分到这么多项目时 95% 在 {range_words(standing.low, standing.high)}。"
        )


def _compared(comparisons: Sequence[Comparison], by: str) -> Rows | None:
    head = ("比较的数", by, "项目", "行", "平均", "全部平均", "碰巧的范围（95%）", "机会", "校正后", "线索")
    pairs = [(one, standing) for one in comparisons for standing in one.standings]
    order = {id(one): at for at, one in enumerate(comparisons)}
    pairs.sort(key=lambda pair: (not pair[1].lead, order[id(pair[0])], -pair[1].share, pair[1].group))
    rows = [
        (name_of(one), standing.group, str(standing.projects), str(standing.rows), share_words(standing.share),
         share_words(one.usual), range_words(standing.low, standing.high), chance_words(standing.chance),
         chance_words(standing.adjusted), "是" if standing.lead else "" if standing.chance is not None else "太少")
        for one, standing in pairs
    ]  # fmt: skip
    return Rows(head, rows) if rows else None


def _behind(comparisons: Sequence[Comparison], by: str) -> Rows | None:
    rows: list[tuple[str, ...]] = [
        (standing.group, name_of(one), share_words(behind.share), *behind_words(behind.subject))
        for one, standing in leads_of(comparisons)
        for behind in standing.behind
    ]
    head: tuple[str, ...] = (by, "比较的数", "这一份", *_FILE)
    if by == _FILE[1]:  # then the column before says whose it is
        head, rows = (*head[:4], *head[5:]), [(*row[:4], *row[5:]) for row in rows]
    return Rows(head, rows, leads=True) if rows else None


# ---------------------------------------------------------------- one after the other


def inflated(told: Statistics) -> Told:
    """Lay out 虚高."""
    one, by = told.inflation, GROUPS[told.by]
    said = list(_said(one.comparisons, by))
    if one.overstated is not None:
        over = one.overstated
        part = share_words(_part(over.higher, over.of))
        said.append(
            f"自评总分高于重算的有 {over.higher} 份，占能够重算的 {over.of} 份的 {part}"
            f"（95% 区间 {range_words(over.low, over.high)}）。"
        )
    tables = (
        (f"各{by}与全部材料", _compared([c for c in one.comparisons if not c.part], by)),
        (f"各{by}的得分率", _rates(one, by)),
        ("各一级指标", _classes(one)),
        (f"各{by}的各一级指标", _compared([c for c in one.comparisons if c.part], by)),
        ("线索背后的材料", _behind(one.comparisons, by)),
        ("自评总分高于重算的材料", _overstated(one)),
    )
    asks = "满分和得分是不是比别处、比重算、比复核高"
    return Told(TITLES[0], asks, len(leads_of(one.comparisons)), tuple(said), tables, one.grounds)


def _part(hits: int, of: int) -> Fraction:
    return Fraction(hits, of)


def _rates(one: Inflation, by: str) -> Rows | None:
    rows = [
        (name, share_words(rate)) for name, rate in sorted(one.rates, key=lambda pair: (-pair[1], pair[0]))
    ]
    return Rows((by, "得分率（得分之和 ÷ 分值之和）"), rows) if rows else None


def _classes(one: Inflation) -> Rows | None:
    head = ("一级指标", "行", "满分的行", "满分占比", "得分率", "各份得分率的中间一半")
    rows = [
        (part.level1 or "（没有写）", str(part.rows), str(part.full), share_words(_part(part.full, part.rows)),
         share_words(part.rate), range_words(part.quarter, part.three))
        for part in one.classes
    ]  # fmt: skip
    return Rows(head, rows) if rows else None


def _overstated(one: Inflation) -> Rows | None:
    behind = one.overstated.behind if one.overstated is not None else ()
    rows = [
        (f"{printed:f}", f"{ours:f}", f"{printed - ours:f}", *behind_words(who))
        for who, printed, ours in behind
    ]
    return Rows(("自评总分", "重算至多", "高出", *_FILE), rows) if rows else None


def lowered(told: Statistics) -> Told:
    """Lay out 目标偏低."""
    one, by = told.lowness, GROUPS[told.by]
    below = [pair for pair in one.pairs if pair.below]
    said = ["没有可以上下两年比较的指标：请把同一项目上一年的自评表放在一起。"]
    if one.pairs:
        more = f"另有 {one.unpaired} 行在上年的表里没有同名同向的指标，没有比。" if one.unpaired else ""
        counts = (
            f"{one.compared} 个指标有上年可比，其中 {one.below} 个的目标低于上年实际"
            f"（{share_words(_part(one.below, one.compared))}）；"
            f"连续超额而目标没有提高的 {one.surpassed} 个。{more}"
        )
        groups = _said(one.comparisons, by)
        said = [*groups, counts] if leads_of(one.comparisons) else [counts, *groups]
    far = sorted(
        (pair for pair in below if pair.demanded <= _FAR), key=lambda pair: (pair.demanded, pair.now.file)
    )
    tables = (
        ("连续两年以上超额、目标没有提高的指标", _repeated(one.repeated)),
        (f"各{by}与全部材料", _compared(one.comparisons, by)),
        ("上年实际达到今年目标 120% 以上的指标", _pairs(far)),
        ("其余目标低于上年实际的指标", _pairs([pair for pair in below if pair.demanded > _FAR])),
        ("线索背后的材料", _behind(one.comparisons, by)),
    )
    leads = len(leads_of(one.comparisons)) + one.surpassed
    return Told(TITLES[1], "今年的目标是不是低于上年已经做到的", leads, tuple(said), tables, one.grounds)


def _repeated(found: Sequence[Repeated]) -> Rows | None:
    rows = [
        (one.name, "、".join(map(str, one.years)), "、".join(one.targets), "、".join(map(share_words, one.shares)),
         "每年 130% 以上" if one.far else "每年 120% 以上", *behind_words(one.subject)[1:3], "、".join(one.files))
        for one in found
    ]  # fmt: skip
    return (
        Rows(("指标", "年度", "各年目标", "完成 ÷ 目标", "程度", *_FILE[1:]), rows, leads=True)
        if rows
        else None
    )


def _pairs(found: Sequence[Pair]) -> Rows | None:
    rows = [
        (
            one.name,
            one.target,
            one.reached,
            share_words(one.demanded),
            *behind_words(one.now),
            one.before.file,
        )
        for one in found
    ]
    return (
        Rows(("指标", "今年目标", "上年实际", "今年目标 ÷ 上年实际", *_FILE, "上年的文件"), rows)
        if rows
        else None
    )


def heaped(told: Statistics) -> Told:
    """Lay out 数字检验."""
    one, by = told.heaping, GROUPS[told.by]
    leads = [test for test in one.tests if test.lead]
    groups, digits = list(_said(one.comparisons, by)), list(_tested_words(one.tests))
    said = [*digits, *groups] if leads and not leads_of(one.comparisons) else [*groups, *digits]
    tables = (
        (f"各{by}与全部材料", _compared(one.comparisons, by)),
        ("全部材料的检验", _tests(one.tests)),
        (
            "满意度的分布",
            Rows(("满意度", "份数"), [(n, str(k)) for n, k in one.rates]) if one.rates else None,
        ),
        ("各数字的份数", _digits(one.tests)),
        ("线索背后的材料", _behind(one.comparisons, by)),
        ("检验线索背后的材料", _of_tests(leads)),
    )
    count = len(leads_of(one.comparisons)) + len(leads)
    return Told(TITLES[2], "得分、满意度和金额的数字有没有扎堆", count, tuple(said), tables, one.grounds)


def _tested_words(tests: Sequence[Digits]) -> Iterator[str]:
    for one in tests:
        if one.lead:
            yield f"{one.says}：校正后机会 {chance_words(one.adjusted)}，值得看一看。"
    idle = [one.says for one in tests if one.why]
    if idle:
        yield f"没有检验的：{'、'.join(idle)}（原因见表）。"


def _tests(tests: Sequence[Digits]) -> Rows:
    rows = [
        (one.says, str(sum(one.counts)), chance_words(one.chance), chance_words(one.adjusted),
         one.why or ("线索" if one.lead else "没有发现"))
        for one in tests
    ]  # fmt: skip
    return Rows(("检验", "份数", "机会", "校正后", "结果"), rows)


def _digits(tests: Sequence[Digits]) -> Rows | None:
    rows = [
        (one.says, name, str(count), share_words(_part(count, sum(one.counts))), share_words(share))
        for one in tests
        if not one.why
        for name, count, share in zip(one.classes, one.counts, one.expected, strict=True)
    ]
    return Rows(("检验", "数字", "份数", "占比", "本应占"), rows) if rows else None


def _of_tests(tests: Sequence[Digits]) -> Rows | None:
    rows = [(one.says, name, *behind_words(who)) for one in tests for name, who in one.behind]
    return Rows(("检验", "数字", *_FILE), rows, leads=True) if rows else None


def copied(told: Statistics) -> Told:
    """Lay out 雷同."""
    one = told.copies
    leads = [cluster for cluster in one.clusters if cluster.lead]
    idle = [cluster for cluster in one.clusters if not cluster.lead]
    looked = "、".join(f"{kind} {count} 份" for kind, count in one.compared.items())
    said = [
        _alike(leads, idle) if looked else "项目太多，没有比较：请按县、按部门分开统计。",
        *([f"比较了：{looked}。"] if looked else []),
    ]
    tables = (
        ("线索：项目不同而文字相同的", _clusters(leads)),
        ("不作线索的", _clusters(idle)),
    )
    return Told(TITLES[3], "不同项目的文字是不是大同小异", len(leads), tuple(said), tables, one.grounds)


def _alike(leads: Sequence[Cluster], idle: Sequence[Cluster]) -> str:
    more = f"另有 {len(idle)} 组有别的解释，不作线索，也列出来。" if idle else ""
    if not leads:
        return f"没有可作线索的雷同。{more}"
    return f"有 {len(leads)} 组材料八成以上相同，共 {sum(1 + len(one.others) for one in leads)} 份次。{more}"


def _clusters(found: Sequence[Cluster]) -> Rows | None:
    rows = [
        (f"第 {number} 组", one.kind, likeness, *behind_words(who), shared, because)
        for number, one in enumerate(found, 1)
        for likeness, who, shared, because in _members(one)
    ]
    head = ("组", "文字", "与中心相同", *_FILE, "共有的文字（举例）", "为什么不作线索")
    if not any(one.because for one in found):
        return Rows(head[:-1], [row[:-1] for row in rows], leads=True) if rows else None
    return Rows(head, rows)


def _members(one: Cluster) -> Iterator[tuple[str, Subject, str, str]]:
    yield "中心", one.centre, "；".join(one.shared), one.because
    yield from ((share_words(other.share), other.subject, "", "") for other in one.others)
