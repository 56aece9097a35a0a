"""The commands: each parses its words, calls the api, prints. What takes long to import waits until it is needed."""
# ruff: noqa: PLC0415 - imports stand in the commands, so that --help doesn't wait for the readers

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.helping import Verb, Verbs
from jixiao.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.cli.reading import Batch

app = typer.Typer(
    name="jixiao",
    cls=Verbs,
    help="读取绩效自评材料，按评分口径重新计分，指出问题、位置和依据。",
    epilog="退出码：0 没有错误；1 有错误；2 用法不对，或有文件读不了（其余文件照常完成）。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="文件或文件夹；- 表示标准输入", show_default=False)
]
Scheme = Annotated[str | None, typer.Option(metavar="ID", help="按这个评分口径；不写则自行选用")]
Jobs = Annotated[int | None, typer.Option(metavar="N", min=1, help="同时处理几个文件；不写则看文件多少")]
Codes = Annotated[list[str] | None, typer.Option(metavar="CODES", help="只查这些规则，如 FD,SC04,error")]
Unwanted = Annotated[list[str] | None, typer.Option(metavar="CODES", help="不查这些规则")]
Listed = Annotated[bool, typer.Option("--all", help="全部逐条列出，已登记处理的也列出")]
Answer = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="输出格式：text json", show_default=False)
]
CheckAnswer = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help="输出格式：text json sarif github html xlsx；不写则看 -o 的后缀"
    ),
]
Config = Annotated[
    str | None, typer.Option(metavar="FILE", help="本单位规则；不写则用材料旁边或上级文件夹的 jixiao.toml")
]
BaselineFile = Annotated[str | None, typer.Option(metavar="FILE", help="基线里已有的问题只计数，只列新的")]
NewBaseline = Annotated[bool, typer.Option("--write-baseline", help="写出基线；已有的基线只减不增")]
WiderBaseline = Annotated[bool, typer.Option("--grow-baseline", help="允许基线增加新问题")]
Reviewed = Annotated[str | None, typer.Option(metavar="XLSX", help="并入复核人填好的问题清单")]
Out = Annotated[str | None, typer.Option("--output", "-o", metavar="OUT", help="写到这个文件")]
Fixing = Annotated[bool, typer.Option("--fix", help="自动修改能确定的，把改好的记录写到 -o；原件不动")]
Shown = Annotated[
    str | None, typer.Option("--show", metavar="HTML", help="写出原件与读出内容的对照页，互相链接")
]
Kept = Annotated[
    bool, typer.Option("--cache/--no-cache", show_default=False, help="没有变的文件用上次读的结果，不再重读")
]
Force = Annotated[bool, typer.Option("--force", help="允许覆盖已有的文件")]
Written = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="OUT", help="写到这个文件；写文件夹则每份一个文件", show_default=False
    ),
]
Paper = Annotated[
    str, typer.Option(metavar="NAME", help="写哪一种，如 自评表、评分表、问题清单", show_default=False)
]
Into = Annotated[
    str | None, typer.Option(metavar="FORMAT", help="xlsx docx pdf html text；不写则看 -o 的后缀")
]
FormId = Annotated[str | None, typer.Option("--form", metavar="ID", help="表样，如 F-10；不写则用材料自己的")]
OutlineId = Annotated[
    str | None,
    typer.Option(
        "--outline", metavar="ID", help="提纲，如 o-gs；o-dept 合成部门报告，o-recheck 复核报告；不写则看地区"
    ),
]
Disclosed = Annotated[
    str | None, typer.Option("--output", "-o", metavar="OUT", help="写到这个文件；多个文件写到文件夹")
]
Ids = Annotated[list[str] | None, typer.Option("--keep", metavar="IDS", help="这些编号是误报，不遮盖")]
MoreIds = Annotated[list[str] | None, typer.Option("--also", metavar="IDS", help="这些不确定的也遮盖")]
ListOnly = Annotated[bool, typer.Option("--list", help="只列出要遮盖什么，不写公开稿")]
Named = Annotated[str | None, typer.Option("--project", metavar="NAME", help="项目名称")]
UnitName = Annotated[str | None, typer.Option("--unit", metavar="NAME", help="实施单位")]
DepartmentName = Annotated[str | None, typer.Option("--department", metavar="NAME", help="主管部门")]
Year = Annotated[int | None, typer.Option("--year", metavar="YYYY", min=2000, max=2100, help="年度")]
Last = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="上一年的自评表，照搬名称和指标值，不照搬结果")
]
Originals = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="文件、文件夹或压缩包", show_default=False)
]
Commented = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="OUT", help="写到这个文件；几份材料时写到这个文件夹", show_default=False
    ),
]
Corrected = Annotated[
    bool, typer.Option("--corrected", help="把能确定的改在批注稿里：docx 留修订痕迹，xlsx 涂色；原件不动")
]
Version = Annotated[bool, typer.Option("--version", help="显示版本")]

