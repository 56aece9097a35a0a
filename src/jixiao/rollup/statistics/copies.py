"""雷同: filings that share most of their words, around the one that is most like the others.

The measure is the audit's (CL02, CL03). What a quarter of all units say is the county's form and counts for nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.collection.likeness import alike, boilerplate, clauses, likeness, shingles
from jixiao.audit.collection.scores import unit_key, unlike
from jixiao.audit.collection.texts import EVERYBODY, LEAST_OWNERS, SHORT, said_in
from jixiao.model.figure import tidy
from jixiao.rollup.statistics.entries import Entries, Entry, Subject
from jixiao.rollup.statistics.grounds import PROOF, Grounds
from jixiao.rollup.statistics.standing import Behind

ALIKE = Fraction(4, 5)
MOST = 100_000  # of a lake, so many projects whose rarest indicators others have too are compared
FEW_OWNERS = 4
KIN, FEW = "项目名称相同或相近", "单位太少，分不出表样与雷同"
TOLD = "同一主管部门的单位大多这样写，可能是部门统一布置"
_TOLD_ROWS, _TOLD_TEXT, _MOST = 2, 3, Fraction(3, 4)
_SHORT_TEXT, ROWS, _SHOWN, _WHOLE, _LONG = 40, 5, 3, 80, 8
GROUNDS = Grounds(
    (
        "比较四种文字：自评的全部文字、绩效目标、偏差原因和改进措施、三级指标的名称。先去掉本项目、本单位的名称，数字都当作零；"
        "再把文字切成五字连串，相似程度 = 两份共有的 ÷ 两份合计的；指标按名称算。",
        "每一组以与别人相像最多的一份为中心，其余各份都与它八成以上相同；不会甲像乙、乙像丙就把甲和丙归在一起。",
        "四分之一以上的单位（至少十个；单位少的，一半以上且至少四个）都有的句子和指标名称，当作统一的表样，不计入。",
        "全部文字去掉表样后不足 120 个连串、目标和原因不足 40 个、指标不足 5 个的不比；同一项目几年的只取最近一年。",
    ),
    (
        "假定各单位自己起草；统一布置的范文如果只发给少数单位，会显得雷同。",
        "项目名称相同或相近的另列，不作线索：同一类项目用统一的写法和指标是正常的。"
        "同一主管部门四分之三以上的单位都这样写的（文字至少三个单位，指标至少两个）也另列，可能是部门统一布置。",
    ),
    (
        PROOF,
        "看不出谁抄谁，也看不出是不是同一家机构代写。",
        "单位不足四个时，分不出表样与雷同，只列出来。",
        f"数据湖里可能相同的项目超过 {MOST} 个的不比较：请按县、按部门分开统计。",
        "先按抽样的特征找相近的几份再逐一核对，极少数相像的可能没有列出；列出的都核对过。",
    ),
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Filings alike in one kind of text: the `centre`, the others with their likeness to it, what they share.

    `units` counts whose they are. `because` says what may explain it, "" where nothing does: then it is worth a look.
    """

    kind: str
    centre: Subject
    others: tuple[Behind, ...]
    shared: tuple[str, ...]
    units: int
    because: str

    @property
    def lead(self) -> bool:
        """Whether it is worth a look."""
        return not self.because


@dataclass(frozen=True, slots=True)
class Copies:
    """The statistic: the clusters, leads first; `compared` counts filings with enough text, by kind looked at."""

    clusters: tuple[Cluster, ...]
    compared: Mapping[str, int]
    units: int
    grounds: Grounds = GROUNDS


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of text: a filing's parts, what of them is shown, the features compared, and how many are enough."""

    name: str
    parts: Callable[[Entry], tuple[str, ...]]
    shown: Callable[[Entry], Iterator[str]]
    features: Callable[[Sequence[str], AbstractSet[str]], frozenset[str]]
    least: int


@dataclass(frozen=True, slots=True)
class Field:
    """What a likeness is seen against: how many own the projects, and each department's units, by its folded name."""

    owners: int
    units: Mapping[str, int]


def copies(told: Entries) -> Copies:
    """Find the clusters of a collection."""
    listed = told.latest
    owners = [one.unit or one.key for one in listed]
    field = Field(len(set(owners)), _units(listed))
    found, compared = list[Cluster](), dict[str, int]()
    for kind in _KINDS if told.prose else _KINDS[-1:]:
        parts = [kind.parts(one) for one in listed]
        form = boilerplate(parts, owners, *_everybody(field.owners))
        features = [kind.features(own, form) for own in parts]
        enough = [at for at, own in enumerate(features) if len(own) >= kind.least]
        compared[kind.name] = len(enough)
        found += _clusters(kind, [(listed[at], features[at]) for at in enough], field)
    return Copies(_sorted(found), compared, field.owners)


def copies_among(
    listed: Sequence[Entry], form: AbstractSet[str], compared: int, field: Field, *, most: int = MOST
) -> Copies:
    """Find the clusters of indicators among those projects that may be alike.

    Args:
        listed: these projects; more than `most` are not compared.
        form: the names, tidied, that are everybody's.
        compared: how many projects have enough other names.
        field: what all projects are.
        most: of the projects.
    """
    if len(listed) > most:
        return Copies((), {}, field.owners)
    kind = _KINDS[-1]
    kept = [(one, own) for one in listed if len(own := kind.features(kind.parts(one), form)) >= kind.least]
    return Copies(_sorted(_clusters(kind, kept, field)), {kind.name: compared}, field.owners)


def _sorted(found: Iterable[Cluster]) -> tuple[Cluster, ...]:
    return tuple(sorted(found, key=lambda one: (not one.lead, -len(one.others), one.kind, one.centre.file)))


