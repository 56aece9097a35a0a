"""How fast and how much memory: `python -m tests.bench [PAPERS]` prints ratios from one run and asserts nothing.

The papers are the bundled ones and, for the folder, made-up ones of the commonest form, in the three formats by turns.
docs/benchmark.md says how to read the figures.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from jixiao import api, formats, papers
from jixiao.audit import audit
from jixiao.audit.rule import Case
from jixiao.model.reading import Filing
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from jixiao.scoring import score
from tests.bench import pages, pdf_writing, scans, written
from tests.bench.clock import Run, command, seconds
from tests.bench.floors import SUFFIXES, floor, library
from tests.bench.papers import case_with, report_with, table_with, text_of
from tests.bench.plain import check_table, check_text
from tests.examples import FOLDER
from tests.layouts.invention import invent

PAPERS = 1000
SCORINGS = 200
STARTS = 9
ROWS, CHARACTERS = 15, 4000


def main(count: int = PAPERS) -> None:
    print("一份自评表（毫秒；比 = 全程 ÷ 常用库只读格子，全程 ÷ 裸解压加解析）")
    print(
        f"{'格式':6}{'裸解析':>8}{'常用库':>8}{'读成版面':>8}{'认成材料':>8}{'计分':>7}{'审核':>7}{'全程':>8}{'比库':>8}{'比裸':>8}"
    )
    for form in SUFFIXES:
        _paper(form)
    print("\n有文字的 PDF（pdfplumber 取表格和文字；毫秒）")
    for line in pages.told():
        print(line)
    print("\n扫描的一页（与识别引擎自己相比；处理器时间）")
    for line in scans.told():
        print(line)
    print("\n写 PDF")
    for line in pdf_writing.told():
        print(line)
    print("\n写出一份自评表（毫秒；同样的格子、合并、边框）")
    for line in written.told():
        print(line)
    _scoring()
    _rules()
    _growth()
    _start()
    with TemporaryDirectory() as made:
        _folder(Path(made), count)


def _paper(form: str) -> None:
    data = (FOLDER / f"卫生院设备自评表{SUFFIXES[form]}").read_bytes()
    page = formats.read(data, name="a")
    filing = _filing(data)
    choice = api.choose(filing)
    whole = 1000 * seconds(lambda: _check(data))
    bare, usual = 1000 * seconds(lambda: floor(form, data)), 1000 * seconds(lambda: library(form, data))
    parts = (
        1000 * seconds(lambda: formats.read(data, name="a")),
        1000 * seconds(lambda: papers.recognize(page)),
        1000 * seconds(lambda: api.score_papers(filing)),
        1000 * seconds(lambda: api.review(filing, choice)),
    )
    figures = "".join(
        f"{figure:{width}.2f}"
        for figure, width in zip((bare, usual, *parts, whole), (11, 11, 12, 12, 9, 9, 10), strict=True)
    )
    print(f"{form:6}{figures}{whole / usual:9.1f}{whole / bare:10.1f}")


def _filing(data: bytes) -> Filing:
    (filing,) = api.file_together(api.read_papers(data, name="a"))
    return filing


def _check(data: bytes) -> object:
    """Read, score and check one paper, as `jixiao check` does."""
    filing = _filing(data)
    return api.review(filing, api.choose(filing))


def _scoring() -> None:
    filing = _filing((FOLDER / "卫生院设备自评表.txt").read_bytes())
    scheme, evaluation = api.choose(filing).scheme, filing.evaluation
    if evaluation is not None:
        taken = seconds(lambda: [score(evaluation, scheme) for _ in range(SCORINGS)]) / SCORINGS
        print(f"\n只计分：{len(evaluation.indicators)} 行的表 {1000 * taken:.3f} 毫秒")


def _rules() -> None:
    """Print what all rules cost beside a plain script over the same table and text."""
    case, told = case_with(ROWS, CHARACTERS), report_with(CHARACTERS, table_with(ROWS))
    bare = case_with(ROWS, 0)
    book = formats.write(lay_out(table_with(ROWS), "f-10"), "xlsx")
    text = text_of(told)
    plain_table, plain_text = _ms(lambda: check_table(book)), _ms(lambda: check_text(text))
    from_file = _ms(lambda: _check(book))
    print(f"\n全部规则与普通脚本（re 与 openpyxl：加总、除法、{len(text)} 字里找几十个词；毫秒）")
    print(
        f"  {ROWS} 行的 xlsx：脚本 {plain_table:.2f}；jixiao 读入、认出、计分、审核 {from_file:.2f}，是脚本的 {from_file / plain_table:.1f} 倍"
    )
    rules = _ms(lambda: _audit(bare))
    print(f"  {ROWS} 行的表，只审核（启动以后）：{rules:.2f}，是脚本的 {rules / plain_table:.2f} 倍")
    rules = _ms(lambda: _audit(case))
    whole = plain_table + plain_text
    print(
        f"  另加 {len(text)} 字的报告：脚本 {whole:.2f}；只审核 {rules:.2f}，是脚本的 {rules / whole:.1f} 倍"
    )


def _growth() -> None:
    """Print how the cost of all rules grows with the rows and with the text."""
    print("\n十倍的材料用几倍的时间（只审核）")
    for what, small, large in (
        (f"{ROWS} 行 → {10 * ROWS} 行", case_with(ROWS, 0), case_with(10 * ROWS, 0)),
        (
            f"{CHARACTERS} 字 → {10 * CHARACTERS} 字",
            case_with(ROWS, CHARACTERS),
            case_with(ROWS, 10 * CHARACTERS),
        ),
    ):
        one, ten = _ms(lambda case=small: _audit(case)), _ms(lambda case=large: _audit(case))
        print(f"  {what}：{one:.2f} → {ten:.2f} 毫秒，{ten / one:.1f} 倍")


def _audit(case: Case) -> object:
    return audit(case.filing, case.sheet, case.scheme)


def _ms(work: Callable[[], object]) -> float:
    return 1000 * seconds(work)


def _start() -> None:
    """Print how long --version takes beside an empty program of the same interpreter."""
    bare = seconds(lambda: command([sys.executable, "-c", "pass"]), STARTS)
    ours = seconds(lambda: command([_jixiao(), "--version"]), STARTS)
    print(f"启动：python -c pass {bare:.3f} 秒，jixiao --version {ours:.3f} 秒，多 {ours - bare:.3f} 秒")


def _folder(folder: Path, count: int) -> None:
    for number, (form, data) in enumerate(_made(count)):
        (folder / f"{number:04}{SUFFIXES[form]}").write_bytes(data)
    bare, usual = (_walk(folder, work) for work in (floor, library))
    print(f"\n{count} 份材料的文件夹（文本、xlsx、docx 各三分之一）")
    print(f"裸解压加解析 {bare:.1f} 秒，常用库只读格子 {usual:.1f} 秒")
    for jobs in (1, 2):
        words = ["check", str(folder), "--format", "json", "--jobs", str(jobs), "--no-cache"]
        print(f"jixiao check --jobs {jobs}  {_told(command([_jixiao(), *words]), usual, bare, count)}")
    with TemporaryDirectory() as store:
        os.environ["JIXIAO_CACHE"] = store
        for turn in ("第一次", "第二次（没有变的不再重读）"):
            run = command([_jixiao(), "read", str(folder), "--format", "json"])
            print(f"jixiao read {turn}  {_told(run, usual, bare, count)}")


def _made(count: int) -> Iterator[tuple[str, bytes]]:
    random, form = Random(1), load_form("f-10")
    kinds = list(SUFFIXES)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield kind, formats.write(lay_out(invent(random, form), "f-10"), kind)


def _walk(folder: Path, work: Callable[[str, bytes], int]) -> float:
    forms = {suffix: form for form, suffix in SUFFIXES.items()}
    start = perf_counter()
    for path in sorted(folder.iterdir()):
        work(forms[path.suffix], path.read_bytes())
    return perf_counter() - start


def _told(run: Run, usual: float, bare: float, count: int) -> str:
    each = 1000 * run.seconds / count
    ratios = f"常用库的 {run.seconds / usual:.1f} 倍，裸解析的 {run.seconds / bare:.1f} 倍"
    return f"{run.seconds:.1f} 秒，每份 {each:.1f} 毫秒，{ratios}，内存峰值 {run.megabytes:.0f} MB（最大的一个进程）"


def _jixiao() -> str:
    return str(Path(sys.executable).with_name("jixiao"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
