"""IS07, IS11, IS12: indicators beside what the project is and what its goal promises (目标与指标)."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz import fuzz, process

from jixiao.audit.indicator_rows import (
    BENEFIT,
    at_row,
    named_with,
    project_names,
    rows_in,
    setting_papers,
    sure,
    target_text,
)
from jixiao.audit.indicators.domains import of_another_line
from jixiao.audit.indicators.empty_goals import empty_goals
from jixiao.audit.lexicon import any_of, hits, lists_of
from jixiao.audit.prose import clipped
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.target import Before

_WORDS = lists_of("indicators")
_CLASSES = lists_of("classes")
_CLAIMS = ("claims_jobs", "claims_income", "claims_nature", "claims_whole")
_CLAIMED = frozenset(f"classes.{name}" for name in _CLAIMS)
_BY_CLAIM = {name: any_of(_CLASSES[name]) for name in _CLAIMS}
_GROUPS = {key: any_of(words) for key, words in _CLASSES.items() if key != "inward" and key not in _CLAIMS}
_GROUP_LISTS = frozenset(f"classes.{key}" for key in _GROUPS)
_ANYBODY = frozenset({"群众", "工作人员", "企业"})  # named in almost every paper
_INWARD = any_of(_CLASSES["inward"])


@rule("IS07", Severity.WARNING, source="财预〔2021〕101号：指标应与项目内容相关")
def indicator_is_not_about_the_project(case: Case) -> Iterator[Found]:
    """指标与项目内容不相干，像是从别的项目套来的。

    为什么：不相干的效果不是这笔钱带来的，得分没有意义。
    不合格：食堂项目的社会效益指标“提供就业岗位”；护路员工资项目的生态效益指标“改善人居环境”；规划编制费的满意度指标
        “群众对政府工作满意度”；少数民族发展项目里出现“老年人健康管理人数”；养老服务项目里出现“规上工业增加值”。
    合格：河道保洁员工资项目的“改善河道水质”；养老项目的“老年人满意度”。
    怎么改：删去或换成本项目能直接带来的效果。
    来源：某市复核口径：与项目无关的指标不得分；财预〔2021〕101号：相关性。
    误报风险：高，只看三种：钱用在单位自身的项目却声称就业、增收、生态、全局满意度；指标里的人群全文别处都没有提到；
        指标属于另一行业，全文别处没有这一行业的任何字眼。
    """
    claiming = [(row, claim) for row in named_with(case, _CLAIMED) if (claim := _claim_in(row))]
    inward = _INWARD.search(tidy(project_names(case))) if claiming else None
    if inward is not None:
        for row, claim in claiming:
            if not _about(case, row, claim) and sure(case, row, "level3"):
                says = f"本项目是“{inward[0]}”一类支出，{row.label}不是它能带来的效果。改法：换成本项目直接带来的效果。"
                yield at_row(row, "level3", says)
    yield from _strangers(case)
    yield from of_another_line(case)


def _claim_in(row: Row) -> str:
    """Return the list of far-reaching effects that a benefit row claims, "" for none."""
    if row.sort not in BENEFIT and row.sort is not Sort.SATISFACTION:
        return ""
    found = (name for name in _CLAIMS if f"classes.{name}" in row.name_words)
    return next((n for n in found if (n == "claims_whole") == (row.sort is Sort.SATISFACTION)), "")


def _about(case: Case, row: Row, claim: str) -> bool:
    """Tell whether the project's name or goal speaks of that effect itself."""
    tables = [table for at, table in setting_papers(case) if at == row.paper]
    said = "".join(f"{t.project.name or ''}{t.goal.expected or ''}" for t in tables)
    near = claim == "claims_nature" and any(
        word in said for word in ("护林", "保洁", "环卫", "环境", "清运", "河", "林")
    )
    return near or _BY_CLAIM[claim].search(said) is not None


def _strangers(case: Case) -> Iterator[Found]:
    """Yield rows about a group of people whom nothing else in the filing mentions, where it names another group."""
    rows = [r for r in named_with(case, _GROUP_LISTS) if r.sort is not Sort.SATISFACTION]
    if not rows:
        return
    names = project_names(case)
    named = {key for key, words in _GROUPS.items() if words.search(names)}
    for row in rows if named - _ANYBODY else ():
        strange = {key for key in _GROUPS if f"classes.{key}" in row.name_words} - _ANYBODY - named
        if strange and not _mentioned(case, row, strange) and sure(case, row, "level3"):
            says = (
                f"{row.label}说的“{'、'.join(sorted(strange))}”在目标、报告和其他指标中都没有提到，项目是为"
                f"“{'、'.join(sorted(named))}”设的。改法：核对是否从其他项目套用。"
            )
            yield at_row(row, "level3", says)


