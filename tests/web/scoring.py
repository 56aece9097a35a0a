"""A filing on a scoring form (评分表): begun, typed into, read back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jixiao.web import jobs
from jixiao.web.actions import saving
from jixiao.web.actions.saving import Change, Saved
from jixiao.web.drafts.content import Content, Stage, content_of
from jixiao.web.models import Draft, Job, Submission
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.cast import County
from tests.web.filled import by, table_of

BOOK = "guangdong-zhanjiang"
MONEY = {"annual": "100", "received": "80", "executed": "60"}


def content(one: Submission) -> Content:
    """Return what its self-evaluation holds."""
    found = content_of(Draft.objects.get(submission=one), Stage.SELF)
    assert found is not None
    return found


def begun(county: County, browser_as, scheme: str = BOOK) -> Submission:
    """Begin a blank scoring form."""
    one = cast.blank(county)
    told = {"what": "blank", "scheme": scheme}
    assert browser_as("填报人").post(reverse("filling_start", args=[one.pk]), told).status_code == 302
    return one


def row_named(one: Submission, name: str) -> str:
    """Return the id of the row with a name."""
    kept = content(one)
    return next(row for row in kept.order if name in kept.rows[row].cells.values())


def type_in(county: County, one: Submission, told: dict[str, dict[str, str]]) -> Saved:
    """Type texts into rows, as somebody who sees them as they are."""
    kept = content(one)
    changes = []
    for name, cells in told.items():
        row = kept.row(name)
        assert row is not None
        pairs = {key: (row.cells.get(key, ""), text) for key, text in cells.items()}
        changes.append(Change(name, row.version, pairs))
    return saving.save(one.pk, changes, by(county, "填报人"))


def type_all(county: County, one: Submission) -> Saved:
    """Type the amounts, and full points with a word of reason wherever the rule-book leaves the score to a person."""
    money = {f"funds.total.{kind}": text for kind, text in MONEY.items()}
    told = {"funds.total": money}
    for name in content(one).order:
        cells = content(one).rows[name].cells
        if cells.get("level4") not in ("资金到位率", "预算执行率"):
            told[name] = {"score": cells["points"], "remarks": "资料齐全，见佐证。"}
    return type_in(county, one, told)


def from_file(one: Submission, browser_as, name: str, data: bytes) -> str:
    """Begin with a file, let the worker read it, and return the page that is shown then."""
    clerk = browser_as("填报人")
    told = {"what": "file", "scheme": BOOK, "file": SimpleUploadedFile(name, data)}
    assert clerk.post(reverse("filling_start", args=[one.pk]), told).status_code == 302
    for job in Job.objects.filter(state=Job.State.WAITING):
        jobs.do.func(job.pk)
    return clerk.get(reverse("filling", args=[one.pk])).content.decode()


def next_year(one: Submission) -> Submission:
    """Make the same project's filing of the year after, of which nobody has typed anything."""
    return Submission.objects.create(
        project=one.project, year=one.year + 1, unit=one.unit, department=one.department, path=one.path,
        state=State.SELF_DRAFT, scheme=BOOK,
    )  # fmt: skip


def printed(one: Submission) -> list[str]:
    """Return the scores that the latest revision prints, row by row."""
    return [f"{row.score_printed:f}" for row in table_of(Submission.objects.get(pk=one.pk)).indicators]
