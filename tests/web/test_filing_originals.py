"""A filing whose draft began with a file gives that file back: with what was found, and as it was sent in the end."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from jixiao import api
from jixiao.web.actions import Move, beginning, drafting, move, saving
from jixiao.web.actions.attaching import take_back
from jixiao.web.actions.saving import Change
from jixiao.web.drafts.content import Stage, content_of
from jixiao.web.models import Attachment, Draft
from jixiao.web.workflow import Action
from tests.examples import FOLDER
from tests.web import cast
from tests.web.filled import by

SOUND = FOLDER / "村道养护自评表.xlsx"


@pytest.fixture
def sent(county):
    """A filing that began with a workbook, one result corrected and one row renamed before it was sent."""
    one = cast.blank(county)
    clerk = by(county, "填报人")
    told = beginning.Given(SOUND.name, SOUND.read_bytes(), "national-2020")
    beginning.read(str(beginning.hand_in(one.pk, told, clerk).pk))
    held = content_of(Draft.objects.get(submission=one), Stage.SELF)
    first, second = (held.rows[name] for name in held.order[:2])
    changes = [
        Change(held.order[0], first.version, {"actual": (first.cells["actual"], "41.5公里")}),
        Change(held.order[1], second.version, {"level3": (second.cells["level3"], "桥涵检修次数")}),
    ]
    saving.save(one.pk, changes, clerk)
    settled(one, clerk)
    return move(one.pk, Move(Action.SUBMIT, 0), clerk)


def settled(one, clerk) -> None:
    """Say of each doubt that what the file says holds: its project is called otherwise than the filing."""
    for number, doubt in content_of(Draft.objects.get(submission=one), Stage.SELF).open_doubts:
        assert doubt.key in {"project.name", "project.unit"}
        drafting.settle(one.pk, number, "kept", "", clerk)


def book_of(client, one, what: str) -> openpyxl.Workbook:
    answer = client.get(reverse("filing_download", args=[one.pk, what]))
    assert answer.status_code == 200, answer.headers
    return openpyxl.load_workbook(BytesIO(answer.content))


def cells_of(book: openpyxl.Workbook) -> list:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def test_the_revision_names_its_original(sent) -> None:
    kept = Attachment.objects.get()
    assert sent.revision.source == kept
    assert (kept.name, kept.kind) == (SOUND.name, "source")


def test_the_reviewed_copy_says_what_was_sent_otherwise_and_leaves_the_cells(sent, browser_as) -> None:
    book = book_of(browser_as("部门审核"), sent, "reviewed")
    said = " ".join(cell.comment.text for cell in cells_of(book) if cell.comment)
    assert "41.5公里" in said
    texts = {str(cell.value) for cell in cells_of(book) if cell.value is not None}
    before = {str(cell.value) for cell in cells_of(openpyxl.load_workbook(SOUND)) if cell.value is not None}
    assert before <= texts


def test_the_corrected_copy_reads_as_what_was_sent(sent, browser_as) -> None:
    client = browser_as("部门审核")
    answer = client.get(reverse("filing_download", args=[sent.pk, "corrected"]))
    reading = api.read_papers(answer.content, name="更正稿.xlsx")[0]
    rows = reading.record.indicators
    assert rows[0].actual.text == "41.5公里"
    assert rows[1].level3 == "桥涵检修次数"
    assert (reading.record.total_printed * 100) == sent.score_printed
    page = client.get(reverse("filing", args=[sent.pk])).content.decode()
    assert "更正稿" in page


def test_an_original_that_was_taken_back_is_not_offered(county, browser_as) -> None:
    one = cast.blank(county)
    clerk = by(county, "填报人")
    told = beginning.Given(SOUND.name, SOUND.read_bytes(), "national-2020")
    beginning.read(str(beginning.hand_in(one.pk, told, clerk).pk))
    settled(one, clerk)
    take_back(one.pk, Attachment.objects.get().pk, clerk)
    move(one.pk, Move(Action.SUBMIT, 0), clerk)
    client = browser_as("填报人")
    assert "批注稿" not in client.get(reverse("filing", args=[one.pk])).content.decode()
    assert client.get(reverse("filing_download", args=[one.pk, "corrected"])).status_code == 302
