"""What a report on several projects is told from: the stories of all, and the fields of all of them together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath
from jixiao.model.review import Review
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.story import Story, story_of
from jixiao.papers.drafts.telling import Passage, Quote, Word, below, blank, joined, of
from jixiao.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Gathering:
    """The projects of a department, in their order; `ground` finds their fields below reviews.0, reviews.1 …"""

    stories: tuple[Story, ...]
    ground: Ground

    @property
    def unit(self) -> Word:
        """The department that all projects share, else the unit; a blank where they share none."""
        return self._unit("project.department") or self._unit("project.unit") or blank("部门全称")

    @property
    def year(self) -> Word:
        """The year that all projects share; a blank where they don't."""
        found = self.ground.quote("reviews.0.year") if self._shared("year") else None
        return found or blank("评价年份")

    def _unit(self, path: FieldPath) -> Quote | None:
        return self.ground.named(f"reviews.0.{path}") if self._shared(path) else None

    def _shared(self, path: FieldPath) -> bool:
        return len({story.ground.value(path) for story in self.stories}) == 1

    def paths(
        self, path: FieldPath, which: Callable[[Story], bool] = lambda _: True
    ) -> tuple[FieldPath, ...]:
        """Return the path of a field in each project, or in those asked for."""
        return tuple(f"{self.at(n)}.{path}" for n, story in enumerate(self.stories) if which(story))

    @staticmethod
    def at(number: int) -> str:
        """Return what the paths of a project begin with."""
        return f"reviews.{number}"

    def totals(self, which: Callable[[Story], bool] = lambda _: True) -> tuple[FieldPath, ...]:
        """Return the path of each project's total, as printed or worked out; empty where one is not known."""
        found = [(n, story.total) for n, story in enumerate(self.stories) if which(story)]
        if not all(total for _, total in found):
            return ()
        return tuple(f"{self.at(n)}.{total.paths[0]}" for n, total in found if total is not None)

    def told(self, number: int, passage: Passage) -> Passage:
        """Return what one project's story tells as a passage of this report."""
        return below(passage, self.at(number))

    def name(self, number: int) -> Passage:
        """Return a project's name."""
        return self.told(number, of(self.stories[number].name))

    def names(self, numbers: Sequence[int]) -> Passage:
        """List projects by their names."""
        return joined((self.name(n) for n in numbers), "、")

    def numbered(self) -> Iterator[tuple[int, Story]]:
        """Yield the projects with their numbers."""
        yield from enumerate(self.stories)


def gathered(reviewed: Sequence[tuple[Review, Scheme]]) -> Gathering:
    """Return what a report on several projects is told from; filings without a table are left out.

    Raises:
        UnreadableError: none has a table.
    """
    with_tables = [pair for pair in reviewed if pair[0].filing.evaluation is not None]
    if not with_tables:
        raise UnreadableError(
            "所给的文件里没有自评表，写不出报告：报告的每个数都取自自评表；请一并给出自评表。"
        )
    stories = tuple(story_of(review, scheme) for review, scheme in with_tables)
    return Gathering(stories, Ground(Evaluation(), reviews=tuple(story.ground for story in stories)))
