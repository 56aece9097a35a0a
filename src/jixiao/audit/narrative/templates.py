"""NA02, NA18: what is left of the blank form, and numbers where words belong or the other way round (报告文字)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.lexicon import data_of, lists_in
from jixiao.audit.prose import Sentence
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Origin, Severity
from jixiao.model.statements import Section

_COLUMNS = data_of("templates")["columns"]
_FIELDS = {str(k): str(v) for k, v in _COLUMNS.items()} if isinstance(_COLUMNS, dict) else {}
_NOTE = expression(rf"[\d.、．\s（(）)注:：]*(?:评价|自评)?({'|'.join(_FIELDS)})\s*[:：]")
_WITH_REMARKS = frozenset({"F-BJ16", "F-SYS", "F-AH-IMP"})
_LISTS = frozenset({"templates.hints", "templates.blanks", "templates.dots"})
_HINT = expression(
    r"\([^()]{0,24}(?:字以内|字以上|字左右)\)|\((?:不超过|不少于|限|约)?\d{2,4}字\)|【[^【】]{0,24}字以内】"
    r"|\((?:填写|请|示例|样表|参考样式|单位名称|项目名称|简要说明|详细说明|逐条说明)[^()]{0,24}\)?"
    r"|请填写[^,，。；;]{0,12}|请在此[^,，。；;]{0,12}|\((?:说明|注|提示):[^()]{0,20}(?:应|请|需要?|须)(?:写|填|说明|包括|列)[^()]{0,20}\)|此处填[^,，。；;]{0,8}|填[写报]说明|\(可[另加][附页][^()]{0,8}\)"
)
_BLANK = expression(
    r"[XxＸ×]{2,}|_{2,}|20(?:_|XX|xx|××)\d?|○{2,}|(?<![A-Za-z\d])[XxＸ](?=(?:万元|元|个|人|户|亩|公里|月|日|%|次|名|项|吨|期|条)(?!X))|\(\)(?=(?:万元|元|个|人|户|亩|公里|%|次|名|项|吨|期))|某某(?=[县市区镇乡局项])|0000年"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方袁柳史唐薛雷贺汤罗毕郝常傅卞康余顾"
    "孟黄萧尹姚邵汪毛臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾江童郭梅林钟徐邱骆高夏蔡田胡霍万柯卢莫房缪解应宗丁邓石崔吉龚程邢裴陆荣翁"
)
_PERSON = expression(rf"[{_SURNAMES}\d]$")
_ONLY_DOTS = expression(r"(?:[\d.、．（(）)指标:：]*)(?:\.{3,}|…+)")
_SOME, _SHOWN = 3, 20
_CELLS = ("level3", "level4", "target", "actual", "reason", "remedy")


@rule("NA02", Severity.WARNING, source="正式材料不应留有空白表样的提示语")
def template_residue(case: Case) -> Iterator[Found]:
    """留有空白表样的填写提示、待填的空，或解释表中没有的栏目。

    为什么：提示语和空没有处理，说明这一处没有填，或整段照抄样本。
    不合格：“项目概况（300字以内）”“XX县水利局”“20__年”；表后注解释“得分说明”一栏，表中没有这一栏；表中留着空的“指标2：”“……”。
    合格：姓名、电话打了码（张XX、138XXXX）；“不少于300字的总结”；省略号。
    怎么改：删去提示语，填上实际内容；删去与本表无关的注。
    来源：各地表样填报说明。
    误报风险：低；公开时打码的姓名、电话不提示，“某某”、省略号和没有填的空行只作提示。
    """
    if not case.words.isdisjoint(_LISTS):
        for sentence in case.sentences:
            if not sentence.words.isdisjoint(_LISTS):
                yield from _in_sentence(sentence)
        for row in case.rows:
            if not row.words.isdisjoint(_LISTS):
                yield from _in_row(row)
    for paper, report in case.reports:
        yield from _in_titles(paper, report.sections)
    for paper, department in case.department_reports:
        yield from _in_titles(paper, department.sections)
    yield from _in_tables(case)


def _in_tables(case: Case) -> Iterator[Found]:
    for paper, table in case.tables:
        if table.notes or table.residue:
            yield from _in_table(paper, table)


def _in_titles(paper: int, sections: tuple[Section, ...]) -> Iterator[Found]:
    """Yield the hints that stand in headings: 四、存在问题（200字以内）."""
    titles = [tidy(section.title) for section in sections]
    if lists_in("\n".join(titles)).isdisjoint(_LISTS):
        return
    for at, title in enumerate(titles):
        found = _HINT.search(title)
        if found:
            says = f"标题“{title}”里的“{found[0]}”是表样里的填写提示，没有删去。改法：删去。"
            yield Found(f"sections.{at}", says, paper, quoted=title, key=title)


def _in_sentence(sentence: Sentence) -> Iterator[Found]:
    passage, found = sentence.passage, _residue(sentence.plain)
    if found:
        says, note = found
        yield Found(
            passage.where,
            says,
            passage.paper,
            Severity.NOTE if note else None,
            quoted=sentence.text,
            key=says,
        )


def _in_row(row: Row) -> Iterator[Found]:
    for field in _CELLS[:4]:
        cell = getattr(row.indicator, field)
        text = cell if isinstance(cell, str) else getattr(cell, "text", None)
        plain = tidy(text) if text else ""
        found = _residue(plain) if plain and not lists_in(plain).isdisjoint(_LISTS) else None
        if found:
            says, note = found
            yield Found(
                row.path(field), says, row.paper, Severity.NOTE if note else None, quoted=text or "", key=says
            )


def _residue(plain: str) -> tuple[str, bool] | None:
    """Return what to say of what is left of a form in a text, and whether it is only a hint."""
    hint = _HINT.search(plain)
    if hint:
        return f"“{hint[0]}”是表样里的填写提示，没有删去。改法：删去，填上实际内容。", False
    blank = next((m for m in _BLANK.finditer(plain) if not _masked(m, plain)), None)
    if blank:
        around = plain[max(0, blank.start() - 6) : blank.end() + 6]
        return f"“{around}”里的“{blank[0]}”是待填的空。改法：填上实际内容。", blank[0].startswith("某")
    if _ONLY_DOTS.fullmatch(plain):
        return f"“{plain}”是表样里的空行，没有填写。改法：填上内容或删去这一行。", True
    return None


def _masked(m: re.Match[str], plain: str) -> bool:
    """Tell whether a blank only hides a person's name or number."""
    before, after = plain[: m.start()], plain[m.end() :]
    counted = (
        re.match(r"(?:万|亿)?元|[人户个名]|%|亩|公里|次|项|吨|平方|天|[县镇乡村区市局]", after) is not None
    )
    named = _PERSON.search(before) is not None and not m[0].startswith("20") and not counted
    return named or re.match(r"同志|先生|女士|等人|\d", after) is not None


