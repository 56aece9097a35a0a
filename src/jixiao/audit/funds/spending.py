"""FD12-FD16: what the money was spent on, by the texts and rows of the filing (项目资金)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.funds.running_items import running_items
from jixiao.audit.funds.standards_told import is_told, spending_off_the_standard
from jixiao.audit.funds.tiers_told import tiers_off
from jixiao.audit.lexicon import any_of, has, lists_in, lists_of
from jixiao.audit.prose import NUMBER, Passage, percent, sentences
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Collection, Found, collection_rule, rule
from jixiao.audit.told.money_left_out import standards_without_heads
from jixiao.expressions import expression
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.target import AtLeast, Exactly

_WORDS = lists_of("spending")
_SCORING = lists_of("scoring")
_OBJECTS = lists_of("objects")
_USES = lists_of("uses")
_STANDARD = expression(
    rf"(?:(?P<head>每(?:人|名|位|户)每?|每)(?P<a>天|日|月|年)(?:每人)?[^，,。；;\d每]{{0,8}}?(?P<x>{NUMBER})元"
    rf"|(?P<y>{NUMBER})元/(?:人[/·.]?)?(?P<b>天|日|月|年))"
)
_HEADS = expression(rf"({NUMBER})(?:名|人|位|户)(?!次|均|民|大|民币)")
_TIMES = {"天": 365, "日": 365, "月": 12, "年": 1}
_ITEM = expression(r"([\u4e00-\u9fff]{1,8}(?:费|补贴|补助|保险|经费|报酬|定补))(?:$|[由等”])")
_COMPUTED = expression(rf"每(?:人|名|户|个[^\d，。]{{1,6}}?)每?[年月][^。；]{{0,12}}?{NUMBER}(?:万元|元)")
_BY_RESULT, _FIXED, _RUNNING = (any_of(_WORDS[key]) for key in ("by_result", "fixed", "running"))
_HELD_DOWN = expression(
    r"[”\"]?(?:支出|经费|预算)?(?:控制|变动|压减|节约|下降|降低)"
)  # 三公经费控制率 spends nothing
_INCOME = any_of(_WORDS["income"]).pattern
_CALLED_INCOME = expression(rf"(?:项目|资金)[^，,。；;]{{0,8}}(?:为|是|属于?|系)(?:\w{{0,6}})({_INCOME})")
_NAMED_INCOME = expression(rf"(?:{_INCOME})(?:项目)?$")
_LEAD, _ITEM_TAIL = expression(r"安排|列支|包括|给予|发放|落实|的"), 24
_TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of payment: 元 for a person (or a case) and a period, and the sentence that states it."""

    yuan: Fraction
    period: str
    where: str
    paper: int
    quoted: str

    @property
    def yearly(self) -> Fraction:
        """What one person gets in a year at this standard."""
        return self.yuan * _TIMES[self.period]


@rule("FD12", Severity.WARNING, source="支出 = 人数 × 标准 × 期数")
def spending_does_not_follow_from_standards(case: Case) -> Iterator[Found]:
    """按写明的人数、标准、期数推算的金额与支出相差一成以上，或标准与测算内容对不上。

    为什么：人员补助类支出应能由人数、标准和月数推出。
    不合格：每人每月 400 元、实发 351 人，全年推算 168.48 万元，执行数 585.19 万元。
    合格：有 400 元、1000 元两种标准，执行数在按两种标准推算的范围之内；3 人每人每月 2000 元，共 7.2 万元。
    怎么改：写明各类人员的人数、标准和月数，或更正金额。
    来源：支出测算通行办法。
    误报风险：中。有多种标准时按最低和最高两端推算，落在其间不提示。
    """
    standards = list(_standards(case))
    main = case.main_table
    if main is not None:
        yield from _against_spending(case, main[1], standards)
        yield from tiers_off(case, main[1])
        yield from _more_heads_less_money(case, main[0], main[1])
    yield from spending_off_the_standard(case)
    yield from standards_without_heads(case)
    for passage in dict.fromkeys(s.passage for s in case.told("signs.money", "signs.each")):
        yield from _left_out_items(passage)


def _standards(case: Case) -> Iterator[Standard]:
    for said in case.told("signs.money", "signs.each"):
        for m in _STANDARD.finditer(said.plain):
            yield from _standard(m, said.passage.where, said.passage.paper, said.text)
    for row in case.table_rows:
        if "signs.money" in row.words and "signs.each" in row.words:
            cell = f"{row.indicator.level3 or ''}{row.indicator.target.text if row.indicator.target else ''}"
            for m in _STANDARD.finditer(tidy(cell)):
                yield from _standard(m, row.path("target"), row.paper, cell)


