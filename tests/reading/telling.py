"""The proof of reading as a page: docs/proof-reading.md."""

from collections.abc import Callable, Iterator, Sequence

from tests.reading.comparison import Count
from tests.reading.looks import FORMATS, LOOKS
from tests.reading.measure import Row
from tests.reading.plain import WAYS, Plain

_INTRO = """<!-- 由 make proof-reading 生成，请勿手改 -->

# 识读的证明

把编造的自评表（9 种表样）按各种格式、各种样子画成文件，有的还先弄坏，再读回来，逐格与真值比较。
做法见 [tests/reading/README.md](../tests/reading/README.md)。

- **格**、**行**、**表**：读得完全一致的格（指标名称、指标值、完成值、分值、得分、资金、总分、项目名称）、指标行、整张表所占的百分比；
  整张表要每一格都对，也没有多出的行。
- **拒读**：没有读、说明了原因的文件；**不识**：读了但没有认出自评表的文件。
- **无疑而错**：读错又没有任何疑问提到的格数，括号里是其中读成了别的数字或文字（而非空白）的；**秒**：每个文件的识读用时，单核；doc、wps、rtf 与文件夹里的一样，十六个一批交给 LibreOffice。
"""
_HEAD = "| 文件 | 表 | 格 % | 行 % | 表 % | 拒读 | 不识 | 多出的行 | 无疑而错 | 秒 |"
_LINES = "| --: " * 9
_HURTS = {
    "": "完好", "slid": "错行错列", "label centred": "标签居中", "label split": "标签折行", "heads split": "表头折行",
    "page break": "断页，重复表头", "broken": "断页，无表头", "dashes": "空格填横线", "full width": "全角数字",
    "notes": "表后注文", "two papers": "一件两表", "report before": "报告在前", "report between": "两表之间夹报告",
}  # fmt: skip
_ORDER = {(look.format, look.name): k for k, look in enumerate(LOOKS)}
_NOT_RUN = (
    "camelot 与 img2table 未运行：选型时试过，前者 78 个不同的文字只找到 39 个，后者在 150 dpi 的扫描件上找不到表，且都要另装 OpenCV；"
    "docling 的模型要联网下载，离线无法取得，未运行。"
)


def told(rows: Sequence[Row], command: str) -> str:
    """Return the page."""
    parts = [
        _INTRO,
        f"`{command}`",
        "",
        *_table("格式", rows, lambda row: row.task.look.format, _by_look),
        "## 各种样子（完好的纸面）",
        "",
        *_table("格式与样子", [row for row in rows if row.task.hurt == row.task.look.hurt], _look, _by_look),
        "## 各种损坏",
        "",
        *_table(
            "格式与损坏",
            [row for row in rows if row.task.hurt not in ("", row.task.look.hurt)],
            _hurt,
            _by_hurt,
        ),
        *_beside(rows),
    ]
    return "\n".join(parts).rstrip() + "\n"


def line_of(name: str, count: Count) -> str:
    """Tell one row of a table."""
    tally = count.tally
    shares = [
        _share(tally.right, tally.cells),
        _share(tally.rows_right, tally.rows),
        _share(tally.whole, tally.papers),
    ]
    silent = f"{count.silent}（{count.silent_figures}）" if count.silent else "0"
    seconds = f"{count.seconds / max(1, count.files):.2f}"
    cells = (
        count.files,
        tally.papers,
        *shares,
        count.refused,
        count.unknown,
        tally.invented,
        silent,
        seconds,
    )
    return f"| {name} | " + " | ".join(map(str, cells)) + " |"


def _table(
    head: str, rows: Sequence[Row], key: Callable[[Row], str], order: Callable[[Row], tuple[int, int]]
) -> Iterator[str]:
    if not rows:
        return
    counts: dict[str, Count] = {}
    for row in sorted(rows, key=order):
        counts[key(row)] = counts.get(key(row), Count()) + row.count
    yield f"| {head} {_HEAD}"
    yield f"| --- {_LINES}| --: |"
    yield from (line_of(name, count) for name, count in counts.items())
    yield ""


def _by_look(row: Row) -> tuple[int, int]:
    return FORMATS.index(row.task.look.format), _ORDER[row.task.look.format, row.task.look.name]


def _by_hurt(row: Row) -> tuple[int, int]:
    return FORMATS.index(row.task.look.format), list(_HURTS).index(row.task.hurt)


def _look(row: Row) -> str:
    return f"{row.task.look.format} {row.task.look.says}"


def _hurt(row: Row) -> str:
    return f"{row.task.look.format} {_HURTS[row.task.hurt]}"


def _beside(rows: Sequence[Row]) -> Iterator[str]:
    """Tell what the plain libraries found in the same files."""
    found: dict[str, tuple[Plain, Count]] = {}
    for row in rows:
        if row.plain.files:
            plain, own = found.get(row.task.look.format, (Plain(), Count()))
            found[row.task.look.format] = plain + row.plain, own + row.count
    if not found:
        return
    yield "## 同样的文件，直接用常见的库"
    yield ""
    yield "库只给出文字，不知道哪一格是什么；所以只问真值的文字（或同一个数）在它取出的表格单元（扫描件是文字行）里**有没有**，不问位置与归属。"
    yield "右边是 jixiao 读对的格，位置与归属都要对。扫描件每种样子只比前两个文件。"
    yield ""
    yield "| 格式 | 库 | 文件 | 找到 % | 秒 | jixiao 格 % | 秒 |"
    yield "| --- | --- | --: | --: | --: | --: | --: |"
    for name, (plain, own) in found.items():
        yield (
            f"| {name} | {WAYS[name][0]} | {plain.files} | {_share(plain.found, plain.cells)} | {plain.seconds / plain.files:.2f} "
            f"| {_share(own.tally.right, own.tally.cells)} | {own.seconds / own.files:.2f} |"
        )
    yield ""
    yield _NOT_RUN


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""
