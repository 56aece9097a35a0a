"""What things are called for users: kinds of paper, fields, severities, places."""

from collections.abc import Iterator

from jixiao.audit.office.ledger import How, Settled
from jixiao.layout import NOWHERE, Place
from jixiao.model.claims import DepartmentReport, ProjectList, Report, Unknown
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath, Severity
from jixiao.model.reading import Kind, Reading

KINDS = {
    Kind.SELFEVAL_TABLE: "自评表", Kind.SCORING_FORM: "评分表", Kind.BASE_DATA_FORM: "基础数据表",
    Kind.SELFEVAL_REPORT: "自评报告", Kind.EVALUATION_REPORT: "评价报告", Kind.DEPARTMENT_REPORT: "部门自评工作报告",
    Kind.GOAL_DECLARATION: "目标申报表", Kind.MONITORING_TABLE: "运行监控表", Kind.RECHECK_TABLE: "复核表",
    Kind.PROJECT_LIST: "项目清单", Kind.UNKNOWN: "未识别的材料",
}  # fmt: skip
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "需核实", Severity.NOTE: "提示"}
SETTLED = {How.LEDGER: "台账", How.BASELINE: "基线", How.REVIEWER: "复核人不采纳"}
_ROW_FIELDS = {"unit": "计量单位"}
_FIELDS = {
    "project": "项目", "name": "项目名称", "code": "项目编码", "department": "主管部门", "unit": "实施单位",
    "year": "年度", "funds": "项目资金", "total": "年度资金总额", "fiscal": "财政拨款", "carryover": "上年结转资金",
    "special": "财政专户资金", "other": "其他资金", "more": "其他来源", "initial": "年初预算数", "annual": "全年预算数",
    "executed": "全年执行数", "allocated": "下达数", "received": "到位数", "execution": "预算执行率", "points": "分值",
    "rate_printed": "执行率", "score_printed": "得分", "goal": "年度总体目标", "expected": "预期目标",
    "target": "年度指标值", "actual": "实际完成值", "sign": "符号", "completion_printed": "完成率",
    "deduction_printed": "扣分", "reason": "偏差原因", "remedy": "改进措施", "remarks": "评分说明",
    "points_printed": "总分值", "total_printed": "总分", "grade_printed": "等级", "level1": "一级指标",
    "level2": "二级指标", "level3": "三级指标", "level4": "四级指标", "indicators": "指标", "classes": "各级分值",
    "notes": "表后注", "sections": "正文", "claims": "正文", "bins": "得分分段", "budget": "预算金额",
    "samples": "抽查", "title": "标题", "number": "序号",
    "projects": "项目数", "full_marks": "满分项目数", "with_deviation": "有偏差项目数", "sampled": "抽查项目数",
    "evaluated_amount": "评价金额", "listed": "所列项目",
    "pass_mark_printed": "合格线", "indicator_count_printed": "指标个数", "achieved_printed": "目标完成情况",
    "self_score_printed": "自评得分", "self_total_printed": "自评总分", "residue": "表样残留", "closing": "落款",
    "opening": "开头", "dated": "日期", "blanks": "空白栏", "filled_by": "填报单位", "contacts": "联系人",
}  # fmt: skip
_GOAL_ACTUAL = "实际完成情况"
_TITLE_LENGTH = 24
_FAR = 100  # characters into a line, from where its number alone doesn't lead to the place


def place_at(reading: Reading, where: FieldPath) -> Place:
    """Return where a field stands: its own place, one inside it, the nearest around it, else the whole paper's."""
    return next(_around(reading, where), reading.place)


def exact_place(reading: Reading, where: FieldPath) -> Place:
    """Return where a mark belongs: the field, one beside it, or the paper's first words for what is said of the whole.

    A rate without a reason is marked at the rate: an empty cell has no place of its own.
    """
    found = (place for place in (*_around(reading, where), *reading.places.values()) if _is_exact(place))
    return next(found, reading.place)


def _around(reading: Reading, where: FieldPath) -> Iterator[Place]:
    """Yield the places of a field and of what lies inside it, then the same of each field around it, outwards."""
    while where:
        if where in reading.places:
            yield reading.places[where]
        yield from (place for field, place in reading.places.items() if field.startswith(f"{where}."))
        where = where.rpartition(".")[0]


def _is_exact(place: Place) -> bool:
    return any((place.cell, place.line, place.row, place.box))


