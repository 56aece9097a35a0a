"""`read --show`: the source beside what was read, linked cell by cell, doubts in colour, and a page that needs nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jixiao import api
from jixiao.api import Sight
from jixiao.formats import guard
from jixiao.telling.html_links import links_of
from tests.command import Jixiao
from tests.examples import FOLDER
from tests.formats import made_pdf
from tests.formats.made import inline, sheet, workbook


class Page(HTMLParser):
    """The elements of a page by their ids, where each leads to, and the text of the whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: dict[str, str] = {}
        self.styles: dict[str, str] = {}
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if own.get("id"):
            self.ids.append(str(own["id"]))
            self.leads[str(own["id"])] = str(own.get("data-to") or "")
            self.styles[str(own["id"])] = str(own.get("class") or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(jixiao: Jixiao, out: Path, *words: object) -> Page:
    told = jixiao("read", *words, "--show", out)
    assert told.status == 0
    assert told.out == ""
    return Page(out.read_text("utf-8"))


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "txt"])
def test_every_value_leads_to_its_cell_and_back(suffix: str, tmp_path: Path, jixiao: Jixiao) -> None:
    page = page_of(jixiao, tmp_path / "对照.html", FOLDER / f"村道养护自评表.{suffix}")
    assert len(page.ids) == len(set(page.ids))
    leading = {name: to for name, to in page.leads.items() if to}
    assert set(leading.values()) <= set(page.ids)
    (links,) = [links_of(sight_of(FOLDER / f"村道养护自评表.{suffix}"), "f0")]
    unlinked = {taken.where for taken in links.numbers if taken not in links.spots}
    assert unlinked <= {"year", *(f"funds.{name}" for name in ("total", "fiscal", "carryover", "other"))}
    back = [leading[to] for name, to in leading.items() if name.startswith("f0s")]
    assert back == [name for name in leading if name.startswith("f0s")]


def sight_of(path: Path) -> Sight:
    return api.look(path.read_bytes(), name=path.name)


def test_the_page_needs_nothing_else_and_obeys_no_paper(tmp_path: Path, jixiao: Jixiao) -> None:
    evil = "<script>alert(1)</script>"
    book = workbook(sheet(f'<row r="7">{inline("B7", evil)}</row>'))
    (tmp_path / "表.xlsx").write_bytes(book)
    told = jixiao("read", tmp_path / "表.xlsx", "--show", tmp_path / "对照.html")
    text = (tmp_path / "对照.html").read_text("utf-8")
    assert told.status == 0
    assert evil not in text
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", text)
    assert ">B7<" in text


def test_nothing_is_overwritten_unless_told(tmp_path: Path, jixiao: Jixiao, right: Path) -> None:
    out = tmp_path / "对照.html"
    out.write_text("旧", "utf-8")
    told = jixiao("read", right, "--show", out)
    assert (told.status, out.read_text("utf-8")) == (2, "旧")
    assert "--force" in told.err
    assert jixiao("read", right, "--show", out, "--force").status == 0
    assert "村道" in out.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["对照.html"]


def test_what_cant_be_read_is_said_and_the_rest_is_shown(tmp_path: Path, jixiao: Jixiao, right: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    told = jixiao("read", right, tmp_path / "空.txt", "--show", tmp_path / "对照.html")
    assert told.status == 2
    assert "空.txt" in told.lines[0]
    assert "村道" in (tmp_path / "对照.html").read_text("utf-8")


def test_pages_of_a_pdf_are_pictures_with_a_box_for_every_cell(tmp_path: Path, jixiao: Jixiao) -> None:
    xs, ys = (60, 160, 300), (700, 730, 760)
    drawn = made_pdf.lattice(xs, ys) + made_pdf.filled(xs, ys, [["项目名称", "护林补助"], ["分值", "10"]])
    (tmp_path / "表.pdf").write_bytes(made_pdf.pdf(drawn))
    out = tmp_path / "对照.html"
    jixiao("read", tmp_path / "表.pdf", "--show", out)
    guard.close()
    text = out.read_text("utf-8")
    assert 'viewBox="0 0 595.00 842.00"' in text
    assert text.count("data:image/png;base64,iVBOR") == 1
    boxes = re.findall(r'<rect id="f0s(\d)"[^>]*x="([\d.]+)" y="([\d.]+)"', text)
    assert [(name, x) for name, x, _ in boxes] == [
        ("0", "60"),
        ("1", "160"),
        ("2", "60"),
        ("3", "160"),
    ]
