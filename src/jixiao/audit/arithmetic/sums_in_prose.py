"""AR10, AR14-AR16: sums and identities that stand in running text (数字勾稽)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.arithmetic.changes_told import changes_that_do_not_follow
from jixiao.audit.arithmetic.cuts_told import cuts_that_do_not_follow
from jixiao.audit.arithmetic.growth_told import growth_that_does_not_follow
from jixiao.audit.arithmetic.mean_prices import means_beside_sums
from jixiao.audit.prose import NUMBER, Amount, Sentence, percent
from jixiao.audit.rows import CENT, places_of, total_of
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.equations import equations_in
from jixiao.audit.told.misprints import sums_misprinted
from jixiao.audit.told.money import money_chains
from jixiao.audit.told.products import products
from jixiao.audit.told.wholes import parts_apart, wholes_told
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import ClassMark, Evaluation
from jixiao.model.figure import Figure, figure_of, unit_named
from jixiao.model.finding import Severity

_SHARE = expression(rf"占(?:比|[^，,、。；;\d]{{0,12}}?的)?[为约达:：]*({NUMBER})%")
_PER_HEAD = expression(
    rf"(?:每(?:人|名|户|个\w{{1,6}}?|支\w{{1,6}}?|队)|人均|户均)(每|/)?(月|年|天|日)?[^，,。；;\d每]{{0,8}}?({NUMBER})(万元|元)"
)
_COUNT_OF = expression(rf"(?:共|我\w{{1,3}}?|合计|现有|设\w{{0,8}}?)?({NUMBER})(名|人|户|个(?!月)|支)(?!次)")
_BUDGET = r"(?:预算(?!控制价|限价)|安排|下达|到位|总投入|总额)"
_LEFT = expression(r"(?:结余|剩余|节余|(?:年末|年底|期末)结转)[^，,。；;]{0,4}$")
_GIVEN_BACK = expression(r"(?:收回|上缴|交回|退回|缴回|统筹)[^，,。；;]{0,6}$")
_MIN_PARTS, _WIDE = 3, 5
_ENDING_NOUGHTS = expression(r"\.0+(?!\d)|(?<=\.\d)0+(?!\d)")


@rule("AR10", Severity.ERROR, source="各项指标得分加总得出上级得分")
def parts_do_not_make_the_class(case: Case) -> Iterator[Found]:
    """文中或表中各小项的分值、得分加起来不等于所属大类，或各大类不等于总分。

    为什么：大类得分由其下小项得出，读者会逐项相加。
    不合格：产出满分 30 分，得 29 分；其下小项满分合计 30，得分合计 28。
    合格：过程满分 30 分，得 28 分；业务管理 15/14，资金使用 15/14。
    怎么改：核对漏写的小项或写错的得分。
    来源：自评报告、评价报告的逐项写法。
    误报风险：低。小项分值合计不足大类时可能只是没有全部列出，只提示核实。
    """
    summed = set()
    for at, report in case.reports:
        yield from _groups(at, report)
        whole = list(_whole(at, report))
        summed |= {at for _ in whole}
        yield from whole
    for at, table in case.tables:
        yield from _class_scores(at, table)
    for told in case.once(wholes_told):
        if told.scored and told.said.passage.paper not in summed:
            yield replace(parts_apart(told), severity=Severity.WARNING)


def _groups(at: int, report: Report) -> Iterator[Found]:
    """Compare each level-1 mark with the level-2 marks that follow it, and with its rows."""
    under: dict[str, list[ClassMark]] = {}
    named = {i.level1: _bare(i.level1) for i in report.indicators if i.level1}
    for i in report.indicators if report.classes else ():
        if i.level1:
            under.setdefault(named[i.level1], []).append(
                ClassMark(i.level3 or "", 3, i.points, i.score_printed)
            )
    for n, mark in enumerate(report.classes):
        if mark.level != 1:
            continue
        below = _following(report.classes, n)
        rows = under.get(_bare(mark.name), [])
        for parts in (below, rows):
            yield from _compare(at, n, mark, parts)


def _following(classes: Sequence[ClassMark], at: int) -> list[ClassMark]:
    below = []
    for mark in classes[at + 1 :]:
        if mark.level == 1:
            break
        below.append(mark)
    return below


def _bare(name: str) -> str:
    return re.sub(r"[（(].*?[）)]|评价|情况|指标|项目|\s", "", name)


def _compare(at: int, n: int, mark: ClassMark, parts: Sequence[ClassMark]) -> Iterator[Found]:
    points, scores = total_of(p.points for p in parts), total_of(p.score_printed for p in parts)
    if len(parts) < 2 or mark.points is None or points is None:  # noqa: PLR2004
        return
    slack = CENT * len(parts)
    if abs(points - mark.points) > slack:
        says = (
            f"“{mark.name}”满分 {mark.points:f} 分，"
            f"其下 {len(parts)} 项满分合计 {points:f} 分。改法：补全小项，或核对分值。"
        )
        yield Found(f"classes.{n}", says, at, None if points > mark.points else Severity.WARNING,
                    printed=f"{mark.points:f}", computed=f"{points:f}", rests=("indicators",),
                    key="points")  # fmt: skip
    elif scores is not None and mark.score_printed is not None and abs(scores - mark.score_printed) > slack:
        says = (
            f"“{mark.name}”得 {mark.score_printed:f} 分，"
            f"其下 {len(parts)} 项得分合计 {scores:f} 分。改法：核对各项得分。"
        )
        yield Found(f"classes.{n}", says, at, printed=f"{mark.score_printed:f}", computed=f"{scores:f}",
                    rests=("indicators",), key="score")  # fmt: skip


def _whole(at: int, report: Report) -> Iterator[Found]:
    marks = [mark for mark in report.classes if mark.level == 1]
    points, scores = total_of(m.points for m in marks), total_of(m.score_printed for m in marks)
    whole = report.points_printed or Decimal(100)
    if not marks or scores is None or points != whole or report.total_printed is None:
        return
    if abs(scores - report.total_printed) > CENT * len(marks):
        says = (
            f"各类得分合计 {scores:f} 分，文中总得分 {report.total_printed:f} 分。改法：核对各类得分与总分。"
        )
        yield Found("total_printed", says, at, printed=f"{report.total_printed:f}", computed=f"{scores:f}",
                    rests=("classes",))  # fmt: skip


def _class_scores(at: int, table: Evaluation) -> Iterator[Found]:
    """Compare a table's printed class scores with its rows."""
    marks = [(n, mark) for n, mark in enumerate(table.classes) if mark.score_printed is not None]
    named = {n: _bare(n) for i in table.indicators for n in (i.level1, i.level2) if n} if marks else {}
    for n, mark in marks:
        field, name = "level1" if mark.level == 1 else "level2", _bare(mark.name)
        rows = [i for i in table.indicators if named.get(getattr(i, field)) == name]
        scores = total_of(i.score_printed for i in rows)
        if mark.score_printed is None or not rows or scores is None:
            continue
        if abs(scores - mark.score_printed) > CENT * len(rows):
            says = (
                f"{mark.name}得分 {mark.score_printed:f}，其下各行得分合计 {scores:f}。改法：核对各行得分。"
            )
            yield Found(f"classes.{n}", says, at, printed=f"{mark.score_printed:f}", computed=f"{scores:f}",
                        rests=("indicators",),
                    key="score")  # fmt: skip