def _standard(m: re.Match[str], where: str, paper: int, quoted: str) -> Iterator[Standard]:
    yuan = Fraction((m["x"] or m["y"]).replace(",", ""))
    if yuan > 0:
        yield Standard(yuan, m["a"] or m["b"], where, paper, quoted)


def _against_spending(case: Case, table: Evaluation, standards: list[Standard]) -> Iterator[Found]:
    spent = _spent(case, table)
    if spent is None or not standards:
        return
    counts = [n for r in case.main_rows if (n := _heads(r)) is not None and n > 0]
    first = standards[0]
    if counts:
        low = min(counts) * min(s.yearly for s in standards)
        high = sum(counts, Fraction(0)) * sum((s.yearly for s in standards), Fraction(0))
        high = max(counts) * max(s.yearly for s in standards) if len(counts) == 1 else high
        off = spent < low * (1 - _TENTH) or spent > high * (1 + _TENTH)
        if off and not is_told(case, low, high):
            says = (f"按写明的标准（{_told(standards)}）和人数 {_number(max(counts))}，"
                    f"全年推算 {_wan(low)}～{_wan(high)}，"
                    f"支出 {_wan(spent)}，相差一成以上。改法：写明各类人员的人数、标准和月数。")  # fmt: skip
            yield Found(
                first.where, says, first.paper, quoted=first.quoted, printed=_wan(spent), computed=_wan(high)
            )
        return
    if not any(_HEADS.search(s.plain) for s in case.sentences) and all(
        s.period in "天日月" for s in standards
    ):
        least = min(standards, key=lambda s: s.yuan)
        times = spent / least.yuan
        says = (f"标准为{_told(standards)}，支出 {_wan(spent)}，没有写明人数和{least.period}数："
                f"按最低一项也只够 {_number(times)} 人·{least.period}。"
                f"改法：写明人数、{least.period}数和测算过程。")  # fmt: skip
        yield Found(first.where, says, first.paper, quoted=first.quoted, printed=_wan(spent))


def _spent(case: Case, table: Evaluation) -> Fraction | None:
    line = table.funds.total or (case.evaluation.funds.total if case.evaluation else None)
    if line is not None and line.executed is None and case.evaluation is not None:
        line = case.evaluation.funds.total or line
    return (
        line.executed.exact
        if line is not None and line.executed is not None and line.executed.exact > 0
        else None
    )


def _heads(row: Row) -> Fraction | None:
    """Return the number of persons that a row states as its result."""
    figure = row.indicator.actual.figure if row.indicator.actual else None
    unit = figure.unit.name if figure is not None and figure.unit else row.indicator.unit or ""
    return figure.exact if figure is not None and unit in {"人", "名", "位"} else None


def _told(standards: list[Standard]) -> str:
    return "、".join(dict.fromkeys(f"{_number(s.yuan)} 元/{s.period}" for s in standards))


def _number(value: Fraction) -> str:
    return percent(value / 100)[:-1].removesuffix(".00")


def _wan(value: Fraction) -> str:
    return f"{_number(value / 10_000)} 万元"


def _more_heads_less_money(case: Case, at: int, table: Evaluation) -> Iterator[Found]:
    line = table.funds.total
    if line is None or line.annual is None or line.executed is None or line.executed.high >= line.annual.low:
        return
    for row in case.with_trait("row.above"):
        i, heads = row.indicator, _heads(row) if row.sort is Sort.QUANTITY and row.paper == at else None
        bound = (
            i.target.bound
            if isinstance(i.target, AtLeast)
            else i.target.value
            if isinstance(i.target, Exactly)
            else None
        )
        if (
            heads is None
            or bound is None
            or bound.exact <= 0
            or heads <= bound.exact * (1 + _TENTH)
            or i.reason
        ):
            continue
        planned, real = line.annual.exact / bound.exact, line.executed.exact / heads
        says = (f"{row.label}计划 {bound}，实际 {i.actual.text if i.actual else ''}，支出却少于预算："
                f"人均由 {_wan(planned)}降到 {_wan(real)}，没有说明。改法：说明人数增加而支出减少的原因。")  # fmt: skip
        yield Found(row.path("actual"), says, at, key="heads")


def _left_out_items(passage: Passage) -> Iterator[Found]:
    """Compare the cost items that the basis lists with those that the computation after it holds."""
    parts = sentences(re.sub(r"(项目[一二三四五六七八九十])", r"\n\1", passage.text))
    basis: list[str] = []
    for part in parts:
        plain = tidy(part)
        basis = [] if re.match(r"项目[一二三四五六七八九十]", plain) else basis
        basis += [item for item in _listed_items(plain) if item not in basis]
        if not _COMPUTED.search(plain):
            continue
        missing = [
            item for item in basis if not _held(item, plain.rsplit("按", 1)[-1] if "按" in plain else plain)
        ]
        if missing and len(missing) < len(basis):
            says = f"依据列出的{'、'.join(missing)}没有计入测算。改法：补充其标准和金额，或说明由谁承担。"
            key = "|".join(missing)
            yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=part[-60:], key=key)