NOT_READ = 2


@app.callback(invoke_without_command=True)
def start(*, version: Version = False) -> None:
    """读取绩效自评材料，按评分口径重新计分，指出问题、位置和依据。"""
    if version:
        from jixiao import __version__

        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.command(cls=Verb, epilog="例：jixiao read 自评表.xlsx --format json")
def read(
    files: Files,
    form: Answer = "text",
    jobs: Jobs = None,
    show: Shown = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """读出材料里写了什么，各在哪里，哪些读得不确定。"""
    from jixiao.cli import html_show, outlet, screen, show_json, show_read
    from jixiao.cli.files import sources
    from jixiao.cli.store import store_of

    known(form, "text", "json")
    if show is not None:
        return html_show.show(sources(files, _path(show)), outlet.Out(_path(show), force))
    if form == "json":
        batch = show_json.put_papers(sources(files), jobs, store_of() if cache else None)
        _complain(batch)
    else:
        batch = _read(files, jobs, cache=cache)
        screen.put(*show_read.page([reading for outcome in batch.outcomes for reading in outcome.readings]))
    return _status(batch)


@app.command(cls=Verb, epilog="例：jixiao score 自评表.xlsx --scheme national-2020")
def score(
    files: Files, scheme: Scheme = None, form: Answer = "text", jobs: Jobs = None, *, cache: Kept = True
) -> int:
    """按评分口径重新计分，列出每一步。"""
    from jixiao.cli import screen, show_score
    from jixiao.cli.office import office_of
    from jixiao.cli.work import score_all
    from jixiao.telling import answers

    known(form, "text", "json")
    scheme = scheme or office_of(files, None).scheme
    batch = _read(files, jobs, scheme, cache=cache)
    scored, faults = score_all(batch.outcomes, scheme)
    screen.complain(faults)
    if form == "json":
        screen.put_data(answers.as_text(answers.papers_scored(scored)))
    else:
        screen.put(*show_score.page(scored))
    return _status(batch, failed=bool(faults))


@app.command(cls=Verb, epilog="例：jixiao check 自评材料/ --select FD,SC -o 问题清单.xlsx")
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: Files,
    scheme: Scheme = None,
    select: Codes = None,
    ignore: Unwanted = None,
    form: CheckAnswer = None,
    jobs: Jobs = None,
    config: Config = None,
    baseline: BaselineFile = None,
    merge: Reviewed = None,
    out: Out = None,
    *,
    every: Listed = False,
    write_baseline: NewBaseline = False,
    grow_baseline: WiderBaseline = False,
    fix: Fixing = False,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """查出材料里的问题：在哪里，依据是什么，怎么改。"""
    from jixiao.cli import checking, fixing, outlet

    order = checking.Order(
        paths,
        scheme,
        select or (),
        ignore or (),
        form,
        jobs,
        every,
        config,
        checking.Baseline(_path(baseline), write_baseline, grow_baseline),
        merge,
        outlet.Out(_path(out), force),
        cache,
    )
    return fixing.fix(order) if fix else checking.check(order)


@app.command(cls=Verb, epilog="例：jixiao write 自评材料/ --paper 自评表 -o 全县自评表.xlsx")
def write(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Files,
    paper: Paper,
    out: Written,
    to: Into = None,
    form: FormId = None,
    scheme: Scheme = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """把材料写成正式的表：一份一个文件，或合成一个文件。"""
    from jixiao.cli import writing

    return writing.write(writing.Order(files, paper, out, to, form, scheme, jobs, cache, force))


@app.command(cls=Verb, epilog="例：jixiao report 自评表.xlsx -o 自评报告.docx")
def report(  # noqa: PLR0913 - one parameter an option
    files: Files,
    out: Written,
    outline: OutlineId = None,
    to: Into = None,
    scheme: Scheme = None,
    jobs: Jobs = None,
    *,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """从自评表起草报告：数都取自表和计分，只有单位知道的留空。"""
    from jixiao.cli import reporting

    return reporting.report(reporting.Order(files, out, outline, to, scheme, jobs, cache, force))


@app.command(cls=Verb, epilog="例：jixiao new --scheme national-2020 --year 2025 -o 自评表.xlsx")
def new(  # noqa: PLR0913, PLR0917 - one parameter an option
    out: Written,
    scheme: Scheme = None,
    project: Named = None,
    unit: UnitName = None,
    department: DepartmentName = None,
    year: Year = None,
    last: Last = None,
    form: FormId = None,
    *,
    force: Force = False,
) -> int:
    """生成可填写的自评表：有下拉表和校验，得分随填随算。"""
    from pathlib import Path

    from jixiao.cli import templates
    from jixiao.model.evaluation import Project

    named = Project(project, department=department, unit=unit)
    return templates.new(templates.Order(Path(out), scheme, form, _path(last), named, year, force))


@app.command(cls=Verb, epilog="例：jixiao reviewed 自评表.xlsx -o 自评表（批注）.xlsx")
def reviewed(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Originals,
    out: Commented,
    scheme: Scheme = None,
    select: Codes = None,
    ignore: Unwanted = None,
    jobs: Jobs = None,
    config: Config = None,
    *,
    corrected: Corrected = False,
    cache: Kept = True,
    force: Force = False,
) -> int:
    """把问题批注在原件上：xlsx、docx 加批注，PDF 和照片画框，前面附审核意见。"""
    from jixiao.cli import checking, reviewing

    order = checking.Order(files, scheme, select or (), ignore or (), jobs=jobs, config=config, cache=cache)
    return reviewing.reviewed(order, reviewing.Wish(out, corrected, force))


@app.command(cls=Verb, epilog="例：jixiao disclose 自评表.xlsx -o 自评表公开稿.xlsx")
def disclose(  # noqa: PLR0913 - one parameter an option
    files: Files,
    out: Disclosed = None,
    to: Into = None,
    keep: Ids = None,
    also: MoreIds = None,
    *,
    listed: ListOnly = False,
    force: Force = False,
) -> int:
    """写出公开稿：先列出个人信息和遮盖后的样子，再写；原件不动。"""
    from jixiao.cli import disclosing

    return disclosing.disclose(disclosing.Order(files, out, to, keep or (), also or (), listed, force))


@app.command(cls=Verb, epilog="例：jixiao schemes anhui-huaiyuan")
def schemes(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="口径的名称", show_default=False)] = None,
) -> int:
    """列出评分口径；写上名称则显示全文和每一条的出处。"""
    from jixiao.cli import screen, show_law

    screen.put(*(show_law.schemes() if name is None else show_law.scheme(name)))
    return 0


@app.command(cls=Verb, epilog="例：jixiao rule SC04")
def rule(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="规则编号", show_default=False)] = None,
) -> int:
    """列出审核规则；写上编号则显示说明。"""
    from jixiao.cli import screen, show_law

    screen.put(*(show_law.rules() if code is None else show_law.rule(code)))
    return 0


