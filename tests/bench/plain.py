"""The same job as offices' own scripts do it: openpyxl for the table, `re` and `in` for the text. Nothing is understood.

The columns are found by their headings, points and scores are added up, the rate is divided, and a few dozen words and
patterns are looked for one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import load_workbook

_WORDS = (
    "扶贫局", "脱贫攻坚任务", "100字以内", "指标1", "指标2", "XX", "××", "……", "工资工资", "资金资金", "无扣分", "全部完成",
    "超额完成", "效果明显", "成效显著", "有效推进", "进一步加强", "加大力度", "提高认识", "暂无", "利息收入", "非税收入",
    "办公用品", "公务接待", "公务用车", "三公经费", "维修费", "差旅费", "上交国库", "退回国库", "挤占", "挪用", "疫情", "财力紧张",
    "不及时", "滞后", "偏差", "不完善", "不健全", "满意度", "问卷", "结转", "结余", "年中追加",
)  # fmt: skip
_PATTERNS = tuple(map(re.compile, (
    r"(\d+(?:\.\d+)?)\s*万元", r"(\d+(?:\.\d+)?)\s*元", r"(\d+(?:\.\d+)?)\s*[%％]", r"(\d{4})年(\d{4})年", r"(\w{2,6})\1",
    r"〔\d{4}〕\d+号", r"\[\d{4}\]\d+号", r"1[3-9]\d{9}", r"预算执行率[为达]?(\d+(?:\.\d+)?)[%％]", r"总?得分[为]?(\d+(?:\.\d+)?)分",
    r"满意度[为达]?(\d+(?:\.\d+)?)[%％]", r"问卷(\d+)份", r"(\d+)个项目", r"^[一二三四五六七八九十]+、", r"^（[一二三四五六七八九十]+）", r"等级为?“?([优良中差])",
    r"全年预算数?[为]?(\d+(?:\.\d+)?)万元", r"(?:实际)?支出[为]?(\d+(?:\.\d+)?)万元", r"结余[为]?(\d+(?:\.\d+)?)万元", r"每人每月(\d+)元",
)))  # fmt: skip


def check_table(data: bytes) -> list[str]:
    """Add up a workbook's self-evaluation table and compare with what it prints."""
    sheet = load_workbook(BytesIO(data), data_only=True).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [*_sums(rows), *_rate(rows)]


def _sums(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    at = next((n for n, row in enumerate(rows) if "三级指标" in row), None)
    if at is None:
        yield "没有表头"
        return
    points, scores = (
        next(n for n, cell in enumerate(rows[at]) if cell and word in str(cell)) for word in ("分值", "得分")
    )
    body = [row for row in rows[at + 1 :] if "总分" not in row]
    total = next((row for row in rows[at + 1 :] if "总分" in row), None)
    for column, what in ((points, "分值"), (scores, "得分")):
        whole = sum(_number(row[column]) for row in body)
        if total is not None and abs(whole + 10 - _number(total[column])) > 10:
            yield f"{what}合计 {whole}"
    for row in body:
        if _number(row[scores]) > _number(row[points]):
            yield f"得分大于分值：{row}"


def _rate(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    for row in rows:
        if any("年度资金总额" in str(cell) for cell in row):
            numbers = [_number(cell) for cell in row if _number(cell)]
            if len(numbers) > 4 and abs(numbers[2] / numbers[1] * 100 - numbers[4]) > 1:
                yield f"执行率 {numbers[2] / numbers[1]}"


def _number(cell: object) -> float:
    found = re.search(r"-?\d+(?:\.\d+)?", str(cell).replace(",", "")) if cell is not None else None
    return float(found[0]) if found else 0.0


def check_text(text: str) -> list[str]:
    """Look for each word and each pattern in a text."""
    told = [f"出现“{word}”" for word in _WORDS if word in text]
    return told + [
        f"{found[0]}"
        for line in text.splitlines()
        for pattern in _PATTERNS
        for found in pattern.finditer(line)
    ]