def _units(listed: Sequence[Entry]) -> Mapping[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        found[unit_key(one.subject.department)].add(one.unit)
    return {department: len(units) for department, units in found.items()}


def _everybody(owners: int) -> tuple[Fraction, int]:
    """Return which share of all owners, and at least how many, make a clause everybody's."""
    return EVERYBODY, min(LEAST_OWNERS, max(FEW_OWNERS, (owners + 1) // 2))


_Kept = Sequence[tuple[Entry, frozenset[str]]]


def _clusters(kind: _Kind, kept: _Kept, field: Field) -> Iterator[Cluster]:
    for members in _together(kept):
        left = list(members)
        while len(left) > 1:
            star = _star(left, kept)
            if len(star) < 2:  # noqa: PLR2004 - alone
                break
            yield _cluster(kind, star, kept, field)
            left = [at for at in left if at not in {own for own, _ in star}]


def _together(kept: _Kept) -> list[list[int]]:
    """Return the connected ones among those found alike."""
    root = list(range(len(kept)))

    def top(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for pair in alike(len(kept), lambda at: kept[at][1], ALIKE):
        root[top(pair.second)] = top(pair.first)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(kept)):
        groups[top(at)].append(at)
    return [own for own in groups.values() if len(own) > 1]


def _star(left: Sequence[int], kept: _Kept) -> list[tuple[int, Fraction]]:
    """Return the filing that most are like and those that are, with their likeness; of hundreds the first is taken."""
    best: list[tuple[int, Fraction]] = []
    for centre in left if len(left) <= _WHOLE else left[:1]:
        shares = ((at, likeness(kept[centre][1], kept[at][1])) for at in left if at != centre)
        near = [(centre, Fraction(1)), *((at, share) for at, share in shares if share >= ALIKE)]
        best = near if len(near) > len(best) else best
    return best


def _cluster(kind: _Kind, star: Sequence[tuple[int, Fraction]], kept: _Kept, field: Field) -> Cluster:
    entries = [kept[at][0] for at, _ in star]
    centre = entries[0]
    others = sorted(
        (Behind(kept[at][0].subject, share) for at, share in star[1:]),
        key=lambda one: (-one.share, one.subject.file),
    )
    return Cluster(
        kind.name, centre.subject, tuple(others), _shared(kind, entries), len({one.unit for one in entries}),
        FEW if field.owners < FEW_OWNERS else _explained(kind, entries, field),
    )  # fmt: skip


def _explained(kind: _Kind, entries: Sequence[Entry], field: Field) -> str:
    """Return what may explain that filings are alike, "" where nothing does."""
    centre = entries[0]
    if all(centre.core == one.core or not unlike(centre, one) for one in entries[1:]):
        return KIN
    departments = {unit_key(one.subject.department) for one in entries}
    if len(departments) > 1 or "" in departments:
        return ""
    units = {one.unit for one in entries}
    whole = sum(field.units[department] for department in departments)
    told = len(units) >= (_TOLD_ROWS if kind.name == INDICATORS else _TOLD_TEXT)
    return TOLD if told and _MOST.denominator * len(units) >= _MOST.numerator * whole else ""


def _shared(kind: _Kind, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return a few of the centre's own sentences, the longest, that four in five of the others have too."""
    others = [frozenset(kind.parts(one)) for one in entries[1:]]
    names = _names(entries[0])
    common = []
    for text in kind.shown(entries[0]):
        own = set(clauses(text, names)) if kind.name != INDICATORS else {tidy(text)}
        if own and 5 * sum(own <= other for other in others) >= 4 * len(others):
            common.append(text)
    unique = sorted(dict.fromkeys(common), key=lambda text: (-len(text), text))
    return tuple(unique[:_SHOWN] if kind.name != INDICATORS else unique[:_LONG])


def _names(entry: Entry) -> tuple[str, ...]:
    one = entry.subject
    return tuple(name for name in (one.project, one.unit, one.department, entry.core) if name)


def _sentences(text: str) -> Iterator[str]:
    yield from (
        part.strip() for part in text.replace("\n", "。").replace("；", "。").split("。") if part.strip()
    )


def _said(entry: Entry) -> tuple[str, ...]:
    return () if entry.filed is None else said_in(entry.filed)


def _goal(entry: Entry) -> str:
    return "" if entry.filed is None else entry.filed.table.goal.expected or ""


def _reasons(entry: Entry) -> str:
    if entry.filed is None:
        return ""
    table = entry.filed.table
    rows = (part for row in table.indicators for part in (row.reason, row.remedy))
    return "\n".join(part for part in (table.reason, table.execution.reason, *rows) if part)


def _all(entry: Entry) -> str:
    return "" if entry.filed is None else "\n".join(passage.text for passage in entry.filed.case.passages)


def _indicators(entry: Entry) -> Iterator[str]:
    yield from entry.names


def _cut(parts: Sequence[str], form: AbstractSet[str]) -> frozenset[str]:
    return shingles(parts, form)


def _whole(parts: Sequence[str], form: AbstractSet[str]) -> frozenset[str]:
    return frozenset(parts) - form


TEXT, GOAL, REASONS, INDICATORS = "自评文字", "绩效目标", "偏差原因和改进措施", "三级指标"
_KINDS = (
    _Kind(TEXT, _said, lambda one: _sentences(_all(one)), _cut, SHORT),
    _Kind(GOAL, lambda one: clauses(_goal(one), _names(one)), lambda one: _sentences(_goal(one)), _cut, _SHORT_TEXT),
    _Kind(
        REASONS, lambda one: clauses(_reasons(one), _names(one)), lambda one: _sentences(_reasons(one)), _cut,
        _SHORT_TEXT,
    ),
    _Kind(INDICATORS, lambda one: tuple(map(tidy, one.names)), _indicators, _whole, ROWS),
)  # fmt: skip
