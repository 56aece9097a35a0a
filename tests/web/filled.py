"""Filings with something in them: a revision read from a bundled example, and what acts on it."""

from functools import cache
from pathlib import Path

from django.utils import timezone

from jixiao import api
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Reading
from jixiao.model.review import Review
from jixiao.web import records
from jixiao.web.actions import Move, Said, move, revise
from jixiao.web.log import Actor
from jixiao.web.models import Revision, Submission
from jixiao.web.workflow import Action, State
from tests.web import cast
from tests.web.cast import County

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULTY, SOUND = "卫生院设备自评表.docx", "村道养护自评表.xlsx"


def by(county: County, name: str) -> Actor:
    """Return somebody of the cast, acting now."""
    return Actor(county[name], timezone.now(), "127.0.0.1")


@cache
def read(name: str = FAULTY) -> tuple[tuple[Reading, ...], Review]:
    """Return the papers of a bundled example and their review."""
    readings = api.read_papers((EXAMPLES / name).read_bytes(), name=name)
    return readings, reviewed(readings)


def reviewed(readings: tuple[Reading, ...]) -> Review:
    """Return the review of papers that belong together."""
    filing = api.file_together(readings)[0]
    return api.review(filing, api.choose(filing))


def table_of(submission: Submission) -> Evaluation:
    """Return the table of a filing's latest revision."""
    table = records.review_of(submission.revision).filing.evaluation
    assert table is not None
    return table


def filled(
    county: County,
    state: State = State.SELF_DRAFT,
    name: str = FAULTY,
    project: str = "乡镇卫生院设备更新",
    unit: str = "农技站",
) -> Submission:
    """Make a filing of a unit in a state, with one revision."""
    made = cast.submission(county, project, unit, state)
    readings, review = read(name)
    said = Said(Revision.Stage.SELF, records.record_of(readings), review)
    revise(made, said, by(county, "填报人"))
    made.refresh_from_db()
    return made


def act(county: County, submission: Submission, action: Action, name: str, **wanted: object) -> Submission:
    """Let somebody take a filing a step on."""
    seen = Submission.objects.get(pk=submission.pk).version
    return move(submission.pk, Move(action, seen, **wanted), by(county, name))  # type: ignore[arg-type]
