"""Rates that a text states beside the two numbers that give them: 应参保 386 人，实参保 371 人，参保率 96.11%."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.prose import Quantity, Sentence, percent, ratio_of
from jixiao.audit.quotients import capped, overlap, quotient
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, figure_of, tidy, unit_named
from jixiao.model.finding import Severity
from jixiao.model.numerals import NUMERAL
from jixiao.model.statements import Claim

_WHOLES = frozenset({"budget", "initial", "received"})
_FIELDS = ("annual", "received", "initial", "allocated")
_NAMED = expression(r"(?P<stem>[\u4e00-\u9fff]{2,14}?)(?:进度|率|度)(?:为|是|达到?了?|约|:)*$")
# What a sentence needs before its figures are read: such a rate, and two figures before it.
_LINK = r"(?:为|是|达到?了?|约)*"
_FIGURED = rf"(?=[-+\d.{NUMERAL}])"
_STATED = expression(rf"(?:(?<!得分)(?<!增长)[率度]{_LINK}|[率度]{_LINK}:(?:{_LINK}:?)*){_FIGURED}")
_RUN = expression(rf"[\d{NUMERAL}]+")
_AIMED = expression(
    r"目标|不低于|不少于|≥|>|以上|超过|高于|低于|计划|预期|力争|提[高升]|增[长加]|上升|下降|降低|减少|比|同期|上年|去年|得分率|增长率"
)
_DUE = expression(r"[应须需拟]|计划|目标|任务|共有|总|未|不|没有|无")
_VALID, _ASKED = expression(r"有效"), expression(r"[发收]放?|回|调查|访|抽|参与|参加|样本|问卷|名|位")
_MEAN = expression(r"平均|加权|均值|量表|评分|得分|权重|折算")
_DONE = expression(r"完成|实际")
_ALL = expression(
    r"^[^，,。；;：:、\d]{0,4}(?:均|都|全部|各|皆)"
)  # 甲资金 720、乙资金 150 均已到位: no part of one another
_STOPS = expression(r"[，,。；;：:]")
_FEW, _MOST = 2, 6
_MIXED = 10_000
_OF_THE_MONEY = expression(
    r"占(?:全年|年度|年初|调整后)?(?:到位|预算|下达|安排|财政)(?:的)?(?:资金|预算|经费|总额|数|额)*的?(?:比例|比重)?[为达]?(\d{1,3}(?:\.\d{1,4})?)%"
)
_PART_OF_YEAR = expression(
    r"季度|上半年|(?<!\d)(?:[1-9]|1[01])月[底末份]|(?<!十)[一二三四五六七八九]月[底末份]|十一月[底末份]|1-|上年|同期|去年"
)


def rates_beside_amounts(case: Case) -> Iterator[Found]:
    """Check the rates of spending: in a sentence with its amounts, or against the budget told before."""
    for at, record in case.narratives:
        for quoted, claims in _by_sentence(record).items():
            yield from _of_one_sentence(at, quoted, claims)
            if not isinstance(record, DepartmentReport):
                yield from _of_wider_text(at, quoted, claims, record)
            if isinstance(record, Report):
                yield from _share_of_its_money(at, quoted, claims, record)
            if isinstance(record, Report) and not case.tables:
                yield from _of_its_report(at, quoted, claims, record)


def _by_sentence(record: Report | DepartmentReport | Evaluation) -> Mapping[str, list[tuple[int, Claim]]]:
    told: dict[str, list[tuple[int, Claim]]] = {}
    for n, claim in enumerate(record.claims):
        if claim.quoted:
            told.setdefault(claim.quoted, []).append((n, claim))
    return told


@dataclass(frozen=True, slots=True)
class Spent:
    """A sentence's spending, and the rate that it states."""

    spent: Figure
    rate: Figure
    n: int

    def fits(self, whole: Figure) -> bool:
        """Tell whether spending ÷ `whole` may be the rate; a whole of another kind decides nothing."""
        span = quotient(self.spent, whole)
        rate = ratio_of(self.rate)
        if span is None or overlap(span, rate) or capped(span, rate):
            return True
        return overlap((span[0] * _MIXED, span[1] * _MIXED), rate)  # 元 for 万元: FD06 speaks of that

    def refuted(self, wholes: Sequence[Figure], at: int, quoted: str) -> Iterator[Found]:
        """Yield the finding where none of the wholes gives the rate."""
        if not wholes or any(self.fits(whole) for whole in wholes):
            return
        rate = ratio_of(self.rate)[0]
        whole = min(wholes, key=lambda whole: abs(self.spent.exact / whole.exact - rate))
        right = percent(self.spent.exact / whole.exact)
        says = f"{self.spent} ÷ {whole} = {right}，文中写的是 {self.rate}。改法：核对金额与比率。"
        yield Found(f"claims.{self.n}", says, at, Severity.WARNING, quoted=quoted, printed=str(self.rate),
                    computed=right)  # fmt: skip