@rule("AR14", Severity.WARNING, source="结余 = 预算 − 支出；金额 = 人数 × 标准 × 期数")
def money_in_prose_does_not_work_out(case: Case) -> Iterator[Found]:
    """文中写明的金额关系算不出来（预算减支出不等于结余，人数乘标准不等于总额）。

    为什么：同一句里的金额互相推得，算不出即有一个写错。
    不合格：到位 41.02 万元，实际支出 39.74 万元，结余 2.28 万元；4人×2500元×12月+4×600元=124400元；
    共支出 86 万元，其中甲 42 万元、乙 31 万元、丙 3 万元；
    年初预算 240 万元、追加 36 万元，调整后 267 万元；送审 92 万元，审定 87.5 万元，核减 5.4 万元；
    64 块、每块 850 元，支出 5.55 万元。
    合格：到位 41.02 万元，实际需要 39.7426 万元，结余 1.2774 万元；4 个队，每队每年 8 万元，共 32 万元。
    怎么改：核对三个金额，注意元与万元。
    来源：通行算式。
    误报风险：中。句中金额多于算式所需、或有多种标准时不判；
    明细不到总数的 85%，或写“主要”“等”“其余”的，当作只列了一部分。
    """
    seen: set[tuple[int | None, str, str]] = set()
    for found in _worked_out(case):
        equation = (found.paper, found.where, _ENDING_NOUGHTS.sub("", found.says.partition("，")[0]))
        if equation not in seen:
            seen.add(equation)
            yield found