def _mentioned(case: Case, row: Row, groups: set[str]) -> bool:
    lists = {f"classes.{key}" for key in groups}
    others = (r for r in case.rows if (r.paper, r.at) != (row.paper, row.at))
    return any(not lists.isdisjoint(r.name_words) for r in others) or any(
        not lists.isdisjoint(s.words) for s in case.sentences
    )


_FILLER_PAIRS = frozenset(a + b for word in _WORDS["filler"] for a, b in pairwise(word))
_NOT_WORDS = expression(r"[^\u4e00-\u9fffA-Za-z]+|[的了和与及或为对在等各其将把使并]")
_NUMBERED = expression(
    r"(?:^|(?<=[。；;，,：:\s]))(?:目标\s*[\d一二三四五六七八九]{1,2}\s*[:：、.]?|[一二三四五六七八九]是|[(（]?[一二三四五六七八九\d][)）.、．](?!\d)|[①-⑨])"
)
_CLAUSE_END = expression(r"[。；;,，\n]")
_COUNT = expression(
    r"\d\s?(?:余|多)?(?:名|人|户|个|家|次|场|期|台|套|座|处|件|条|所|间|辆|株|盏|亩|公里|平方米)"
)
_PROMISES = expression(r"[。；;,，、\n]|以及|并(?=[增新改完建])")
_AMOUNT = expression(
    r"(?<![\d年第])\d+(?:\.\d+)?\s?(?:余|多)?(?:万)?(?:场次|人次|批次|公里|千米|平方米|立方米|米|公顷|亩|座|处|盏|套|台|辆|件|场|期|所|间|株|个|户|艘|册|条|支|吨|份|口|眼|棵|根)"
)
_NUMBERS = expression(r"\d+(?:\.\d+)?")
_STOP = expression(r"[。；;\n]")
_NAME_PARTS = expression(r"[和及、与]")
_MONEY_WORDS = expression(
    r"(?:补助|补贴|奖补|专项|配套|工作)?(?:经费|资金|费用|项目|款)+$|^\d+年度?|[(（].*?[)）]"
)
_LEAST, _FEW, _LISTED = 4, 2, 4
_STRANGE_FROM = 12
_SAYS_SOMETHING = 5  # 储得好、调得动 are slogans
_NEAR = 67


@rule("IS11", Severity.WARNING, source="财预〔2021〕101号：指标由绩效目标细化分解而来")
def goal_and_indicators_do_not_match(case: Case) -> Iterator[Found]:
    """目标里的事没有指标，或完成情况里的成果没有指标。

    为什么：指标由目标分解而来；目标有而指标没有的，做没做无从考核。
    不合格：目标写“目标1：整修灌渠；目标2：培训管水员”，指标只有灌渠；目标列举六件事，指标只涉及两件；项目名称含两项内容，
        指标和报告只写一项；目标写“整修灌渠3公里，安装水表60块”，没有水表的指标；
        目标几句话没有一句与任何指标有关。
    合格：目标两条各有指标；目标一段话概括，没有逐条列举。
    怎么改：为缺少的事项补设指标，或从目标中删去。
    来源：财预〔2021〕101号；复核人员通用核对办法。
    误报风险：高，按用字是否相近判断：只看编了号或列举四件以上的目标，而且其中有的有指标、有的一字不沾；或者几句话全都一字不沾；
        成果一项只作提示。
    """
    for at, table in setting_papers(case):
        goal, done = table.goal.expected or "", table.goal.actual or ""
        numbered, listed, results = _numbered(goal), _enumerated(goal), _results(done)
        joined = _joined(table.project.name or "")
        strange = _may_be_strange(case, at, goal)
        looked = numbered or listed or results or joined or strange or _AMOUNT.search(goal)
        rows = rows_in(case, at) if looked else ()
        if len(rows) < _LEAST:
            continue
        told = _Told((r.name for r in rows), f"{table.project.name or ''}")
        yield from _promised(at, numbered, listed, told)
        yield from _counted(at, goal, rows, told)
        yield from _achieved(at, table, results, told)
        yield from _named(case, at, joined, rows)
        if strange:
            yield from _strange_goal(at, goal, told)