def _spent_in(claims: Sequence[tuple[int, Claim]], what: str, rate: str) -> Spent | None:
    """Return the one amount of the kind `what` and the one rate of the kind `rate`."""
    parts = [c.figure for _, c in claims if c.what == what]
    rates = [(n, c.figure) for n, c in claims if c.what == rate]
    return Spent(parts[0], rates[0][1], rates[0][0]) if len(parts) == len(rates) == 1 else None


def _of_one_sentence(at: int, quoted: str, claims: Sequence[tuple[int, Claim]]) -> Iterator[Found]:
    spent, arrived = (
        _spent_in(claims, "executed", "execution_rate"),
        _spent_in(claims, "received", "arrival_rate"),
    )
    told = [c for _, c in claims if c.what in _WHOLES and c.figure.low > 0]
    if spent is not None:
        yield from spent.refuted([c.figure for c in told], at, quoted)
    if arrived is not None:
        yield from arrived.refuted([c.figure for c in told if c.what != "received"], at, quoted)


def _of_wider_text(
    at: int, quoted: str, claims: Sequence[tuple[int, Claim]], report: Report | Evaluation
) -> Iterator[Found]:
    """Compare with the budget that the report tells elsewhere, where the sentence itself tells none."""
    spent, arrived = (
        _spent_in(claims, "executed", "execution_rate"),
        _spent_in(claims, "received", "arrival_rate"),
    )
    if _PART_OF_YEAR.search(quoted):
        return
    known = {c.what for _, c in claims} & _WHOLES
    for told, own in ((spent, known), (arrived, known - {"received"})):
        if told is not None and not own:
            kinds = _WHOLES if told is spent else _WHOLES - {"received"}
            wholes = [
                c.figure for c in report.claims if c.what in kinds and _could_hold(c.figure, told.spent)
            ]
            largest = max((w.exact for w in wholes), default=Fraction(0))
            first = [whole for whole in wholes if whole.exact == largest]
            yield from told.refuted([*first, *(w for w in wholes if w.exact != largest)], at, quoted)


def _of_its_report(
    at: int, quoted: str, claims: Sequence[tuple[int, Claim]], report: Report
) -> Iterator[Found]:
    """Compare a rate that stands alone with the one spending of its report; a table beside it says more (FD08)."""
    rates = [(n, c.figure) for n, c in claims if c.what == "execution_rate"]
    spent = {c.figure.exact: c.figure for c in report.claims if c.what == "executed"}
    beside = {c.what for _, c in claims} & (_WHOLES | {"executed"})
    if len(rates) != 1 or len(spent) != 1 or beside or _PART_OF_YEAR.search(quoted):
        return
    told = Spent(next(iter(spent.values())), rates[0][1], rates[0][0])
    wholes = [c.figure for c in report.claims if c.what in _WHOLES and _could_hold(c.figure, told.spent)]
    yield from told.refuted(wholes, at, quoted)