def _listed_items(plain: str) -> list[str]:
    """Return the cost items of lists such as 通讯费、福利费和办公费: two or more joined in one clause."""
    found = []
    for clause in re.split(r"[，,。；;：:（）()]", plain):
        words = (_LEAD.split(word[-_ITEM_TAIL:])[-1] for word in re.split(r"[、和及]", clause))
        items = [m[1] for word in words if (m := _ITEM.search(word))]
        found += [i for i in items if not re.search(r"拨付|关于|所需", i)] if len(items) > 1 else []
    return found


def _held(item: str, held: str) -> bool:
    """Tell whether the computation names the item, be it by its last words (人身意外保险: 意外保险)."""
    return item[-4:] in held or (item.endswith("经费") and "经费" in held)


@rule("FD13", Severity.NOTE, source="专款专用")
def use_does_not_match_purpose(case: Case) -> Iterator[Found]:
    """写明的用途不在项目用途之内，或付款办法与规定的计算办法相反。

    为什么：项目资金只能用于批准的用途，补贴办法也要按依据执行。
    不合格：依据规定“以奖代补”，实际按每人每月固定数发放；培训项目的支出写为购买办公设备。
    合格：依据规定按月定补，按每人每月发放。
    怎么改：核对用途和依据；确属规定范围的，写明条款。
    来源：项目资金管理办法的通行要求。
    误报风险：高，按用词归类判断，只作提示。
    """
    for passage in dict.fromkeys(s.passage for s in case.told("spending.by_result")):
        result, fixed = (
            _BY_RESULT.search(passage.text),
            _FIXED.search(passage.text),
        )
        if result and fixed:
            says = f"依据写的是“{result[0]}”，测算却按“{fixed[0]}”的固定数。改法：写明两者如何衔接。"
            yield Found(passage.where, says, passage.paper, quoted=result[0], key=result[0])
    yield from _foreign_uses(case)


def _foreign_uses(case: Case) -> Iterator[Found]:
    main, used = case.main_table, case.told("signs.used_for")
    if main is None or not used:
        return
    purpose = f"{main[1].project.name or ''}{main[1].goal.expected or ''}" + "".join(
        f"{i.level3 or ''}" for i in main[1].indicators
    )
    purpose += "".join(
        s.text for s in case.sentences if re.search("概况|用途|内容|依据|目标", s.passage.title)
    )
    if len(purpose) < 40:  # noqa: PLR2004
        return
    for said in used:
        passage, sentence = said.passage, said.text
        if passage.where == "goal.expected" or not re.search(
            r"(?:主要|已|全部|实际)用于|支出用于|支付了|元(?:资金|经费)?(?:被|是|又|还|则)?用于", sentence
        ):
            continue
        for kind, words in _USES.items():
            if has(sentence, words) and not has(purpose, words) and kind not in purpose:
                says = f"文中说资金用于{kind}类支出，项目用途没有这一类。改法：核对用途，或写明依据。"
                yield Found(passage.where, says, passage.paper, quoted=sentence, key=kind)


@collection_rule("FD14", Severity.WARNING, source="同一支出不得在两个项目中重复安排")
def same_object_in_two_projects(collection: Collection) -> Iterator[tuple[int, Found]]:
    """同一单位的两个项目安排了同一支出事项。

    为什么：同一事项在两个项目列支，容易重复安排或互相挤占。
    不合格：工作经费的目标写“解决加班就餐”，另有“食堂经费”项目。
    合格：两个项目都有培训，但对象不同并已写明；不同单位的同名事项。
    怎么改：合并到一个项目，或写明两处的划分。
    来源：预算项目库不得重复申报的要求。
    误报风险：高，按用词判断；一个项目的名称就是该事项时才提示核实，否则只作提示。
    """
    for tables in _by_unit(collection).values():
        for at, stranger, keeper, thing in _shared_things(tables):
            says = f"“{stranger}”的目标含{thing}支出，同单位另有“{keeper}”。改法：写明两个项目的划分。"
            main = collection.cases[at].filing.main
            yield at, Found("goal.expected", says, main, key=f"{thing}|{keeper}")


def _shared_things(tables: list[tuple[int, Evaluation]]) -> Iterator[tuple[int, str, str, str]]:
    """Yield where a project's goal names the very thing that another project of the unit is named for."""
    named = [(_name(table), _things(_name(table))) for _, table in tables]
    for at, table in tables:
        spent_on = _things(_whole(table))
        for keeper, things in named:
            if keeper != _name(table):
                yield from ((at, _name(table), keeper, thing) for thing in sorted(things & spent_on))