def _worked_out(case: Case) -> Iterator[Found]:
    """Yield each relation of amounts that fails; two ways of reading a sentence may meet in one."""
    for said in case.told("signs.equals"):
        yield from _written_out(said)
    wholes = [one for one in case.once(wholes_told) if one.money]
    for one in wholes:
        yield parts_apart(one)
    chains = [f for f in money_chains(case) if not any(one.shown in f.says for one in wholes)]
    yield from chains
    sums = {f.printed for f in chains} | {str(one.whole) for one in wholes}
    yield from (f for f in sums_misprinted(case, "money") if f.printed not in sums)
    of_money = [found for money, found in case.once(products) if money]
    yield from of_money
    yield from means_beside_sums(case)
    yield from cuts_that_do_not_follow(case)
    yield from changes_that_do_not_follow(case)
    yield from growth_that_does_not_follow(case)
    multiplied = {found.quoted for found in of_money}
    for said in case.told("signs.money"):
        passage, sentence = said.passage, said.text
        told = (*_surplus(said.amounts),) if "signs.left" in said.words else ()
        if "signs.each" in said.words and sentence not in multiplied:
            told += (*_per_head(said.plain, said.amounts),)
        for says in told:
            yield Found(passage.where, says, passage.paper, quoted=sentence, key=sentence[:40])


def _written_out(said: Sentence) -> Iterator[Found]:
    """Check the calculations that a sentence writes out term by term."""
    for equation in equations_in(said.plain):
        if not equation.holds:
            right = f"{_plain(equation.right).removesuffix('.00')}{equation.unit}"
            says = (
                f"文中算式 {equation.printed} 应得 {right}，写的结果不是这个数。改法：核对算式中的数和结果。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, computed=right,
                        key=equation.printed)  # fmt: skip


def _surplus(amounts: tuple[Amount, ...]) -> Iterator[str]:
    left = [a for a in amounts if _LEFT.search(a.before)]
    spent = [a for a in amounts if re.search(r"(?:支出|支付|使用|执行|需要|需)[^，,。；;]{0,5}$", a.before)]
    whole = [a for a in amounts if re.search(rf"{_BUDGET}[^，,。；;]{{0,6}}$", a.before) and a not in spent]
    given_back = any(_GIVEN_BACK.search(a.before) for a in amounts)
    if len(left) != 1 or len(spent) != 1 or not whole or len(amounts) > _WIDE or given_back:
        return
    rest, out = left[0].figure, spent[0].figure
    if any(abs(w.yuan - out.exact - rest.exact) <= _open(w.figure, out, rest) for w in whole):
        return
    right = (whole[0].yuan - out.exact) / rest.scale
    computed = f"{_plain(right)}{rest.unit.name if rest.unit else ''}"
    yield f"{whole[0]} − {spent[0]} = {computed}，文中结余写的是 {left[0]}。改法：核对三个金额。"


def _open(*figures: Figure) -> Fraction:
    return sum((Fraction(f.half) * f.scale for f in figures), Fraction(0))


def _plain(value: Fraction) -> str:
    return f"{percent(value / 100)[:-1]}"


def _per_head(plain: str, amounts: tuple[Amount, ...]) -> Iterator[str]:
    """Check n × standards (× months) = sum where one head count and one sum stand in the sentence."""
    standards = _PER_HEAD.findall(plain)
    sums = [
        a
        for a in amounts
        if re.search(r"(?:共|合计|总计|需资金|需要资金|共计|计)[^，,。；;\d]{0,4}$", a.before)
    ]
    sums = [a for a in sums if not a.per_head]
    heads = {m[1] for m in _COUNT_OF.finditer(plain)}
    if not standards or len(sums) != 1 or len(heads) != 1 or len(standards) + 1 < len(amounts):
        return
    n = Fraction(next(iter(heads)).replace(",", ""))
    months = {m.group(1) for m in re.finditer(r"(\d{1,2})个?月", plain)}
    yearly = sum((_yearly(s, months) for s in standards), Fraction(0))
    total = sums[0].figure
    if not (total.low <= n * yearly <= total.high):
        says = " + ".join(f"{digits}{unit}×{_times(period, months)}" for _, period, digits, unit in standards)
        right = (
            f"{_plain(n * yearly / total.scale).removesuffix('.00')}{total.unit.name if total.unit else '元'}"
        )
        heads_told = _plain(n).removesuffix(".00")
        yield f"{heads_told} ×（{says}）= {right}，文中总额写的是 {sums[0]}。改法：核对人数、标准和期数。"


def _times(period: str, months: set[str]) -> int:
    if period == "月":
        return int(next(iter(months))) if len(months) == 1 else 12
    return 1


def _yearly(standard: tuple[str, str, str, str], months: set[str]) -> Fraction:
    _, period, digits, unit = standard
    return Fraction(digits.replace(",", "")) * unit_named(unit).scale * _times(period, months)


