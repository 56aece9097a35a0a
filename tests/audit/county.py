"""A county's filings to measure by: `python -m tests.audit.county [COUNT] [CL]` prints what the rules over them cost.

Each filing is a table and a report of some 1,500 characters, of which a good part is the form's own and the same in
all; one in fifty is copied from another unit's with one sentence in sixteen written anew. The same count always gives
the same county.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from jixiao.audit import COLLECTION_RULES, audit_collection
from jixiao.audit.rule import Case, Collection
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Goal, Indicator, Project
from jixiao.model.finding import Finding
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import Section
from jixiao.schemes import load_scheme

_SIGNS = (
    "渠道清淤机井维修路面养护桥涵加固校舍粉刷图书购置疫苗接种苗木补植河岸护坡公厕改造路灯更换档案整理网络升级车辆调度灾情统计粮油收储"
    "农机检验畜禽防疫水质化验展板布置夜校授课残疾康复老人餐食垃圾清运山塘除险茶园修剪电杆迁移标牌安装合同签订班组进场雨季停工汛前检查"
    "村民代表反映用水方便尾款支付质保期内巡查登记造册公示抽样复测夜间施工材料涨价人员调整工期顺延验收整改交付使用管护落实"
)
_TITLES = (
    "项目概况",
    "资金安排和使用情况",
    "项目组织实施情况",
    "绩效目标完成情况",
    "存在的问题和原因",
    "改进措施",
)
_LENGTH, _FORM, _COPIED, _ANEW, _PER_UNIT = 1100, 14, 50, 16, 20


@dataclass(frozen=True, slots=True)
class County:
    """The cases of a county, and which were copied: (position of the original, of the copy)."""

    cases: tuple[Case, ...]
    copies: frozenset[tuple[int, int]]


def county(count: int, seed: int = 7) -> County:
    """Make a county of `count` filings."""
    rng = Random(seed)
    words = ["".join(rng.choice(_SIGNS) for _ in range(rng.randint(2, 4))) for _ in range(6000)]
    form = [_sentence(rng, words) for _ in range(_FORM)]
    said: list[list[str]] = []
    copies = set()
    for at in range(count):
        origin = (
            rng.randrange(at - 2 * _PER_UNIT) if at > 3 * _PER_UNIT and rng.randrange(_COPIED) == 0 else None
        )
        if origin is None:
            said.append(_own(rng, words))
        else:
            copies.add((origin, at))
            said.append([_sentence(rng, words) if n % _ANEW == 9 else s for n, s in enumerate(said[origin])])
    names = [rng.choice(words) + rng.choice(words) for _ in range(count)]
    return County(tuple(_case(at, names[at], form, said[at]) for at in range(count)), frozenset(copies))


def _sentence(rng: Random, words: list[str]) -> str:
    return "".join(rng.choice(words) for _ in range(rng.randint(6, 14))) + "。"


def _own(rng: Random, words: list[str]) -> list[str]:
    told: list[str] = []
    while sum(map(len, told)) < _LENGTH:
        told.append(_sentence(rng, words))
    return told


def _case(at: int, name: str, form: list[str], own: list[str]) -> Case:
    project = Project(name=f"{name}项目", unit=f"青禾县第{at // _PER_UNIT + 1}站")
    told = [
        f"{project.unit}的{project.name}。",
        *(s for pair in zip(form, own, strict=False) for s in pair),
        *own[len(form) :],
    ]
    share = len(told) // len(_TITLES) + 1
    sections = tuple(
        Section(None, title, 1, "".join(told[n * share : (n + 1) * share])) for n, title in enumerate(_TITLES)
    )
    table = Evaluation(
        project, 2023, goal=Goal(own[0], own[1]), indicators=_ROWS, total_printed=Decimal(90 + at % 10)
    )
    readings = (
        Reading(Kind.SELFEVAL_TABLE, table),
        Reading(Kind.SELFEVAL_REPORT, Report(project, 2023, sections=sections)),
    )
    return Case(Filing(readings, table, 0), None, _SCHEME)


_SCHEME = load_scheme("national-2020")
_ROWS = tuple(
    Indicator("产出指标", level2, level3, target=parse_target(target), actual=parse_actual(actual))
    for level2, level3, target, actual in (
        ("数量指标", "完成数量", "≥10处", "10处"),
        ("质量指标", "合格率", "≥95%", "96%"),
        ("时效指标", "及时率", "100%", "100%"),
    )
)


def missed_and_accused(made: County, found: Sequence[tuple[Finding, ...]]) -> tuple[int, int]:
    """Return how many copies CL02 does not speak of, and of how many others it does."""
    told = {at for at, findings in enumerate(found) for f in findings if f.code == "CL02"}
    copies = {copy for _, copy in made.copies}
    return len(copies - told), len(told - copies)


def _show(count: int, *, ours: bool) -> Iterator[str]:
    made = county(count)
    signs = sum(len(p.text) for case in made.cases for p in case.passages) // count
    yield f"{count} filings of {signs} characters, {len(made.copies)} copied; {_memory()} MB before"
    rules = [r for r in COLLECTION_RULES if r.code.startswith("CL") or not ours]
    start = perf_counter()
    found = audit_collection(made.cases, rules)
    took, (missed, accused) = perf_counter() - start, missed_and_accused(made, found)
    yield f"{len(rules)} rules over them: {took:.1f} s, {_memory()} MB; missed {missed}, accused {accused}"
    collection = Collection(made.cases)
    for rule in rules:
        start = perf_counter()
        told = len(list(rule.check(collection)))
        yield f"  {rule.code} {(perf_counter() - start) * 1000:10.1f} ms, {told} found"


def _memory() -> int:
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    for line in _show(numbers[0] if numbers else 10_000, ours="CL" in sys.argv):
        sys.stdout.write(f"{line}\n")
