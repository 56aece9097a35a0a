"""Standards in levels, each with its own heads: 一级 80 元 × 120 人, 二级 50 元 × 300 人, and the spending (FD12)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.prose import NUMBER, Passage, percent
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy

_TIMES = {"月": 12, "季度": 4, "季": 4, "半年": 2, "学期": 2, "年": 1}
_PERIOD = r"(?P<period>月|季度|季|半年|学期|年)"
_STANDARDS = (
    expression(
        rf"(?P<label>[\w~～\-至（）()]{{1,16}}?)(?:按照|按|的?标准[为是:]?|为|发放)*(?:每(?:人|名|生|户)|人均)每?{_PERIOD}(?:发放|补助|补贴|为|按)*(?P<yuan>{NUMBER})元"
    ),
    expression(
        rf"(?P<label>[\w~～\-至（）()]{{1,16}}?)(?:补贴|补助|津贴)?(?:标准)?(?:为|按|是|:)*(?P<yuan>{NUMBER})元/(?:人|名|生|户)[/·.、]?{_PERIOD}"
    ),
    expression(
        rf"(?P<label>[\w~～\-至（）()]{{1,16}}?)(?:补贴|补助|津贴)?(?:标准)?(?:为|按|是|:)*每{_PERIOD}(?:发放|补助|补贴|为)*(?P<yuan>{NUMBER})元"
    ),
)
_HEADS = expression(
    rf"(?P<label>[\w~～\-至（）()]{{2,20}}?)(?:共有|共|有|为|:)?(?P<n>{NUMBER})(?:名|人|户|位|生)(?!次|均|民币|每|/|·)"
)
_STOPS = expression(r"[，,、；;。：\n]")
_NOT_LABEL = expression(
    r"其中|分别|对象|老人|人员|学生|的|按|标准|发放|补贴|补助|津贴|生活|护理|月均|全年|共计|合计|享受|[（）()]"
)
_PUPILS = expression(r"(?<=[小大]学)生|(?<=[初高]中)生")
_OTHER = expression(
    r"减半|其余|其他|不等|最高|最低|上年|去年|计划|预计|目标|新增|减少|调整前|原标准|提高前|由\d|从\d"
)
_TENTH, _FEWEST, _SHORTEST, _MOST = Fraction(1, 10), 2, 2, 6


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of a standard: its label, 元 a year for one, and where it is told."""

    label: str
    yearly: Fraction
    shown: str
    passage: Passage | None


def tiers_off(case: Case, table: Evaluation) -> Iterator[Found]:
    """Yield where each level has its heads, and levels times heads is far from the spending and told nowhere."""
    line = table.funds.total
    if line is None or line.executed is None or line.executed.exact <= 0:
        return
    tiers = _tiers(case)
    heads = _heads(case)
    pairs = [(tier, n) for tier in tiers if (n := _of(tier, tiers, heads)) is not None]
    if not _FEWEST <= len(tiers) <= _MOST or len(pairs) != len(tiers):
        return
    due = sum((tier.yearly * n for tier, n in pairs), Fraction(0))
    spent = line.executed.exact
    if abs(due - spent) <= spent * _TENTH or _is_told(case, due):
        return
    told = " + ".join(f"{tier.label}{_plain(n)}×{tier.shown}" for tier, n in pairs)
    says = (
        f"按各档人数和标准推算，{told}，全年 {_wan(due)}，支出 {line.executed}，相差一成以上。"
        "改法：核对各档的人数、标准和发放月数，写明差额的原因。"
    )
    passage = next((tier.passage for tier, _ in pairs if tier.passage is not None), None)
    where, paper = (passage.where, passage.paper) if passage is not None else ("funds.total.executed", None)
    yield Found(where, says, paper, printed=str(line.executed), computed=_wan(due), key="tiers")


def _tiers(case: Case) -> list[Tier]:
    """Return the levels that the texts or the cost rows tell, one for each label."""
    found: dict[str, Tier] = {}
    for said in case.told("signs.money", "signs.each"):
        for clause in _STOPS.split(said.plain) if not _OTHER.search(said.plain) else ():
            _take(found, clause, said.passage)
    for row in case.table_rows if not found else ():
        cell = f"{row.indicator.level3 or ''}{row.indicator.target.text if row.indicator.target else ''}"
        if "元" in cell:
            _take(found, re.sub("[≥≤=＝]", "", tidy(cell)), None)
    return list(found.values())


def _take(found: dict[str, Tier], clause: str, passage: Passage | None) -> None:
    for pattern in _STANDARDS:
        m = pattern.search(clause)
        label = _bare(m["label"]) if m is not None else ""
        if m is None or len(label) < _SHORTEST:
            continue
        yuan, period = Fraction(m["yuan"].replace(",", "")), m["period"]
        found.setdefault(label, Tier(label, yuan * _TIMES[period], f"{_plain(yuan)} 元/{period}", passage))
        return


def _heads(case: Case) -> dict[str, set[Fraction]]:
    """Return the numbers of people by what they are called, in the texts of results and the rows that count them."""
    found: dict[str, set[Fraction]] = {}
    for said in case.sentences:
        if (
            not said.passage.in_report
            or _OTHER.search(said.plain)
            or "目标" in said.passage.title.replace("目标完成", "")
        ):
            continue
        for clause in _STOPS.split(said.plain):
            m = _HEADS.search(clause)
            if m is not None and len(_bare(m["label"])) >= _SHORTEST:
                found.setdefault(_bare(m["label"]), set()).add(Fraction(m["n"].replace(",", "")))
    for row in case.table_rows:
        figure = row.indicator.actual.figure if row.indicator.actual is not None else None
        if figure is not None and figure.unit is not None and figure.unit.name in {"人", "名", "户"}:
            found.setdefault(_bare(row.plain), set()).add(figure.exact)
    return found


def _of(tier: Tier, tiers: Iterable[Tier], heads: dict[str, set[Fraction]]) -> Fraction | None:
    """Return the one number of people of a level; None without one, or where two levels would share it."""
    numbers: set[Fraction] = set()
    for label, counts in heads.items():
        of_this = tier.label in label and not any(o is not tier and o.label in label for o in tiers)
        numbers |= counts if of_this else set()
    return next(iter(numbers)) if len(numbers) == 1 else None


def _bare(label: str) -> str:
    return _NOT_LABEL.sub("", _PUPILS.sub("", label))


def _is_told(case: Case, due: Fraction) -> bool:
    sums = (a.yuan for s in case.told("signs.money") for a in s.amounts if not a.per_head)
    return any(abs(one - due) <= due / 100 for one in sums)


def _plain(value: Fraction) -> str:
    return percent(value / 100)[:-1].removesuffix(".00")


def _wan(value: Fraction) -> str:
    return f"{_plain(value / 10_000)} 万元"