@rule("AR15", Severity.NOTE, source="同一材料内同类数字保留相同的小数位")
def decimals_differ(case: Case) -> Iterator[Found]:
    """同一份材料内，同类数字保留的小数位不一致。

    为什么：位数不一，读者难以判断是取舍还是笔误，加总也会出现尾差。
    不合格：得分写 8.7，比率写 96.79%；金额有 18.092382 万元，也有 1460.09 万元。
    合格：得分都保留两位；整数不必补零。
    怎么改：按规定保留两位小数（四舍五入）。
    来源：自评表、评分表说明“四舍五入保留两位小数”。
    误报风险：高，属格式问题，只作提示。
    """
    for at, reading in enumerate(case.filing.readings):
        money = (s for s in case.told("signs.money") if s.passage.paper == at)
        figures = [a for s in money for a in s.amounts if not a.per_head]
        digits = {a.digits: places_of(a.figure.value) for a in figures}
        some = [n for n in digits.values() if n]
        if some and max(some) - min(some) >= 2 and max(some) > 3:  # noqa: PLR2004
            long, short = (next(d for d, n in digits.items() if n == f(some)) for f in (max, min))
            says = (
                f"金额有的写到 {max(some)} 位小数（{long}），"
                f"有的写到 {min(some)} 位（{short}）。改法：统一保留两位小数。"
            )
            yield Found("sections", says, at, printed=long, key="money")
        if isinstance(reading.record, Report) and case.scheme.rounding.places > 1:
            yield from _coarse_scores(at, reading.record)


def _coarse_scores(at: int, report: Report) -> Iterator[Found]:
    """Tell of scores with one decimal beside rates with two: what was cut off can't be seen."""
    scores = [i.score_printed for i in report.indicators] + [m.score_printed for m in report.classes]
    scores.append(report.total_printed)
    parts = [s for s in scores if s is not None and places_of(s)]
    rates = [c.figure for c in report.claims if c.what.endswith("rate") and places_of(c.figure.value) > 1]
    if parts and rates and max(places_of(s) for s in parts) == 1:
        says = f"得分只保留一位小数（如 {parts[0]:f}），比率保留两位（如 {rates[0]}）。改法：得分按规定保留两位小数。"
        yield Found("total_printed", says, at, printed=f"{parts[0]:f}", key="score")


_EACH_SHARE = expression(rf"分别占[^，,。；;\d]{{0,12}}((?:{NUMBER}%[、，,和及与]?){{3,}})")


def _shares_in(plain: str) -> list[Decimal]:
    """Return the shares that a sentence tells one by one (甲占60%), or in one list (分别占60%、30%、10%)."""
    listed = _EACH_SHARE.search(plain)
    found = re.findall(rf"({NUMBER})%", listed[1]) if listed else _SHARE.findall(plain.rpartition("其中")[2])
    return [figure_of(m.replace(",", "")).value for m in found]


@rule("AR16", Severity.WARNING, source="各部分占比合计应为100%")
def shares_do_not_make_a_whole(case: Case) -> Iterator[Found]:
    """一句话里各部分“占x%”加起来不是 100%。

    为什么：列举全部组成部分时，占比应合计为 100%。
    不合格：人员经费占 50%、公用经费占 20%、项目支出占 20%。
    合格：占 60%、占 30%、占 10%；或列举以“等”结尾，只说其中几项。
    怎么改：补上漏掉的部分，或更正占比。
    来源：复核人员通用核对办法。
    误报风险：中。同一句含两组占比、带“其中”或以“等”结尾的不判；允许相差 5 个百分点。
    """
    for said in case.told("signs.share", "signs.percent"):
        passage, sentence, plain = said.passage, said.text, said.plain
        shares = _shares_in(plain)
        if len(shares) < _MIN_PARTS or re.search(r"同比|提高|比上年|多选|可多|累计|同时", plain):
            continue
        whole = sum(shares, Decimal(0))
        some = not _EACH_SHARE.search(plain) and re.search(
            r"其中|等[，,。;；]|等方面|主要", plain
        )  # parts that needn't be all, but no more than all
        if (whole - 100 > _WIDE or (not some and 100 - whole > _WIDE)) and all(
            abs(whole - k * 100) > _WIDE for k in (2, 3)
        ):
            says = f"文中 {len(shares)} 项占比合计 {whole:f}%，不是 100%。改法：核对各项占比。"
            yield Found(passage.where, says, passage.paper, quoted=sentence, printed=f"{whole:f}%", computed="100%",
                        key=sentence[:40])  # fmt: skip
