"""A paragraph of a document, as markup: its style by its level or role, and blanks that stand out."""

from collections.abc import Mapping

from jixiao.expressions import expression
from jixiao.formats.docx.outfit import DEEPEST_HEADING
from jixiao.formats.packing import escaped
from jixiao.layout import PLACEHOLDER, Line, Role

TEXT_STYLES: Mapping[Role, str] = {Role.SUBTITLE: "Subtitle", Role.NOTE: "Note", Role.SIGNATURE: "Signature"}
FORM_STYLES: Mapping[Role, str] = {
    Role.SUBTITLE: "FormSubtitle", Role.NOTE: "Note", Role.SIGNATURE: "FormSignature",
}  # fmt: skip
BLANK = expression(f"({PLACEHOLDER.pattern})")
MARKED = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'
BREAKS = expression(r"[\n\t]")
SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def paragraph(line: Line, *, form: bool, kept: bool) -> str:
    """Write a line as a paragraph.

    Args:
        line: its level decides how it is dressed, then its role.
        form: whether it stands on a form rather than in running text.
        kept: whether it stays with the next paragraph.
    """
    held = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{_style(line, form=form)}"/>{held}</w:pPr>{runs(line.text)}</w:p>'


def _style(line: Line, *, form: bool) -> str:
    if line.level is not None:
        return f"Heading{min(line.level, DEEPEST_HEADING)}" if line.level > 0 else "Title"
    return FORM_STYLES.get(line.role, "FormText") if form else TEXT_STYLES.get(line.role, "BodyText")


def runs(text: str) -> str:
    """Write a text as runs, blanks that are still to be filled in marked."""
    if "【" not in text:
        return _run(text, "")
    pieces = BLANK.split(text)  # every second one is a blank
    return "".join(_run(piece, MARKED if number % 2 else "") for number, piece in enumerate(pieces))


def _run(text: str, look: str) -> str:
    shown = escaped(text)
    if not shown:
        return ""
    if "\n" in shown or "\t" in shown:
        shown = BREAKS.sub(lambda sign: f'</w:t>{SIGNS[sign[0]]}<w:t xml:space="preserve">', shown)
    return f'<w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r>'
