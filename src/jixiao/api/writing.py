"""What goes out: official papers, lists of findings, forms to fill in, notes on a user's own file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jixiao import formats
from jixiao.audit.office.remarks import Remark
from jixiao.formats import intake
from jixiao.formats.notes import Annotated, Notes
from jixiao.layout import Chart, Layout
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Record
from jixiao.papers import lay_out
from jixiao.papers.pages import findings_list
from jixiao.papers.pages.findings_list import Listed
from jixiao.papers.statistics.charts import beside
from jixiao.papers.templates import template as fill_in
from jixiao.schemes import load_scheme


def render(what: Record, *, paper: str, form: str | None = None, format: str) -> bytes:  # noqa: A002 - the design's word
    """Write a record as an official paper in a file format; the same record gives the same bytes.

    Args:
        what: what the paper says.
        paper: the kind of paper, by the contract's name or its Chinese name.
        form: a form of papers/forms; where it is None the record's own, else the kind's usual one.
        format: a format of FORMATS that can be written.

    Raises:
        UnknownNameError: no such paper, form or format, or none for this record; the sentence lists what there is.
    """
    return formats.write(lay_out(what, paper, form), format)


def bind(layouts: Iterable[Layout], format: str) -> bytes:  # noqa: A002 - as in `render`
    """Write several papers that were laid out, in their order, as one file: a sheet, a section or a page each.

    Raises:
        UnknownNameError: no such format, or one that can't be written.
    """
    return formats.bind(layouts, format)


def formats_written() -> Mapping[str, str]:
    """Return the formats that papers can be written in, each with the suffix of its files."""
    return formats.written()


def chart_picture(chart: Chart) -> bytes:
    """Draw a chart of statistics as a PNG of 1600 by 1000 pixels; the same chart gives the same bytes.

    Raises:
        UnknownNameError: the library that draws is not installed.
        UnreadableError: there is no Chinese font, or none has one of the characters.
    """
    return formats.draw_chart(chart)


def chart_page(chart: Chart) -> bytes:
    """Write a chart as a web page with its figures in a table; it needs nothing from outside."""
    return formats.chart_page(chart, beside(chart))


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put notes on a user's own file, in its own format; what they don't touch stays as it was.

    Args:
        data: the file as its sender made it, which the places in the notes were read from.
        notes: what is to be said, where, and what is to be put in stead of what.
        name: what the user calls the file.

    Raises:
        UnreadableError: it takes no notes (another format, macros); the sentence names the remedy.
    """
    return formats.annotate(data, notes, name=name)


def write_findings_list(rows: Sequence[Listed], summary: str, format: str = "xlsx") -> bytes:  # noqa: A002 - as in `render`
    """Write the list of findings (问题清单) for a reviewer; only a workbook offers the answers to choose from."""
    return formats.write(findings_list.lay_out(rows, summary), format)


def template(scheme_id: str, start: Evaluation, form: str | None = None) -> bytes:
    """Write a form to be filled in as a workbook: what `start` knows filled in, scores worked out while it is typed.

    Raises:
        UnknownNameError: there is no such rule-book or form.
        SchemeError: the user's own rule-book can't be used.
    """
    return formats.write(fill_in.lay_out(load_scheme(scheme_id), start, form), "xlsx")


def read_findings_list(path: Path, *, name: str) -> tuple[tuple[Remark, ...], tuple[str, ...]]:
    """Return a reviewer's remarks in a list that came back, and in sentences what of the file was not read.

    Raises:
        UnreadableError: there is no such file, it can't be read, or it is no such list.
    """
    with intake.open_capped(path) as stream:
        layout = formats.read(intake.read_stream(stream, name=name), name=name)
    return findings_list.read(layout), tuple(doubt.why for doubt in layout.doubts)
