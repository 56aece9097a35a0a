"""The answer of `check` in its formats, on standard output or in a file that wasn't there before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from jixiao.cli import screen, show_check
from jixiao.cli.outlet import Out, must_be_free, write
from jixiao.cli.sarif import github, sarif
from jixiao.cli.show_check import View
from jixiao.errors import UnknownNameError
from jixiao.model.finding import Severity
from jixiao.telling.answers import as_text, findings_of, in_pieces
from jixiao.telling.done import Done
from jixiao.telling.html_page import html_page
from jixiao.telling.listing import listing

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
_OFFICES = {
    ".xlsx",
    ".xls",
    ".et",
    ".docx",
    ".doc",
    ".wps",
    ".pdf",
}  # what a program opens must be what it says


def form_of(form: str | None, out: Out) -> str:
    """Return the format: the one named, else the one that the file's suffix means, else text.

    Raises:
        UnknownNameError: there is none of this name, or the file's suffix means another.
    """
    if form is not None and form not in FORMATS:
        raise UnknownNameError(f"没有名为“{form}”的输出格式；可用的有：{'、'.join(FORMATS)}。")
    suffix = out.path.suffix.lower() if out.path is not None else ""
    meant = _SUFFIXES.get(suffix)
    if suffix in _OFFICES and (meant is None or form not in {None, meant}):
        raise UnknownNameError(
            f"检查结果不能写成 {suffix} 文件；请把 -o 的后缀改为 .xlsx、.html、.txt 或 .json，并与 --format 一致。"
        )
    return form or meant or "text"


def may_write(out: Out, form: str) -> None:
    """See to it, before any work is done, that the answer has somewhere to go.

    Raises:
        JixiaoError: the file is there already, its folder isn't, or a workbook has no file to go to.
    """
    if out.path is None:
        if form == "xlsx":
            raise UnknownNameError("问题清单要写到文件里：请加 -o 问题清单.xlsx。")
        return
    must_be_free(out.path, force=out.force)


def put(done: Sequence[Done], form: str, view: View, out: Out) -> None:
    """Print the reviews in one of FORMATS, or write them to the file."""
    if out.path is not None:
        write(out.path, _told(done, view) if form == "text" else DATA[form](done), force=out.force)
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
