import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.ole import soffice
from jixiao.formats.rtf import reading
from jixiao.layout import Grid

TABLE = (
    r"{\rtf1\ansi\ansicpg936 \u33258?\u35780?\u34920?\par "
    r"\trowd\cellx2000\cellx4000\intbl A1\cell B1\cell\row\trowd\cellx2000\cellx4000\intbl A2\cell 88.44%\cell\row\pard end\par}"
)


def test_without_libreoffice_rich_text_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "program", lambda: None)
    with pytest.raises(UnreadableError, match=r"RTF.*另存为 docx.*LibreOffice"):
        reading.read(TABLE.encode(), name="自评表.doc")


def test_rich_text_that_nothing_comes_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "program", lambda: "soffice")
    monkeypatch.setattr(reading, "docx_of", lambda *_: None)
    with pytest.raises(UnreadableError, match="时限"):
        reading.read(TABLE.encode(), name="自评表.doc")


@pytest.mark.slow
@pytest.mark.skipif(soffice.program() is None, reason="SKIPPED: LibreOffice is not on this machine")
def test_rich_text_is_read_by_libreoffice() -> None:
    layout = formats.read(TABLE.encode(), name="自评表.doc")
    (grid,) = (block for block in layout.blocks if isinstance(block, Grid))
    assert (layout.format, [cell.text for cell in grid.cells]) == ("rtf", ["A1", "B1", "A2", "88.44%"])
