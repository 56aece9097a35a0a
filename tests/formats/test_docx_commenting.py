"""Notes on a user's own document: comments on its words, a page in front, tracked changes, and all else as it was."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
from lxml import etree

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.notes import UNREAD, Annotated, Level, Note, Notes
from jixiao.layout import NOWHERE, Grid, Layout, Line, Place
from tests.formats.made import WORD, packed, paragraph, relations, table

DAY = date(2024, 3, 1)
AUTHOR = "审核人"
W = f"{{{WORD}}}"
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
PLAIN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OTHERS = (
    f'<w:comments xmlns:w="{WORD}"><w:comment w:id="4" w:author="填报人" w:date="2024-01-01T00:00:00Z">'
    "<w:p><w:r><w:t>原有的批注</w:t></w:r></w:p></w:comment></w:comments>"
)
BODY = "".join([
    paragraph("2024年度自评报告"),
    f"<w:p>{PLAIN.format('全年巡检管网24次，')}{BOLD.format('实际支出36.80万元。')}{PLAIN.format('其余结转。')}</w:p>",
    '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>满意度为95%。</w:t></w:r><w:commentRangeEnd w:id="4"/>'
    '<w:r><w:commentReference w:id="4"/></w:r></w:p>',
    '<w:p><w:ins w:id="7" w:author="填报人" w:date="2024-01-01T00:00:00Z"><w:r><w:t>新增3处</w:t></w:r></w:ins>'
    '<w:del w:id="8" w:author="填报人" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>旧的</w:delText></w:r></w:del></w:p>',
    table([paragraph("得分"), paragraph("8")], [paragraph("原因"), "<w:p/>"]),
    paragraph("二、落款"),
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
])  # fmt: skip


def document(body: str = BODY) -> bytes:
    return packed({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("r", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(("c", "comments", "comments.xml"), ("h", "header", "header1.xml")),
        "word/comments.xml": OTHERS,
        "word/header1.xml": f'<w:hdr xmlns:w="{WORD}">{paragraph("青禾县")}</w:hdr>',
        "word/media/image1.png": b"\x89PNG not looked at",
    })  # fmt: skip


def on(place: Place, quoted: str = "", text: str = "不一致", **more: str) -> Note:
    return Note(place, "得分不对", text, Level.ERROR, "正文", quoted, **more)


def marked(data: bytes, *listed: Note) -> Annotated:
    return formats.annotate(data, Notes(listed, AUTHOR, DAY, "审核意见", ("自评 90",)), name="a.docx")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def root_of(data: bytes) -> "etree._Element":
    return etree.fromstring(parts_of(data)["word/document.xml"])


def enclosed(data: bytes, number: int) -> str:
    """The text between the bounds of a comment, struck words left out."""
    inside, words = False, []
    for element in root_of(data).iter(f"{W}*"):
        if element.get(f"{W}id") == str(number):
            inside = element.tag == f"{W}commentRangeStart" or (
                inside and element.tag != f"{W}commentRangeEnd"
            )
        if inside and element.tag == f"{W}t":
            words.append(element.text or "")
    return "".join(words)


def texts(layout: Layout) -> list[object]:
    return [(b.place, b.text) if isinstance(b, Line) else (b.place, b.cells) for b in layout.blocks]


def said(data: bytes) -> list[tuple[str, str, str]]:
    root = etree.fromstring(parts_of(data)["word/comments.xml"])
    return [(c.get(f"{W}id"), c.get(f"{W}author"), "\n".join("".join(p.itertext()) for p in c)) for c in root]


def test_a_comment_stands_on_the_quoted_words_and_runs_keep_their_looks() -> None:
    found = marked(document(), on(Place(line=2), "24次，实际支出36.80万元"))
    assert found.lost == ()
    assert enclosed(found.data, 5) == "24次，实际支出36.80万元"
    bold = [r for r in root_of(found.data).iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    own = [r for r in bold if not any(a.tag == f"{W}sdt" for a in r.iterancestors())]
    assert ["".join(r.itertext()) for r in own] == ["实际支出36.80万元", "。"]
    assert said(found.data)[1] == ("5", AUTHOR, "错误：得分不对\n不一致")


@pytest.mark.parametrize(
    ("place", "quoted", "words"),
    [
        (Place(line=1), "", "2024年度自评报告"),
        (Place(line=1, start=0, end=4), "满意度为95%。", "满意度为95%。"),
        (Place(line=2), "实际支出\n36.80 万元", "实际支出36.80万元"),
        (Place(line=2), "没有这句话，哪里都没有", "全年巡检管网24次，实际支出36.80万元。其余结转。"),
        (Place(line=4), "增3处", "新增3处"),
        (Place(table=1, row=1, column=2), "", "8"),
        (Place(table=1, row=2, column=2), "", ""),
    ],
)
def test_the_words_are_found_in_or_behind_their_place(place: Place, quoted: str, words: str) -> None:
    found = marked(document(), on(place, quoted))
    assert found.lost == ()
    assert enclosed(found.data, 5) == words
    order = [e.tag for e in root_of(found.data).iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference") if e.get(f"{W}id") == "5"]  # fmt: skip
    assert order == [f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"]


def test_reading_it_back_gives_the_page_that_was_there() -> None:
    before = document()
    after = marked(before, on(Place(line=2), "24次"), on(Place(table=1, row=1, column=2)), on(NOWHERE)).data
    assert texts(formats.read(before, name="a")) == texts(formats.read(after, name="a"))
    assert next(doubt.why for doubt in formats.read(after, name="a").doubts) == UNREAD


def test_every_other_part_keeps_its_bytes_and_others_keep_their_comments() -> None:
    before = document()
    old, new = parts_of(before), parts_of(marked(before, on(Place(line=2))).data)
    assert old.keys() == new.keys()
    assert {n for n in old if old[n] != new[n]} == {"word/document.xml", "word/comments.xml"}
    assert "原有的批注".encode() in new["word/comments.xml"]


def test_without_our_marks_the_body_is_what_it_was() -> None:
    before = document()
    root = root_of(marked(before, on(Place(line=1)), on(Place(table=1, row=1, column=2))).data)
    ours = root.find(f"{W}body/{W}sdt")
    assert ours is not None
    ours.getparent().remove(ours)
    for element in list(root.iter(f"{W}*")):
        bookmark = element.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}
        if bookmark or (element.tag.startswith(f"{W}commentR") and element.get(f"{W}id") in {"5", "6"}):
            gone = element.getparent() if element.tag == f"{W}commentReference" else element
            gone.getparent().remove(gone)
    assert etree.tostring(root, method="c14n") == etree.tostring(root_of(before), method="c14n")


def test_no_number_of_a_mark_is_given_twice() -> None:
    found = marked(document(), *(on(Place(line=2), "24次", old="24", replacement="25") for _ in range(3)))
    marks = [f"{W}{kind}" for kind in ("ins", "del", "bookmarkStart")]
    numbers = [e.get(f"{W}id") for e in root_of(found.data).iter(*marks)]
    assert len(numbers) == len(set(numbers))
    ids = [number for number, _, _ in said(found.data)]
    assert len(ids) == len(set(ids))


def test_a_document_without_comments_gets_its_first() -> None:
    parts = parts_of(document(paragraph("一句话。")))
    del parts["word/comments.xml"], parts["word/_rels/document.xml.rels"]
    after = parts_of(marked(packed(parts), on(Place(line=1))).data)
    assert b'PartName="/word/comments.xml"' in after["[Content_Types].xml"]
    assert b'Target="comments.xml"' in after["word/_rels/document.xml.rels"]
    assert [one[0] for one in said(packed(after))] == ["0"]


def test_the_page_in_front_links_to_the_places_and_says_what_is_lost() -> None:
    found = marked(document(), on(Place(line=2), "24次"), on(Place(line=99)))
    assert found.lost == (1,)
    root = root_of(found.data)
    page = root.find(f"{W}body")[0]
    link = page.find(f".//{W}hyperlink")
    assert link is not None
    assert link.get(f"{W}anchor") in [b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")]
    assert "正文（未能定位）" in "".join(page.itertext())
    assert page.find(f".//{W}br[@{W}type='page']") is not None


@pytest.mark.parametrize(
    ("place", "quoted", "old", "new", "gone"),
    [
        (Place(line=2), "实际支出36.80万元。", "36.80", "38.60", "36.80"),
        (Place(line=1), "满意度为95%。", "95%", "93%", "95%"),
        (Place(table=1, row=1, column=2), "", "8.00", "7", "8"),
        (Place(table=1, row=2, column=2), "", "", "结余", ""),
    ],
)
def test_a_correction_is_a_tracked_change(place: Place, quoted: str, old: str, new: str, gone: str) -> None:
    found = marked(document(), on(place, quoted, old=old, replacement=new))
    assert (found.changed, found.unchanged) == ((0,), ())
    root = root_of(found.data)
    own = [e for e in root.iter(f"{W}ins", f"{W}del") if e.get(f"{W}author") == AUTHOR]
    assert {e.get(f"{W}date") for e in own} == {"2024-03-01T00:00:00Z"}
    told = {etree.QName(e).localname: "".join(e.itertext()) for e in own}
    assert told == {"ins": new} | ({"del": gone} if gone else {})
    assert said(found.data)[1][2].endswith(f"现为“{new}”。")
    before, after = (str(texts(formats.read(d, name="a"))) for d in (document(), found.data))
    assert before != after
    assert new in after


@pytest.mark.parametrize(
    ("place", "old"), [(Place(line=4), "3"), (Place(table=1, row=1, column=2), "9"), (Place(line=2), "")]
)
def test_words_of_others_and_words_that_are_not_there_are_left(place: Place, old: str) -> None:
    found = marked(document(), on(place, old=old, replacement="5"))
    assert (found.changed, found.unchanged) == ((), (0,))
    assert "没有代改" in said(found.data)[1][2]
    assert [e for e in root_of(found.data).iter(f"{W}ins", f"{W}del") if e.get(f"{W}author") == AUTHOR] == []


def test_the_same_notes_give_the_same_bytes() -> None:
    assert marked(document(), on(Place(line=2))).data == marked(document(), on(Place(line=2))).data


def test_notes_from_before_make_way_for_new_ones_and_those_of_others_stay() -> None:
    first = marked(document(), on(Place(line=1), text="旧的"), on(Place(line=2), "24次", text="旧的")).data
    again = marked(first, on(Place(line=2), "36.80", text="新的")).data
    told = said(again)
    assert [(author, "旧的" in text) for _, author, text in told] == [("填报人", False), (AUTHOR, False)]
    assert enclosed(again, int(told[1][0])) == "36.80"
    root = root_of(again)
    assert len(list(root.iter(f"{W}sdt"))) == 1
    assert len(list(root.iter(f"{W}bookmarkStart"))) == len(list(root.iter(f"{W}bookmarkEnd"))) == 1
    assert len(list(root.iter(f"{W}commentReference"))) == 2
    assert texts(formats.read(again, name="a")) == texts(formats.read(document(), name="a"))


def refusals() -> Sequence[tuple[bytes, str]]:
    parts = parts_of(document())
    strict = re.sub(rb"http://schemas.openxmlformats.org/word\w+/2006", b"http://purl.oclc.org/ooxml/w", parts["word/document.xml"])  # fmt: skip
    return [
        (packed({**parts, "word/vbaProject.bin": b"\0"}), "带有宏.*另存为不带宏"),
        (packed({**parts, "word/document.xml": strict}), "严格 Open XML.*另存为普通"),
    ]


@pytest.mark.parametrize(("data", "said"), refusals())
def test_what_must_not_be_touched_is_refused_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        marked(data, on(Place(line=1)))


def test_places_are_those_that_reading_gives() -> None:
    before = document()
    for block in formats.read(before, name="a").blocks:
        for place, text in (
            [(c.place, c.text) for c in block.cells]
            if isinstance(block, Grid)
            else [(block.place, block.text)]
        ):
            assert enclosed(marked(before, on(place)).data, 5).strip() in {text, ""}