def _in_table(paper: int, table: Evaluation) -> Iterator[Found]:
    yield from _absent_columns(paper, table)
    if table.residue:
        yield _left_over(paper, table.residue)


def _left_over(paper: int, residue: tuple[str, ...]) -> Found:
    """Tell once per paper of the cells that the blank form printed and nobody filled in."""
    kinds = tuple(dict.fromkeys(map(tidy, residue)))
    told = "".join(f"“{text[:_SHOWN]}”" for text in kinds[:_SOME]) + ("等" if len(kinds) > _SOME else "")
    says = f"表中还留着空白表样的{told}，共 {len(residue)} 处，没有填写。改法：补填内容，或删去这些空行。"
    return Found("residue", says, paper, Severity.NOTE, quoted="；".join(residue)[:60], key="residue")


def _absent_columns(paper: int, table: Evaluation) -> Iterator[Found]:
    if table.form in _WITH_REMARKS or not table.indicators:
        return
    for n, note in enumerate(table.notes):
        m = _NOTE.match(note)
        if m and all(getattr(row, _FIELDS[m[1]]) is None for row in table.indicators):
            says = f"表后注解释“{m[1]}”一栏，表中没有这一栏。改法：删去这条注，或换用有这一栏的表样。"
            yield Found(f"notes.{n}", says, paper, quoted=note[:60], key=m[1])


# ---------------------------------------------------------------- NA18

_SURE = Decimal("0.95")
_NUMBER_ONLY = expression(r"[\d.,，%％/]+(?:元|万元|个|分)?")
_UNCOUNTED = expression(
    r"(?:支出|资金|金额|投入|拨付|到位|安排|发放|共计|合计|使用|结余)(?:了|为|共|约|达)?(?:人民币)?(?P<unit>万元|亿元)(?!以|为单|/)"
)
_RATELESS = expression(r"(?:率|度|比例)(?:为|达|达到|是)(?P<unit>%)")
_COUNTLESS = expression(
    r"(?:共|共计|合计|累计)(?:完成|发放|培训|建设|新建|改造|救助|补助)?(?P<unit>个|户|人次|人|公里|名)(?=[,，。；;])"
)


@rule("NA18", Severity.WARNING, source="目标写文字、数量写数字")
def number_and_words_swapped(case: Case) -> Iterator[Found]:
    """该写文字的地方只有数字，该写数字的地方没有数字。

    为什么：目标栏只有一个数看不出要做什么；“支出万元”丢了数。
    不合格：年度总体目标只填“43.2”；“全年支出万元”“满意度达到%”。
    合格：目标栏有文字；“单位：万元”；“数万元”。
    怎么改：目标写明做什么、做多少；补上漏写的数。
    来源：财预〔2020〕10号附件1填报要求。
    误报风险：中；目标栏只有数字可能是错格，请核对原表。
    """
    for paper, table in case.tables:
        for field, name in (("expected", "预期目标"), ("actual", "实际完成情况")):
            text = getattr(table.goal, field)
            if text and _NUMBER_ONLY.fullmatch(tidy(text)):
                says = f"年度总体目标的{name}只有“{text}”，没有文字。改法：核对是否错格，写明做什么、做多少。"
                sure = case.filing.readings[paper].confidence >= _SURE
                severity = None if sure else Severity.NOTE
                yield Found(f"goal.{field}", says, paper, severity, Origin.LAYOUT, quoted=text)
    for sentence in case.told("templates.units"):
        passage = sentence.passage
        m = (
            _UNCOUNTED.search(sentence.plain)
            or _RATELESS.search(sentence.plain)
            or _COUNTLESS.search(sentence.plain)
        )
        if m and passage.in_report:
            says = f"“{sentence.plain[max(0, m.start() - 6) : m.end()]}”漏写了数。改法：补上“{m['unit']}”前面的数。"
            yield Found(passage.where, says, passage.paper, quoted=sentence.text, key=m[0])