def _may_be_strange(case: Case, at: int, goal: str) -> bool:
    """Tell whether a goal of three clauses or more shares not even two characters with the name of an indicator."""
    if len(goal) < _STRANGE_FROM or len(rows_in(case, at)) < _LEAST:
        return False
    names = "\n".join([r.plain for r in rows_in(case, at)])
    shared = (pair in names and pair not in _FILLER_PAIRS for pair in map("".join, pairwise(tidy(goal))))
    return not any(shared) and len(_CLAUSE_END.findall(goal)) + goal.count("、") >= _FEW


def _strange_goal(at: int, goal: str, told: "_Told") -> Iterator[Found]:
    """Yield a goal of which no indicator says a word."""
    clauses = [c for c in re.split(r"[。；;,，、\n]", goal) if len(c.strip()) >= _SAYS_SOMETHING]
    known = [told.of(clause) for clause in clauses]
    missing = [clause for clause, spoken in zip(clauses, known, strict=True) if spoken is False]
    if len(missing) >= _FEW and True not in known:
        words = "、".join(f"“{clipped(clause.strip(), 24)}”" for clause in missing[:4])
        says = f"目标写的是{words}，没有一项指标与之有关。改法：按目标逐条设指标，或改写目标。"
        yield Found("goal.expected", says, at, quoted=goal[:60], key="全部")


class _Told:
    """What the indicators speak of: their names, beside the project's own."""

    def __init__(self, names: Iterable[str], project: str) -> None:
        self.names = tuple(names)
        self.text = "\n".join(self.names)
        self.project = project

    def of(self, clause: str, least: int = 2) -> bool | None:
        """Tell whether an indicator speaks of a clause; None where it has too few words of its own."""
        if any(pair in self.text for pair in self._own(clause)):
            return True
        parts = [part for part in _segments(clause) if self._own(part)]
        if sum(len(part) - 1 for part in parts) < least:
            return None
        return any(
            process.extractOne(p, self.names, scorer=fuzz.partial_ratio, score_cutoff=_NEAR) for p in parts
        )

    def speaks_of(self, clause: str, least: int) -> bool | None:
        """Tell whether an indicator speaks of a clause, be it in the words of the project's own name."""
        spoken = self.of(clause, least)
        if spoken is False and any(pair in self.text for pair in _pairs(clause) - _FILLER_PAIRS):
            return True
        return spoken

    def is_the_project(self, clause: str) -> bool:
        """Tell whether a clause speaks of what the project's name says: the project's own main work."""
        return any(pair in self.project for pair in _pairs(clause) - _FILLER_PAIRS)

    def _own(self, text: str) -> frozenset[str]:
        """Return the pairs of neighbouring characters that neither every goal nor the project's name has."""
        return frozenset(p for p in _pairs(text) - _FILLER_PAIRS if p not in self.project)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


def _segments(clause: str) -> list[str]:
    """Return the words of a clause's own: without the words that stand in every goal, and without particles."""
    plain = tidy(clause)
    chars = list(plain)
    for hit in hits(plain):
        if "indicators.filler" in hit.lists:
            chars[hit.start : hit.end] = " " * (hit.end - hit.start)
    return _NOT_WORDS.sub(" ", "".join(chars)).split()


def _promised(at: int, numbered: list[str], listed: list[str], told: _Told) -> Iterator[Found]:
    """Yield the promises without an indicator, where others have one."""
    for clauses, what in ((numbered, "目标"), (listed, "目标列举的事项")):
        known = [(clause, told.speaks_of(clause, 2 if what == "目标" else 1)) for clause in clauses]
        missing = [clause for clause, spoken in known if spoken is False]
        enough = len(missing) >= (1 if what == "目标" else _FEW)
        if enough and any(spoken for _, spoken in known):
            words = "、".join(f"“{clipped(clause, 24)}”" for clause in missing[:5])
            says = f"{what}{words}没有对应的指标。改法：补设指标，或从目标中删去。"
            yield Found("goal.expected", says, at, quoted=missing[0][:60], key=what)
            return


def _numbered(goal: str) -> list[str]:
    heads = list(_NUMBERED.finditer(goal))
    if len(heads) < _FEW:
        return []
    ends = [*(m.start() for m in heads[1:]), len(goal)]
    return [goal[m.end() : end].strip(" 。；;\n") for m, end in zip(heads, ends, strict=True)]