def _share_of_its_money(
    at: int, quoted: str, claims: Sequence[tuple[int, Claim]], report: Report
) -> Iterator[Found]:
    """Compare spending that is told as a share of the money: 支出2760万元，占到位资金的92.6%."""
    share = _OF_THE_MONEY.search(tidy(quoted))
    spent = [(n, c.figure) for n, c in claims if c.what == "executed"]
    if share is None or len(spent) != 1 or _PART_OF_YEAR.search(quoted):
        return
    told = Spent(spent[0][1], figure_of(share[1], unit_named("%")), spent[0][0])
    wholes = [c.figure for c in report.claims if c.what in _WHOLES and _could_hold(c.figure, told.spent)]
    yield from told.refuted(wholes, at, quoted)


def _could_hold(whole: Figure, spent: Figure) -> bool:
    return spent.low <= whole.high and whole.exact <= spent.exact * 2


def rates_beside_counts(case: Case) -> Iterator[Found]:
    """Check the rates that stand in one sentence with what they were worked out from."""
    for said in case.told("signs.percent"):
        for n, rate in enumerate(said.quantities) if _may_state_rate(said.plain) else ():
            found = _of_counts(said, n, rate) if rate.unit == "%" and n >= _FEW else None
            if found is not None:
                yield found


def _may_state_rate(plain: str) -> bool:
    ends = [m.start() for m in _STATED.finditer(plain)]
    return bool(ends) and len(_RUN.findall(plain, 0, ends[-1])) >= _FEW


def _of_counts(said: Sentence, n: int, rate: Quantity) -> Found | None:
    named = _NAMED.search(said.plain[max(0, rate.start - 20) : rate.start])
    clause = _clause(said, rate)
    if named is None or rate.hedge or _AIMED.search(clause + rate.after[:2]) or _MEAN.search(said.plain):
        return None
    key = named["stem"][-2:]
    if key == "满意":  # AV08 speaks of polls
        return None
    counts = [q for q in said.quantities[:n] if q.unit != "%" and not q.hedge and q.figure.low > 0]
    parts = [q for q in counts if _is_part(said, q, key)]
    if len(parts) != 1 or len(counts) > _MOST:
        return None
    wholes = [q for q in counts if q is not parts[0] and _holds(said, q, parts[0], key)]
    return _refuted(said, parts[0], wholes, rate)


def _clause(said: Sentence, q: Quantity) -> str:
    return _STOPS.split(said.plain[max(0, q.start - 24) : q.start])[-1]


def _around(said: Sentence, q: Quantity) -> str:
    """Return the clause of a figure, what follows the figure too: 109份表示满意."""
    return _clause(said, q) + _STOPS.split(said.plain[q.end : q.end + 12])[0]


def _is_part(said: Sentence, q: Quantity, key: str) -> bool:
    words = _around(said, q)
    told = bool(_DONE.search(words) if key == "完成" else key in words)
    return told and not _DUE.search(words) and not _ALL.search(said.plain[q.end : q.end + 12])


def _holds(said: Sentence, q: Quantity, part: Quantity, key: str) -> bool:
    """Tell whether a figure may be the whole: of one kind with the part, and no less."""
    if q.unit != part.unit or not q.unit or q.figure.exact < part.figure.exact:
        return False
    words = _around(said, q)
    return key in words or bool(_DUE.search(words)) or bool(_ASKED.search(words)) or q.end <= part.start


def _refuted(said: Sentence, part: Quantity, wholes: Sequence[Quantity], rate: Quantity) -> Found | None:
    valid = [q for q in wholes if _VALID.search(_clause(said, q))]
    spans = [span for q in valid or wholes if (span := _share(part, q)) is not None]
    if not spans or any(overlap(span, ratio_of(rate.figure)) for span in spans):
        return None
    whole = (valid or list(wholes))[-1]
    right = percent(part.figure.exact / whole.figure.exact)
    says = f"{part.figure} ÷ {whole.figure} = {right}，文中写的是 {rate.figure}。改法：核对两个数与比率。"
    return Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text,
                 printed=str(rate.figure), computed=right, key=f"{part.figure}|{rate.figure}")  # fmt: skip


def _share(part: Quantity, whole: Quantity) -> tuple[Fraction, Fraction] | None:
    if whole.figure.low <= 0:
        return None
    return part.figure.low / whole.figure.high, part.figure.high / whole.figure.low
