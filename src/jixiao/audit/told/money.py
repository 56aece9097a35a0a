"""Amounts that a passage tells one after another: a budget and its changes, a sum and its parts, what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.prose import NUMBER, Passage
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure, figure_of, half_up, tidy, unit_named

_MONEY = expression(rf"(?<![\d.])({NUMBER})(亿元|千万元|百万元|万元|千元|元)(?![/每])")
_STOPS = expression(r"[，,。；;：:、（()）]")
_ENDS = expression(r"。")
_UNIT_PRICE = expression(
    r"(?:每|单价|均价|均|标准|控制价|限价|定额|单位成本|最高|最低)[^，,。；;：:]{0,10}$|[×*x÷]$"
)
_TOTAL = r"(?:全年|实际|累计|共|总|本年|当年|年度|项目|资金)"
_WHOLE = expression(
    rf"(?:{_TOTAL}*(?:支出|支付|使用|执行|投入|到位|安排|下达)(?:资金|经费|金额|数)?|(?:资金|投资|经费|支出|费用|补助)(?:总额|总计|总量)"
    r"|预算(?:数|资金|安排|总额|金额)*|(?:预算|决算|部门|本年|全年|年度)+(?:总)?收入|结余|节约|节余|剩余|(?:少|未)支出|相差|增加|追加|调增)(?:了|为|共|是|达|的|有|计)*$"
)
_NOT_PART = expression(
    rf"{_TOTAL}(?:支出|支付|使用|执行)|预算|到位|执行数|合计|共计|总计|计划|目标|收入|产值|增收|上年|去年|低于|高于|超过|比|人均|户均"
)
_OWN = expression(  # a whole of its own: 截至年底支出, 支出
    rf"^(?:[^，]*[日底末])?{_TOTAL}*(?:支出|支付|使用|执行|到位|投入)(?:资金|经费|金额|了|为|数|共)*$"
)
_LISTS = expression(r"其中|(?:支出|资金|经费|费用)?(?:构成|来源|结构|组成|明细)|具体|包括|一是|1[.、]")
_REST = expression(r"结余|剩余|节余|节约|节省|未支出|少支出|未使用|未支付|相差|差额|收回|退回|上缴|交回")
_OPEN = expression(
    r"主要|元等|等(?=[，,。；;])|其余|其他(?!资金|收入|支出[\d为])|其它|另有|另外|余款|尾款|部分用于|大部分|如"
)
_LED = expression(r"其中|分别|来源|构成|组成|包括|具体|一是|分为")
_INCOME = ("财政拨款", "财政拨款收入", "其他收入", "事业收入", "上级补助收入", "经营收入")
_NEAR = Fraction(1, 10)
_FEW, _MOST, _FINE = 2, 10, 10_000
Told = tuple["Sum", str]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in a passage: where it stands, and the words before it, back to the last stop or amount."""

    figure: Figure
    start: int
    end: int
    words: str

    @property
    def is_price(self) -> bool:
        """Whether it is told of one thing and is no sum."""
        return bool(_UNIT_PRICE.search(self.words))


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage tidied, with its amounts."""

    passage: Passage
    plain: str
    sums: tuple[Sum, ...]


def money_tellings(case: Case) -> tuple[Telling, ...]:
    """Return the passages of reports in which amounts stand."""
    passages = dict.fromkeys(s.passage for s in case.told("signs.money") if s.passage.in_report)
    told = (_telling(passage) for passage in passages)
    return tuple(one for one in told if one.sums)


def _telling(passage: Passage) -> Telling:
    plain = tidy(passage.text.replace("\n", "。"))
    found: list[Sum] = []
    for m in _MONEY.finditer(plain):
        last = found[-1].end if found else 0
        words = _STOPS.split(plain[max(last, m.start() - 24) : m.start()])[-1]
        found.append(Sum(figure_of(m[1].replace(",", ""), unit_named(m[2])), m.start(), m.end(), words))
    return Telling(passage, plain, tuple(found))


def money_chains(case: Case) -> Iterator[Found]:
    """Yield the sums of a passage that its other amounts don't make."""
    for told in case.once(money_tellings):
        said = dict(reversed([*_changed(told), *_parts(told), *_left(case, told)]))
        for whole, says in said.items():
            quoted = told.plain[max(0, whole.start - 20) : whole.end + 30]
            yield Found(told.passage.where, says, told.passage.paper, quoted=quoted, printed=str(whole.figure),
                        key=says[:40])  # fmt: skip


def slack_of(figures: Sequence[Figure]) -> Fraction:
    """Return what rounding leaves open in a sum of figures; whole numbers among whole numbers are exact."""
    if all(f.value == f.value.to_integral_value() and f.value.as_tuple().exponent == 0 for f in figures):
        return Fraction(0)
    return sum((f.high - f.exact for f in figures), Fraction(0))