def _by_unit(collection: Collection) -> dict[tuple[str, int | None], list[tuple[int, Evaluation]]]:
    """Return the tables of each unit and year with the index of their case; tables without a unit are left out."""
    found: dict[tuple[str, int | None], list[tuple[int, Evaluation]]] = {}
    for at, case in enumerate(collection.cases):
        table = case.evaluation
        unit = re.sub(r"^[\d\-—]+", "", table.project.unit or "") if table is not None else ""
        if table is not None and unit:
            found.setdefault((unit, table.year), []).append((at, table))
    return found


def _things(text: str) -> set[str]:
    """Return the objects of spending that a text names."""
    lists = lists_in(tidy(text))
    return {thing for thing in _OBJECTS if f"objects.{thing}" in lists}


def _name(table: Evaluation) -> str:
    return table.project.name or ""


def _whole(table: Evaluation) -> str:
    return f"{_name(table)}{table.goal.expected or ''}"


@rule("FD15", Severity.WARNING, source="绩效自评的对象是项目支出")
def income_is_evaluated_as_spending(case: Case) -> Iterator[Found]:
    """收入类、往来类事项作为支出项目开展了自评。

    为什么：自评对象是预算支出项目，利息、非税收入等不是支出。
    不合格：《单位其他资金》项目为利息收入，已上缴国库，仍列入自评。
    合格：项目资金来源中有利息收入，用于本项目支出。
    怎么改：从自评项目中剔除并说明。
    来源：财预〔2020〕10号：对部门预算项目支出开展自评。
    误报风险：低。
    """
    for said in case.told("spending.income"):
        passage, sentence = said.passage, said.text
        m = _CALLED_INCOME.search(sentence)
        if m and not re.search(r"来源|不是|不属|并非", sentence[: m.end()]):
            says = f"“{m[0]}”，不是支出项目，不应列入支出绩效自评。改法：剔除并说明。"
            yield Found(passage.where, says, passage.paper, quoted=sentence, key=m[1])
    for at, reading in enumerate(case.filing.readings):
        for n, name in enumerate(_project_names(reading.record)):
            if _NAMED_INCOME.search(name):
                yield Found(
                    "project",
                    f"“{name}”是收入或往来事项，不是支出项目。改法：核对自评范围。",
                    at,
                    key=f"{n}{name}",
                )


def _project_names(record: object) -> tuple[str, ...]:
    if isinstance(record, Evaluation):
        return (record.project.name or "",)
    if isinstance(record, ProjectList):
        return tuple(line.name for line in record.projects)
    return record.listed if isinstance(record, DepartmentReport) else ()


@rule("FD16", Severity.WARNING, source="公用经费与项目支出不得混列")
def running_costs_in_a_project(case: Case) -> Iterator[Found]:
    """项目里安排了办公用品、维修、接待等日常运转支出。

    为什么：日常运转应由公用经费保障，列入项目会虚增项目支出。
    不合格：某工作经费的目标写“用于维修、购买办公用品”。
    合格：机关运行维护项目列物业费；培训项目印制教材。
    怎么改：调整到公用经费，或写明属运转类项目。
    来源：部门预算编制通行要求。
    误报风险：高，运转类项目（名称含运转、公用经费、物业、维修等）不看。
    """
    for at, table in case.tables if "spending.running" in case.words else ():
        if has(table.project.name, _WORDS["running_project"]):
            continue
        cells = [("goal.expected", table.goal.expected or ""), ("goal.actual", table.goal.actual or "")]
        cells += [(r.path("level3"), r.indicator.level3 or "") for r in case.rows_by_paper[at]]
        found = [
            (where, m[0])
            for where, text in cells
            for m in _RUNNING.finditer(text)
            if not _HELD_DOWN.match(text, m.end())
        ]
        if found:
            words = "、".join(dict.fromkeys(word for _, word in found))
            says = f"项目内容含“{words}”，属日常运转支出。改法：改由公用经费列支，或写明属运转类项目。"
            yield Found(found[0][0], says, at, key=words)
    yield from running_items(case)
    for said in case.told("spending.running", "signs.used_for"):
        passage, sentence = said.passage, said.text
        word = _RUNNING.search(sentence)
        if (
            word
            and passage.where.startswith("sections")
            and re.search(r"用于", sentence)
            and not _running(case)
        ):
            says = f"资金用于“{word[0]}”，属日常运转支出。改法：改由公用经费列支，或写明依据。"
            yield Found(passage.where, says, passage.paper, Severity.NOTE, quoted=sentence, key=word[0])


def _running(case: Case) -> bool:
    return any(has(_name(t), _WORDS["running_project"]) for _, t in case.tables) or not case.tables
