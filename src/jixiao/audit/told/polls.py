"""Polls told with their counts: the rate said of so many satisfied (AV08), the answers beside the sheets (AR13)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from jixiao.audit.prose import Passage, Quantity, Sentence, ratio_of
from jixiao.audit.rows import Sort
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import Figure

PEOPLE = frozenset({"人", "名", "位", "户", "份", "家", "人次", "份问卷"})
_RATE = expression(r"满意(?:度|率)[^，,。；;、\d]{0,8}$")
_AIMED = expression(r"目标|指标值|计划|预期|要求|应|不低于|不少于|≥|力争|年初")
_REACHED = expression(r"(?:实际|完成|达到|实现|实得)(?:完成)?(?:值|率)?(?:为|是|达|到|:)*$")
_GRADE = r"(?:非常|十分|很|比较|较|基本|总体)?"
_SATISFIED_BEFORE = expression(
    rf"(?<!不)(?<!不太)(?<!欠){_GRADE}满意的?(?:人数|群众|村民|对象|问卷|结果)?(?:有|共|为|是|达|:|：)*$"
)
_SATISFIED_AFTER = expression(
    rf"^(?:问卷|群众|村民|居民|受访者|对象)?(?:均|都)?(?:对[^，,。；;]{{1,14}})?(?:表示|选择|认为|为|评价为)?{_GRADE}满意(?!度|率)"
)
_AGAINST = expression(r"不(?:太|够)?满意|不认可|欠满意|一般|不了解|弃权")
_VALID = expression(r"有效[^，,。；;、\d]{0,8}$")
_RETURNED = expression(r"(?:收回|回收|收到)[^，,。；;、\d]{0,8}$")
_ASKED = expression(
    r"(?:问卷|调查|访谈|走访|拦访|随访|电访|抽访|街访|抽样|抽取|抽查|受访|样本|回访|访问|测评)[^，,。；;、\d]{0,12}$"
)
_SAMPLED = expression(r"(?:人次|人|名|位|户|份|家)(?:有效)?(?:问卷|答卷|调查|样本|受访|访谈|参与)")
_CLAUSE = expression(r"[，,、；;。：（(）)]")
_MEAN = expression(r"平均|均分|加权|得分|评分|折算|打分|量表|赋分")
_ANSWERED = expression(rf"(?:不太?|一般)?{_GRADE}(?:满意|一般)的?(?:有|为|是|:)?$")
_MOST_GRADES, _FEWEST_ANSWERS = 4, 3


@dataclass(frozen=True, slots=True)
class Poll:
    """A rate, the counts of those who were satisfied, and the numbers asked that it may be of."""

    sentence: Sentence
    figure: Figure
    satisfied: tuple[int, ...]
    asked: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether some of the counts make the rate with one of the numbers, rounded or cut off."""
        return any(_is_share(k, n, self.figure) for k in self.sums for n in self.asked)

    @property
    def sums(self) -> tuple[int, ...]:
        """The counts and what some of them make together (满意 and 基本满意), the largest last."""
        counts = self.satisfied[:_MOST_GRADES]
        chosen = (sum(some) for r in range(1, len(counts) + 1) for some in combinations(counts, r))
        return tuple(sorted(set(chosen)))


def _is_share(k: int, n: int, figure: Figure) -> bool:
    low, high = ratio_of(figure)
    return bool(n) and low <= Fraction(k, n) < high


def polls(case: Case, sizes: Sequence[int]) -> Iterator[Poll]:
    """Yield the rates of satisfaction told beside how many were satisfied; `sizes` are the numbers told elsewhere."""
    for passage in dict.fromkeys(s.passage for s in case.told("evidence.satisfied")):
        if passage.in_report:
            yield from _in_passage(passage, sizes)