def place_words(place: Place) -> str:
    """Say where something stands in its file, without the sheet: H21, 表 2 第 5 行第 3 列, 第 27 行."""
    if place.cell is not None:
        return place.cell
    page = f"第 {place.page} 页" if place.page is not None else ""
    if place.line is not None:
        far = f"第 {place.start + 1} 字起" if place.start is not None and place.start >= _FAR else ""
        return f"{page}第 {place.line} 行{far}"
    table = f"表 {place.table} " if place.table is not None else ""
    row = f"第 {place.row} 行" if place.row is not None else ""
    column = f"第 {place.column} 列" if place.column is not None and row else ""
    return f"{page}{table}{row}{column}".strip()


def sheet_words(reading: Reading) -> str:
    """Name the sheet that a paper stands on, empty where the file has none."""
    found = (place.sheet for place in (reading.place, *reading.places.values()) if place != NOWHERE)
    sheet = next((name for name in found if name is not None), None)
    return f"工作表“{sheet}”" if sheet is not None else ""


def field_words(reading: Reading, where: FieldPath) -> str:
    """Name a field as the paper does: 成本指标“预算控制率” 得分; 年度资金总额 全年预算数."""
    parts = where.split(".") if where else []
    if where == "goal.actual":
        return _GOAL_ACTUAL
    if len(parts) > 1 and parts[1].isdigit():
        named = _listed(reading, parts[0], int(parts[1]))
        return " ".join(
            (
                named or _FIELDS.get(parts[0], ""),
                *(_ROW_FIELDS.get(part, _FIELDS.get(part, "")) for part in parts[2:]),
            )
        ).strip()
    if parts[:1] in (["funds"], ["project"]) and len(parts) > 1:
        parts = parts[1:]
    return " ".join(_FIELDS.get(part, part) for part in parts)


def _listed(reading: Reading, name: str, number: int) -> str:
    """Name the row, section, class or line at `number` of one of a record's lists; empty where it has no name."""
    listed = getattr(reading.record, name, ())
    if not isinstance(listed, tuple) or number >= len(listed) or isinstance(listed[number], str):
        return ""
    item = listed[number]
    if isinstance(item, Indicator):
        return row_words(item)
    words = getattr(item, "title", None) or getattr(item, "name", None) or getattr(item, "label", None)
    kind = {"sections": "正文", "classes": ""}.get(name, "")
    return f"{kind}“{short(str(words))}”" if words else ""


def row_words(row: Indicator) -> str:
    """Name an indicator as reviewers do: 成本指标“预算控制率”."""
    name = row.level4 or row.level3
    return (
        f"{row.level2 or row.level1 or '指标'}“{short(name)}”" if name else row.level2 or row.level1 or "指标"
    )


def short(text: str, most: int = _TITLE_LENGTH) -> str:
    """Return text on one line, cut with … where it is longer than `most` characters."""
    line = clean(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def clean(text: str) -> str:
    """Return text without the control characters that a terminal would obey; line ends stay."""
    return "".join(char if char.isprintable() or char in "\n\u3000\xa0" else " " for char in text)


def project_words(reading: Reading) -> str:
    """Name what a paper is about: 食堂经费（2023 年度）."""
    record = reading.record
    year = f"（{record.year} 年度）" if not isinstance(record, Unknown) and record.year is not None else ""
    if isinstance(record, Evaluation | Report):
        title = record.title if isinstance(record, Report) else None
        name = record.project.name or title or f"未写项目名称的{KINDS[reading.kind]}"
    elif isinstance(record, DepartmentReport | ProjectList):
        name = f"{record.unit or ''}{KINDS[reading.kind]}"
    else:
        name = KINDS[reading.kind]
    return clean(f"{name}{year}")


def unit_words(reading: Reading) -> str:
    """Name the unit that made a paper, empty where it says none."""
    record = reading.record
    if isinstance(record, Evaluation | Report):
        return clean(record.project.unit or record.project.department or "")
    return ""


def settled_words(settled: Settled) -> tuple[str, str]:
    """Say of a finding that no longer counts by what and whom it was settled, and why."""
    until = f"，至 {settled.until.isoformat()}" if settled.until is not None else ""
    who = f"（{settled.who}{until}）" if settled.who else ""
    return f"{SETTLED[settled.how]}{who}", f"：{settled.why}" if settled.why else ""
