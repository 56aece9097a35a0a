"""What decides a made-up table: project, form, rule-book, place and year."""

from dataclasses import dataclass

from jixiao.papers.form import Form
from jixiao.schemes.scheme import Scheme
from tests.proof.topics import Topic


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides a table: project, form, rule-book, and whether a report beside it gives reasons."""

    topic: Topic
    form: Form
    scheme: Scheme
    place: str
    year: int
    reported: bool
    owner: str | None = None

    @property
    def columns(self) -> set[str]:
        """The kinds of the indicator columns."""
        return {column.kind for column in self.form.columns}
