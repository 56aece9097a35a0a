"""Draws a chart as a PNG, by the typesetter that sets the pages, in their fonts: nothing else is needed."""

import typst

from jixiao.formats.charting import svg
from jixiao.formats.pdf.letters import letters
from jixiao.layout import Chart, Layout, Line

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.chart), format: "svg", width: 720pt)
"""
_DPI = 160


def png(chart: Chart) -> bytes:
    """Draw a chart, 1600 by 1000 pixels; the same chart gives the same bytes.

    Raises:
        UnreadableError: there is no Chinese font, or none has one of the characters.
    """
    drawn = svg(chart)
    faces = letters([Layout(chart.title, (Line(drawn),))])
    told = drawn.replace('font-family="', 'font-family="' + "".join(f"{one}, " for one in faces.sans), 1)
    made = typst.Compiler(font_paths=faces.fonts).compile(
        _PAGE, format="png", sys_inputs={"chart": told}, ppi=_DPI
    )
    return bytes(made) if isinstance(made, bytes) else b"".join(made or ())