def polls_in_cells(case: Case) -> Iterator[Poll]:
    """Yield the rates of rows of satisfaction whose own cells tell how many were asked and how many were satisfied."""
    for told, figure in _rated_cells(case):
        counts = _satisfied(told)
        asked = tuple(n for n in _asked(told) if counts and n >= max(counts))
        if asked:
            yield Poll(told[0].sentence, figure, counts, asked)


def samples_in_cells(case: Case) -> Iterator[tuple[Sentence, Figure, int]]:
    """Yield the rates of satisfaction whose own cells tell one number asked and none satisfied: 93.7%（30份问卷）."""
    for told, figure in _rated_cells(case):
        asked = set(_asked(told)) or {one.number for one in told if one.is_count and one.is_sample}
        if len(asked) == 1 and not _satisfied(told):
            yield told[0].sentence, figure, min(asked)


def _rated_cells(case: Case) -> "Iterator[tuple[list[_Told], Figure]]":
    """Yield what the result and the notes of each row of satisfaction tell, with its rate; means are no shares."""
    for row in case.table_rows:
        actual = row.indicator.actual
        if actual is None or row.sort is not Sort.SATISFACTION:
            continue
        text = f"{actual.text}。{row.reason}{row.indicator.remarks or ''}"
        if actual.hedged or _MEAN.search(text):
            continue
        passage = Passage(row.paper, row.path("actual"), row.label, text)
        told = [_Told(s, q) for s in passage.sentences for q in s.quantities]
        figure = _rate_of(actual.figure, told)
        if figure is not None and any(one.is_count for one in told):
            yield told, figure


def _rate_of(figure: Figure | None, told: "Sequence[_Told]") -> Figure | None:
    """Return a cell's rate: what it is read as, else its only percentage, behind its sample (30人，满意度95%)."""
    if figure is not None and figure.unit is not None and figure.unit.kind == "ratio":
        return figure
    rates = [one for one in told if one.quantity.unit == "%"]
    return rates[0].quantity.figure if len(rates) == 1 and rates[0].is_rate else None


@dataclass(frozen=True, slots=True)
class _Told:
    """A quantity of a passage in its order."""

    sentence: Sentence
    quantity: Quantity

    @property
    def clause(self) -> str:
        """The words before it in its clause."""
        return _CLAUSE.split(self.quantity.before)[-1]

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate of satisfaction."""
        unit = self.quantity.figure.unit
        told = _RATE.search(self.quantity.before)
        return unit is not None and unit.kind == "ratio" and told is not None and not _AIMED.search(told[0])

    @property
    def is_aim(self) -> bool:
        """Whether it is a rate of satisfaction that is only aimed at: 满意度目标90%."""
        told = _RATE.search(self.quantity.before) if self.quantity.unit == "%" else None
        return told is not None and _AIMED.search(told[0]) is not None

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number of people or sheets."""
        value = self.quantity.figure.value
        return self.quantity.unit in PEOPLE and value == int(value) and not self.quantity.hedge

    @property
    def is_sample(self) -> bool:
        """Whether what stands behind it says that so many were asked: 30份问卷, 30人受访."""
        return _SAMPLED.match(f"{self.quantity.unit}{self.quantity.after}") is not None

    @property
    def number(self) -> int:
        """The count."""
        return int(self.quantity.figure.value)

    @property
    def satisfied(self) -> bool:
        """Whether it counts those who were satisfied."""
        after = self.quantity.after
        return bool(_SATISFIED_BEFORE.search(self.clause) or _SATISFIED_AFTER.search(after))


def _in_passage(passage: Passage, sizes: Sequence[int]) -> Iterator[Poll]:
    told = [_Told(s, q) for s in passage.sentences for q in s.quantities]
    rates = [n for n, one in enumerate(told) if one.is_rate or _is_reached(told, n)]
    for place, at in enumerate(rates):
        before = told[rates[place - 1] + 1 if place else 0 : at]
        after = told[at + 1 : rates[place + 1] if place + 1 < len(rates) else len(told)]
        own = before if _satisfied(before) else after if not place else []
        counts = _satisfied(own)
        asked = _asked(own) or _asked(told[:at]) or tuple(sizes)
        asked = tuple(n for n in asked if counts and n >= max(counts))
        if counts and asked and not (told[at].quantity.hedge or _MEAN.search(told[at].sentence.plain)):
            yield Poll(told[at].sentence, told[at].quantity.figure, counts, asked)