def shown_as(value: Fraction, like: Figure) -> str:
    """Return an amount in the unit of another."""
    digits = f"{half_up(value / like.scale, 2):f}".removesuffix(".00")
    return f"{digits}{like.unit.name if like.unit else ''}"


# ------------------------------------------------------- a budget and its changes

_FIRST = expression(r"年初|期初")
_LAST = expression(
    r"(?:调整后|(?:全年|实际|最终|年度)预算|调整[为到]|[调增压核]减?[至到]|增加[到至]|预算(?:数)?变[更]?为)"
)
_MORE = expression(r"(?:追加|增加|调增|新增|增拨|增安排)(?!到|至)")
_LESS = expression(r"(?:核减|调减|压减|减少|追减|调剂出|压缩)(?!到|至)")


def _changed(told: Telling) -> Iterator[Told]:
    """Yield a budget after its changes that isn't the first one with them."""
    sums = told.sums
    for n, first in enumerate(sums[:-2]):
        if not _FIRST.search(first.words) or _LAST.search(first.words):
            continue
        end = next((k for k in range(n + 2, min(n + 5, len(sums))) if _LAST.search(sums[k].words)), None)
        between = sums[n + 1 : end] if end is not None else ()
        signs = [_sign(told, s) for s in between]
        if end is None or 0 in signs:
            continue
        figures = [first.figure, *(s.figure for s in between), sums[end].figure]
        made = first.figure.exact + sum(
            (sign * s.figure.exact for sign, s in zip(signs, between, strict=True)), Fraction(0)
        )
        if abs(made - sums[end].figure.exact) > slack_of(figures):
            steps = "".join(
                f" {'+' if sign > 0 else '−'} {s.figure}" for sign, s in zip(signs, between, strict=True)
            )
            right = shown_as(made, sums[end].figure)
            yield (
                sums[end],
                f"{first.figure}{steps} = {right}，文中调整后的预算写的是 {sums[end].figure}。改法：核对预算与调整数。",
            )


def _sign(told: Telling, one: Sum) -> int:
    words = one.words if len(one.words) > 1 else told.plain[max(0, one.start - 12) : one.start]
    return 0 if one.is_price else 1 if _MORE.search(words) else -1 if _LESS.search(words) else 0


# ------------------------------------------------------- a sum and its parts


def _parts(told: Telling) -> Iterator[Told]:
    """Yield a sum whose parts, told right behind it, come near it and miss it."""
    for n, whole in enumerate(told.sums[:-2]):
        if not _WHOLE.search(whole.words) or whole.is_price or whole.figure.exact <= 0:
            continue
        some = next((run for run in _groups(told, n) if _misses(told, whole, run)), None)
        if some is None:
            continue
        shown = " + ".join(str(s.figure) for s in some)
        made = _made(some)
        more = "超过" if made > whole.figure.exact else "少于"
        hint = "" if more == "超过" else "；没有全部列出的，写明其余"
        result = f"{shown} = {shown_as(made, whole.figure)}"
        yield whole, f"所列各项 {result}，{more}总数 {whole.figure}。改法：核对总数和各项{hint}。"


def _groups(told: Telling, n: int) -> Iterator[list[Sum]]:
    """Yield the amounts that may be the parts of the n-th: the rest of its sentence, and each of the next two."""
    ends = [m.end() for m in _ENDS.finditer(told.plain, told.sums[n].end)][:3]
    rest = told.sums[n + 1 : n + 1 + _MOST]
    saved = bool(_REST.search(told.sums[n].words))
    for at, end in enumerate(ends or [len(told.plain)]):
        start = ends[at - 1] if at else told.sums[n].end
        run = [s for s in rest if start <= s.start < end and not s.is_price]
        run = run if at else _behind_comparisons(told, run)
        if at and not _LISTS.match(told.plain, start) and any(_OWN.search(s.words) for s in run):
            return
        basic = any(s.words.endswith("基本支出") for s in run)
        other = any(not _is_part(s, saved=saved, basic=basic) or _equal(s, told.sums[n]) for s in run)
        yield [] if other else run
        if any(_NOT_PART.search(s.words) or _OWN.search(s.words) for s in run):
            return


_COMPARED = expression(r"上年|去年|同期|上一年|20\d\d年")


def _behind_comparisons(told: Telling, run: Sequence[Sum]) -> list[Sum]:
    """Leave out what stands before 其中 and is only compared with: 支出8.6万元，比上年9.2万元下降6.52%，其中 …."""
    led = next((n for n, s in enumerate(run) if n and "其中" in told.plain[run[n - 1].end : s.end]), 0)
    before = all(_COMPARED.search(s.words) for s in run[:led])
    return list(run[led:] if before else run)