def known(form: str, *formats: str) -> None:
    """Refuse an output format that isn't one of `formats`.

    Raises:
        UnknownNameError: it isn't; the sentence lists those there are.
    """
    if form not in formats:
        raise UnknownNameError(f"没有名为“{form}”的输出格式；可用的有：{'、'.join(formats)}。")


def _read(words: "Sequence[str]", jobs: int | None, scheme: str | None = None, *, cache: bool) -> "Batch":
    """Read all files; a scheme that doesn't exist is told before the first one is opened."""
    from jixiao import api
    from jixiao.cli.files import sources
    from jixiao.cli.reading import read_all
    from jixiao.cli.store import store_of

    if scheme is not None:
        api.load_scheme(scheme)
    batch = read_all(sources(words), jobs, store_of() if cache else None)
    _complain(batch)
    return batch


def _complain(batch: "Batch") -> None:
    from jixiao.cli.screen import complain

    complain(outcome.fault for outcome in batch.outcomes if outcome.fault)


def _path(word: str | None) -> "Path | None":
    from pathlib import Path

    return Path(word) if word is not None else None


def _status(batch: "Batch", *, failed: bool = False) -> int:
    from jixiao.cli.reading import cut_short, ended

    broken = failed or any(outcome.fault for outcome in batch.outcomes)
    return ended(cut_short(batch), NOT_READ if broken else 0)
