"""A chart as a picture in a document: the paragraph that holds it, and the words for whoever can't see it."""

from jixiao.formats.charting import alternative
from jixiao.formats.docx.paragraph_markup import runs
from jixiao.formats.packing import escaped
from jixiao.layout import Chart

PNG = "image/png"
_EMU = 635  # in a twentieth of a point
_MOST = 9638  # twentieths of a point: 17 cm
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PLAIN = (
    '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/>'
)
_CAPTION = '<w:p><w:pPr><w:pStyle w:val="FormSubtitle"/><w:keepNext w:val="0"/></w:pPr>'


def id_of(number: int) -> str:
    """Return the relation to the PNG of a picture."""
    return f"rIdPicture{number}"


def picture(chart: Chart, caption: str, number: int, room: int) -> str:
    """Write the paragraph that shows a chart, and its caption below, which stays with it.

    Args:
        chart: what is shown, 16 wide and 10 high.
        caption: what stands below.
        number: from 1, unlike that of any other picture.
        room: twentieths of a point between the margins.
    """
    wide = min(room, _MOST) * _EMU
    extent = f'cx="{wide}" cy="{wide * 10 // 16}"'
    told = f'id="{number}" name="图 {number}" descr="{escaped(alternative(chart))}"'
    shape = (
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{id_of(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:p><w:pPr>{_PLAIN}</w:pPr><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
        f' distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {told}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">{shape}</a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing></w:r></w:p>{_CAPTION}{runs(caption)}</w:p>"
    )