def _is_part(one: Sum, *, saved: bool, basic: bool) -> bool:
    if one.words.endswith(_INCOME):
        return True
    if basic and one.words.endswith(("基本支出", "项目支出")):
        return True  # the two kinds of a department's spending
    return not _NOT_PART.search(one.words) and (saved or not _REST.search(one.words))


def _equal(one: Sum, whole: Sum) -> bool:
    return one.figure.agrees_with(whole.figure)


def _misses(told: Telling, whole: Sum, run: Sequence[Sum]) -> bool:
    """Tell whether a list of parts comes near the sum, while nothing in it makes it and nothing says it is open."""
    if len(run) < _FEW or any(s.figure.exact >= whole.figure.exact for s in run):
        return False
    goal, slack = whole.figure.exact, slack_of([whole.figure, *(s.figure for s in run)])
    if _some_make(run, goal, slack) or _makes_another(told, run, slack):
        return False
    between = told.plain[whole.end : run[-1].end + 1]
    led = len(run) > _FEW or _LED.search(between)
    return bool(led) and not _OPEN.search(between) and abs(_made(run) / goal - 1) <= _NEAR


def _makes_another(told: Telling, run: Sequence[Sum], slack: Fraction) -> bool:
    """Tell whether the parts make another amount told before them: theirs is that whole."""
    made = _made(run)
    return any(abs(s.figure.exact - made) <= slack for s in told.sums if s.end <= run[0].start)


def _some_make(run: Sequence[Sum], goal: Fraction, slack: Fraction) -> bool:
    """Tell whether any of the parts together make the sum."""
    reached = {0}
    for s in run:
        one = int(s.figure.exact * _FINE)
        reached |= {made + one for made in reached}
    low, high = (goal - slack) * _FINE, (goal + slack) * _FINE
    return any(low <= made <= high for made in reached)


def _made(sums: Sequence[Sum]) -> Fraction:
    return sum((s.figure.exact for s in sums), Fraction(0))


# ------------------------------------------------------- what is left of a budget

_LEFT = expression(
    r"(?:结余|剩余|节余|尚余|余额|(?:未|没有|少|尚未)(?:支出|使用|支付|执行|花出)|预算相差)(?:的|资金|金额|数|了|有|为|共|达|是)*$"
)
_SPENT = expression(rf"{_TOTAL}*(?:支出|支付|使用|执行|列支)(?:资金|经费|金额|数|了|为|共|合计|计)*$")
_BUDGET = expression(
    r"(?:预算|到位|安排|下达|总投入)(?:[^，,。；;]{0,6}(?:为|数|资金|金额|总额|调整为))?[^，,。；;]{0,4}$"
)
_OF_SOME = expression(r"中央|省级|市级|区级|县级|上级|其中|各|部分|上年|以前|历年|人|户|个|项目")
_CLOSE = Fraction(5, 4)


def _left(case: Case, told: Telling) -> Iterator[Told]:
    """Yield what is said to be left where no budget less any spending told or printed leaves it."""
    lefts = [s for s in told.sums if _LEFT.search(s.words) and not _OF_SOME.search(s.words)]
    spent = [s.figure for s in told.sums if _SPENT.search(s.words) and not _LEFT.search(s.words)]
    budgets = [s.figure for s in told.sums if _BUDGET.search(s.words) and not _SPENT.search(s.words)]
    if len(lefts) != 1 or not spent or not budgets:
        return
    wholes, parts = [*budgets, *_printed(case, *_BUDGETED)], [*spent, *_printed(case, "executed")]
    left, pairs = lefts[0], [(w, p) for w in wholes for p in parts if w.exact > p.exact]
    if any(abs(w.exact - p.exact - left.figure.exact) <= slack_of([w, p, left.figure]) for w, p in pairs):
        return
    w, p = next(
        ((w, p) for w, p in pairs if 1 / _CLOSE <= left.figure.exact / (w.exact - p.exact) <= _CLOSE),
        (None, None),
    )
    if w is not None and p is not None:
        right = shown_as(w.exact - p.exact, left.figure)
        yield left, f"{w} − {p} = {right}，文中写的余数是 {left.figure}。改法：核对三个金额。"


_BUDGETED = ("annual", "received", "initial", "allocated")


def _printed(case: Case, *columns: str) -> Iterator[Figure]:
    for _, table in case.tables:
        figures = (getattr(table.funds.total, column, None) for column in columns)
        yield from (f for f in figures if isinstance(f, Figure))
