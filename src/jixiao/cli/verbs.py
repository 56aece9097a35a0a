"""The commands: each parses its words, calls the api, prints. What takes long to import waits until it is needed."""
# ruff: noqa: PLC0415 - imports stand in the commands, so that --help doesn't wait for the readers

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.helping import Verb, Verbs
from jixiao.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.cli.reading import Outcome

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
Listed = Annotated[bool, typer.Option("--all", help="提示也逐条列出")]
Answer = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="输出格式：text json", show_default=False)
]
CheckAnswer = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT", help="输出格式：text json sarif github", show_default=False),
]
Version = Annotated[bool, typer.Option("--version", help="显示版本")]

ERROR_FOUND = 1
NOT_READ = 2
_LATER = ("html", "xlsx")


@app.callback(invoke_without_command=True)
def start(*, version: Version = False) -> None:
    """读取绩效自评材料，按评分口径重新计分，指出问题、位置和依据。"""
    if version:
        from jixiao import __version__

        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.command(cls=Verb, epilog="例：jixiao read 自评表.xlsx --format json")
def read(files: Files, form: Answer = "text", jobs: Jobs = None) -> int:
    """读出材料里写了什么，各在哪里，哪些读得不确定。"""
    from jixiao.cli import answers, screen, show_read

    _known(form, "text", "json")
    outcomes = _read(files, jobs)
    readings = [reading for outcome in outcomes for reading in outcome.readings]
    if form == "json":
        screen.put_data(answers.as_text(answers.papers_read(readings)))
    else:
        screen.put(*show_read.page(readings))
    return _status(outcomes)


@app.command(cls=Verb, epilog="例：jixiao score 自评表.xlsx --scheme national-2020")
def score(files: Files, scheme: Scheme = None, form: Answer = "text", jobs: Jobs = None) -> int:
    """按评分口径重新计分，列出每一步。"""
    from jixiao.cli import answers, screen, show_score
    from jixiao.cli.work import score_all

    _known(form, "text", "json")
    outcomes = _read(files, jobs, scheme)
    scored, faults = score_all(outcomes, scheme)
    screen.complain(faults)
    if form == "json":
        screen.put_data(answers.as_text(answers.papers_scored(scored)))
    else:
        screen.put(*show_score.page(scored))
    return NOT_READ if faults else _status(outcomes)


@app.command(cls=Verb, epilog="例：jixiao check 自评材料/ --select FD,SC --format json")
def check(  # noqa: PLR0913 - one parameter an option
    paths: Files,
    scheme: Scheme = None,
    select: Codes = None,
    ignore: Unwanted = None,
    form: CheckAnswer = "text",
    jobs: Jobs = None,
    *,
    every: Listed = False,
) -> int:
    """查出材料里的问题：在哪里，依据是什么，怎么改。"""
    from jixiao.cli import report, screen
    from jixiao.cli.work import rules_of, scrutinise

    if form in _LATER:
        raise UnknownNameError(
            f"审核结果还不能写成 {form}，将与官方材料的输出一同提供。现有格式：text、json、sarif、github。"
        )
    _known(form, *report.FORMATS)
    rules = rules_of(select or (), ignore or ())
    outcomes = _read(paths, jobs, scheme)
    done, faults = scrutinise(outcomes, scheme, rules)
    screen.complain(faults)
    unread = sum(not outcome.readings for outcome in outcomes) + len(faults)
    report.put(done, form, every=every, unread=unread)
    return NOT_READ if faults else _status(outcomes) or report.status(done)


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


def _known(form: str, *formats: str) -> None:
    if form not in formats:
        raise UnknownNameError(f"没有名为“{form}”的输出格式；可用的有：{'、'.join(formats)}。")


def _read(words: "Sequence[str]", jobs: int | None, scheme: str | None = None) -> "tuple[Outcome, ...]":
    """Read all files; a scheme that doesn't exist is told before the first one is opened."""
    from jixiao import api
    from jixiao.cli.files import sources
    from jixiao.cli.reading import read_all
    from jixiao.cli.screen import complain

    if scheme is not None:
        api.load_scheme(scheme)
    outcomes = read_all(sources(words), jobs)
    complain(outcome.fault for outcome in outcomes if outcome.fault)
    return outcomes


def _status(outcomes: "Sequence[Outcome]") -> int:
    return NOT_READ if any(outcome.fault for outcome in outcomes) else 0