def _enumerated(goal: str) -> list[str]:
    """Return the items of the first sentence that lists four or more things."""
    for sentence in _STOP.split(goal) if goal.count("、") >= _LISTED - 1 else ():
        for part in re.split(r"[,，]", sentence):
            items = [re.sub(r"等$", "", item) for item in part.split("、")]
            if len(items) >= _LISTED and not _SUMMED.search(items[-1]):
                return items
    return []


# 接运、存放、火化、寄存四项基本服务: one thing, by the names of its parts.
_SUMMED = expression(r"[两二三四五六七八九十\d][项类种个](?!月)[一-鿿]{2,}$")


def _counted(at: int, goal: str, rows: tuple[Row, ...], told: _Told) -> Iterator[Found]:
    """Yield what the goal promises by number and no indicator speaks of, where another part of the goal has one."""
    clauses = [c.strip() for c in _PROMISES.split(goal) if c.strip()]
    counted = [c for c in clauses if _AMOUNT.search(tidy(c))]
    targets = {number for row in rows for number in _NUMBERS.findall(_undated(row))} if counted else set()
    missing = [
        c for c in counted
        if targets.isdisjoint(_NUMBERS.findall(tidy(c))) and told.of(_AMOUNT.sub("", tidy(c))) is False
        and not told.is_the_project(_AMOUNT.sub("", tidy(c)))
    ]  # fmt: skip
    if missing and any(c not in missing and told.of(c) for c in clauses):
        words = "、".join(f"“{clipped(clause, 24)}”" for clause in missing[:4])
        says = f"目标写明的{words}没有对应的指标。改法：补设指标并写明完成情况，或从目标中删去。"
        yield Found("goal.expected", says, at, quoted=missing[0][:60], key="数量")


def _undated(row: Row) -> str:
    """Return a target as printed, "" for a date: 12月底前 counts no twelve of anything."""
    return "" if isinstance(row.indicator.target, Before) else tidy(target_text(row))


def _results(text: str) -> list[str]:
    """Return the clauses of the results that count something: people, households, pieces."""
    return [c for c in _CLAUSE_END.split(text) if _COUNT.search(c)] if _COUNT.search(text) else []


def _achieved(at: int, table: Evaluation, done: list[str], told: _Told) -> Iterator[Found]:
    """Yield counted results that neither an indicator nor the goal speaks of."""
    all_told = _Told((*told.names, table.goal.expected or "", told.project), "")
    strange = [c for c in done if all_told.of(c) is False]
    if strange and len(strange) < len(done):
        words = "、".join(f"“{clipped(clause.strip(), 24)}”" for clause in strange[:4])
        says = f"完成情况中的{words}没有对应的指标。改法：重要成果应设指标，与项目无关的删去。"
        yield Found("goal.actual", says, at, Severity.NOTE, quoted=strange[0][:60], key="成果")


def _joined(name: str) -> list[str]:
    """Return the two things that a project's name joins by 和, 及, 与 or 、; none for any other name."""
    parts = _NAME_PARTS.split(tidy(name))
    heads = [_head(part) for part in parts] if len(parts) == _FEW else []
    return heads if heads and min(map(len, heads)) >= _FEW and heads[0] != heads[1] else []


def _named(case: Case, at: int, parts: list[str], rows: tuple[Row, ...]) -> Iterator[Found]:
    """Yield where the project's name joins two things, and only one of them is spoken of anywhere."""
    if not parts:
        return
    table = dict(case.tables)[at]
    text = "".join((*(r.name for r in rows), table.goal.expected or "", table.goal.actual or ""))
    text += "".join(s.text for s in case.sentences if s.passage.in_report)
    missing = [part for part in parts if not _spoken_of(part, text)]
    if len(missing) == 1 and text.count(next(p for p in parts if p not in missing)[-3:]) > _FEW:
        says = f"项目名称含“{missing[0][-6:]}”，目标、指标和报告都没有写到它。改法：补设指标并说明使用情况。"
        yield Found("project.name", says, at, quoted=table.project.name or "", key="名称")


def _spoken_of(part: str, text: str) -> bool:
    """Tell whether a text speaks of a thing: in its words, or of what is looked after (河湖管护 where it says 巡河)."""
    if part[-3:] in text:
        return True
    thing = _CARE.sub("", part)
    return thing != part and any(sign in text for sign in thing[-2:])


_CARE = expression(
    r"(?:管护|维护|养护|管理|建设|改造|保护|治理|维修|保洁|巡护|巡查|保障|服务|监测|防控|防治|运行|整治)+$"
)
_CODE = expression(r"^[0-9A-Z]{6,}[-—－]")