def _is_reached(told: Sequence[_Told], n: int) -> bool:
    """Tell whether a rate is the one reached, told behind the one aimed at: 满意度目标90%，实际94.5%."""
    one = told[n]
    behind = (
        n > 0 and one.quantity.unit == "%" and told[n - 1].is_aim and told[n - 1].sentence is one.sentence
    )
    return behind and _REACHED.search(one.quantity.before) is not None


def _satisfied(told: Iterable[_Told]) -> tuple[int, ...]:
    return tuple(one.number for one in told if one.is_count and one.satisfied)


def _asked(told: Iterable[_Told]) -> tuple[int, ...]:
    """Return the numbers asked: the valid sheets where they are told, else those that came back, else those sent."""
    counts = [one for one in told if one.is_count and not one.satisfied and not _AGAINST.search(one.clause)]
    valid = tuple(one.number for one in counts if one.quantity.after.startswith("有效"))
    if valid:
        return valid
    for wanted in (_VALID, _RETURNED, _ASKED):
        found = tuple(one.number for one in counts if wanted.search(one.clause))
        if found:
            return found
    return ()


def answers_beside_valid(case: Case) -> Iterator[Found]:
    """Check that the answers of a paper's one poll, told one by one, come to its valid questionnaires."""
    for said in case.told("signs.dissatisfied"):
        told = [_Told(said, q) for q in said.quantities]
        counts = [one.number for one in told if one.is_count and _ANSWERED.search(one.clause)]
        asked = set(_valid_in(case, said.passage.paper)) if len(counts) >= _FEWEST_ANSWERS else set()
        if len(asked) == 1 and sum(counts) not in asked and _near(sum(counts), *asked):
            answers = " + ".join(map(str, counts))
            says = (
                f"各项答卷 {answers} = {sum(counts)}，有效问卷写的是 {min(asked)}。"
                "改法：核对各项答卷数和有效问卷数。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(min(asked)),
                        computed=str(sum(counts)), key=answers)  # fmt: skip


def _valid_in(case: Case, paper: int) -> tuple[int, ...]:
    """Return the numbers of valid questionnaires that a paper tells, else those returned."""
    sheets = [s for s in case.told("evidence.survey") if s.passage.paper == paper]
    return _asked(_Told(s, q) for s in sheets for q in s.quantities)


def _near(one: int, other: int) -> bool:
    return other * 4 <= one * 5 and one * 4 <= other * 5


_GIVEN = expression(r"(?:发放|发出|下发|印发|投放)[^，,。；;\d]{0,12}(\d{1,5})(?:份|张)")
_BACK = expression(r"(?:收回|回收|返回)[^，,。；;\d]{0,10}(\d{1,5})(?:份|张)")
_GOOD = expression(r"有效(?:问卷|调查表|答卷|样本)?(?:为|有|共|:)?(\d{1,5})份|(\d{1,5})份有效")


def more_back_than_given(case: Case) -> Iterator[Found]:
    """Yield the polls of which more came back than were given out, or more were valid than came back."""
    for said in case.told("signs.poll"):
        given, back = _GIVEN.findall(said.plain), _BACK.findall(said.plain)
        valid = [a or b for a, b in _GOOD.findall(said.plain)]
        if max(map(len, (given, back, valid))) > 1:
            continue
        told = [int(one) for some in (given, back, valid) for one in some]
        if len(told) > 1 and sorted(told, reverse=True) != told:
            says = f"问卷发放、收回、有效依次为 {'、'.join(map(str, told))}，后面的不应多于前面的。改法：核对份数。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(told[-1]),
                        key="poll")  # fmt: skip
