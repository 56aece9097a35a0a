"""Write a chart as a web page: the drawing, and below it the page that says the same in a table."""

from jixiao.formats.charting import svg
from jixiao.formats.html.writing import write
from jixiao.layout import Chart, Layout

_BELOW = "</h1>\n"


def page(chart: Chart, layout: Layout) -> bytes:
    """Write a page with the chart below its title; it needs nothing from outside."""
    before, title, after = write([layout]).decode().partition(_BELOW)
    drawn = svg(chart).replace(' width="960" height="600"', ' style="width:100%;height:auto"', 1)
    return f"{before}{title}<figure>{drawn}</figure>\n{after}".encode()