def _head(part: str) -> str:
    """Return what a part of a project's name is about, its code and the money left out: 巡检队经费 gives 巡检队."""
    return _MONEY_WORDS.sub("", _MONEY_WORDS.sub("", _CODE.sub("", part)))


_HOLLOW = any_of(_WORDS["hollow_goal"])
_PAYING = any_of(_WORDS["paying"])
_OUTCOME = expression(
    r"提高|提升|改善|增强|增加|建设|建成|修|培训|维护|养护|服务|受益|开展|覆盖|购[置买]|采购|改造|防|治理|解决|促进|推动|推进|检|编制完成|举办"
    r"|\d+(?:名|人|户|个|公里|米|亩|次|场|套|台|座|处|件|平方|项|批)|(?:保证|确保)(?!.{0,4}(?:资金|经费|预算|专款|支付|拨付|到位))|保障.{2,}(?:运行|运转|开展|生活|安全|待遇|权益)"
)
_ONLY_PAYS = expression(
    r"(?:按时|及时|足额|全额|按期|完成|用于|确保|(?:20)?\d\d年度?|、)*(?:支付|拨付|兑付|付清|结清|偿还|清偿|缴纳)"
)
_TO_WHOM = any_of(_WORDS["subsidy"])
_TO_STAFF = expression(r"工资|薪酬|社保|公积金|离退休")
_GOAL_TITLE = expression(r"^(?!.*(?:偏[离差]|原因|措施)).*(?:年度|绩效|总体|阶段性?)目标")
_LONGEST, _SHORT, _LEFT = 80, 50, 3
_DIGIT = expression(r"\d")


@rule("IS12", Severity.WARNING, source="财预〔2020〕10号、财预〔2021〕101号：绩效目标应反映产出和效果")
def goal_is_paying_or_empty(case: Case) -> Iterator[Found]:
    """绩效目标只说把钱付出去，或是没有内容的套话。

    为什么：目标要写清做什么、做到什么程度、带来什么效果；付款本身不是目标。
    不合格：“用于支付灌区设计费用”；“全面完成年度目标任务，达到预期效果”；只抄了项目名称；报告的目标只有“确保泵站正常运行”一句；完成情况只写“目标已完成”。
    合格：“整修灌渠三公里，两千亩农田受益”；“按时足额发放补贴，保障困难家庭基本生活”。
    怎么改：写明产出的数量、质量和时间，以及预期效果。
    来源：财预〔2021〕101号；复核人员通用核对办法。
    误报风险：中。只看八十字以内、通篇没有做事和效果字眼的目标。
    """
    for at, table in setting_papers(case):
        said = _empty(table.goal.expected or "", table.project.name or "")
        if said:
            goal = clipped(table.goal.expected or "", 40)
            says = f"预期目标“{goal}”{said}。改法：写明做什么、做到什么程度、带来什么效果。"
            yield Found("goal.expected", says, at, quoted=(table.goal.expected or "")[:80], key="goal")
    for passage in case.passages:
        if passage.in_report and len(passage.text) <= _LONGEST and _GOAL_TITLE.search(passage.title):
            said = _empty(passage.text, "")
            if said and "情况" not in passage.title:
                says = f"“{passage.title}”{said}。改法：写明本年做什么、做到什么程度、带来什么效果。"
                yield Found(passage.where, says, passage.paper, quoted=passage.text, key="goal")
    yield from empty_goals(case)


def _empty(goal: str, project: str) -> str:
    """Return what is wrong with a goal that says nothing to reach, "" for any other."""
    plain = re.sub(r"[\s，。,.；;：:、!！]", "", tidy(goal))
    if not plain or len(plain) > _LONGEST:
        return ""
    if plain in tidy(project) or plain == tidy(project):
        return "只是项目名称，没有写目标"
    words = plain.replace("100%", "")
    if len(plain) <= _SHORT and not _DIGIT.search(words) and len(_HOLLOW.sub("", words)) <= _LEFT:
        return "是没有具体内容的套话"
    only = _ONLY_PAYS.match(plain) is not None and not _TO_WHOM.search(plain)
    staff = _TO_STAFF.search(plain) is not None
    paying = not _OUTCOME.search(plain) and not staff and (only or len(_PAYING.findall(plain)) >= _FEW)
    return "只说了花钱，没有写产出和效果" if paying else ""
