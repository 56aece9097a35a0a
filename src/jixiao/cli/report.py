"""The answer of `check` in its formats, on standard output or in a file that wasn't there before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.cli import screen, show_check
from jixiao.cli.answers import as_text, findings_of, in_pieces
from jixiao.cli.files import shown
from jixiao.cli.html_page import html_page
from jixiao.cli.listing import listing
from jixiao.cli.sarif import github, sarif
from jixiao.cli.show_check import View
from jixiao.cli.work import Done
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.model.finding import Severity

Answer = Callable[[Sequence[Done]], Iterable[bytes]]  # in pieces, for there may be ten thousand papers
DATA: Mapping[str, Answer] = {
    "json": lambda done: _encoded(in_pieces(findings_of(done))),
    "sarif": lambda done: _encoded([as_text(sarif(done))]),
    "github": lambda done: _encoded(github(done)),
    "html": lambda done: _encoded([html_page(done)]),
    "xlsx": lambda done: [listing(done)],
}
FORMATS = ("text", *DATA)
_SUFFIXES = {".json": "json", ".sarif": "sarif", ".html": "html", ".htm": "html", ".xlsx": "xlsx"}


@dataclass(frozen=True, slots=True)
class Out:
    """Where the answer goes: `path` None is standard output; `force` lets it replace a file."""

    path: Path | None = None
    force: bool = False


def form_of(form: str | None, out: Out) -> str:
    """Return the format: the one named, else the one that the file's suffix means, else text.

    Raises:
        UnknownNameError: there is none of this name.
    """
    if form is None:
        return _SUFFIXES.get(out.path.suffix.lower(), "text") if out.path is not None else "text"
    if form not in FORMATS:
        raise UnknownNameError(f"没有名为“{form}”的输出格式；可用的有：{'、'.join(FORMATS)}。")
    return form


def may_write(out: Out, form: str) -> None:
    """See to it, before any work is done, that the answer has somewhere to go.

    Raises:
        JixiaoError: the file is there already, its folder isn't, or a workbook has no file to go to.
    """
    if out.path is None:
        if form == "xlsx":
            raise UnknownNameError("问题清单要写到文件里：请加 -o 问题清单.xlsx。")
        return
    name = shown(out.path.as_posix())
    if out.path.is_dir() or not out.path.parent.is_dir():
        raise JixiaoError(f"不能写到 {name}：它是文件夹，或所在的文件夹不存在；请核对路径。")
    if out.path.exists() and not out.force:
        raise JixiaoError(f"{name} 已经存在，没有覆盖；请换一个文件名，或加 --force。")


def put(done: Sequence[Done], form: str, view: View, out: Out) -> None:
    """Print the reviews in one of FORMATS, or write them to the file."""
    if out.path is not None:
        write(out.path, _told(done, view) if form == "text" else DATA[form](done))
    elif form == "text":
        screen.put(*show_check.page(done, view))
    else:
        for piece in DATA[form](done):
            screen.put_bytes(piece)


def status(done: Sequence[Done]) -> int:
    """Return 1 when there is a finding at error level, else 0."""
    found = (finding for one in done for finding in one.review.findings)
    return int(any(finding.severity is Severity.ERROR for finding in found))


def _told(done: Sequence[Done], view: View) -> Iterable[bytes]:
    return _encoded([screen.plain(*show_check.page(done, view))])


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    return (text.encode("utf-8", "replace") for text in texts)


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write an answer to a file, whole or not at all, and say so.

    Raises:
        JixiaoError: it can't be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.writelines(pieces)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        name = shown(path.as_posix())
        raise JixiaoError(
            f"写不了 {name}：没有权限、磁盘已满，或文件正被别的程序打开；请处理后再试。"
        ) from error
    screen.complain([f"已写入 {shown(path.as_posix())}。"])
