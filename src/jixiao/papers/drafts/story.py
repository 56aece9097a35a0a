"""What the chapters of one project's report are told from: its rows, its marks, and who and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.reach import is_met
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.review import Review
from jixiao.model.score import Score
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.telling import NOTHING, Passage, Quote, Word, blank, of
from jixiao.schemes.scheme import Scheme

EXECUTION = "预算执行率"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator at its place in the table, with its score on the sheet."""

    at: int
    indicator: Indicator
    score: Score | None

    @property
    def path(self) -> FieldPath:
        """The row's path in the record."""
        return f"indicators.{self.at}"

    @property
    def level1(self) -> str:
        """The first-level class as printed, "" where none is."""
        return self.indicator.level1 or ""

    @property
    def met(self) -> bool | None:
        """Whether the printed result reaches the target; None where that can't be compared."""
        return is_met(self.indicator.target, self.indicator.actual)


@dataclass(frozen=True, slots=True)
class Story:
    """A review with its rule-book, and the fields that its report may quote."""

    ground: Ground
    review: Review
    scheme: Scheme

    @property
    def table(self) -> Evaluation:
        """The self-evaluation table's content."""
        return self.ground.table

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the table in its order."""
        sheet = self.review.sheet
        scores = sheet.indicators if sheet is not None else ()
        return tuple(
            Row(at, indicator, scores[at] if at < len(scores) else None)
            for at, indicator in enumerate(self.table.indicators)
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the first-level classes, in the table's order."""
        return tuple(dict.fromkeys(row.level1 for row in self.rows if row.level1))

    # ------------------------------------------------------------ who and when

    @property
    def unit(self) -> Word:
        """The unit that carries the project out, else its department."""
        project = self.table.project
        found = self.ground.quote("project.unit" if project.unit else "project.department")
        return found or blank("项目实施单位全称")

    @property
    def name(self) -> Word:
        """The project's name."""
        return self.ground.quote("project.name") or blank("项目名称")

    @property
    def year(self) -> Word:
        """The year with 年度 behind it."""
        return self.ground.quote("year") or blank("评价年份")

    # ------------------------------------------------------------ marks

    def mark(self, row: Row) -> Quote | None:
        """Return a row's score: the one that the table prints, else the rule-book's; None where it is undecided."""
        own = self.ground.quote(f"{row.path}.score_printed")
        return own or self.ground.quote(f"sheet.{row.path}.score")

    def points(self, row: Row) -> Quote | None:
        """Return a row's points, as the table prints them or the rule-book sets them."""
        return self.ground.quote(f"{row.path}.points") or self.ground.quote(f"sheet.{row.path}.points")

    def lost(self, row: Row) -> Quote | None:
        """Return what a row lost; None where it lost nothing, or that isn't known."""
        points, mark = self.points(row), self.mark(row)
        if points is None or mark is None:
            return None
        return self.less(points.paths[0], mark.paths[0])

    def less(self, whole: FieldPath, earned: FieldPath) -> Quote | None:
        """Return how much is missing of the points at `whole`; None where nothing is."""
        full, own = self.ground.number(whole), self.ground.number(earned)
        return (
            self.ground.difference(whole, earned)
            if full is not None and own is not None and full > own
            else None
        )

    @property
    def behind(self) -> tuple[Row, ...]:
        """The rows that lost points, or surely missed their target."""
        return tuple(row for row in self.rows if self.lost(row) is not None or row.met is False)

    @property
    def execution_mark(self) -> Quote | None:
        """The score of budget execution: printed, else the rule-book's."""
        own = self.ground.quote("execution.score_printed")
        return own or (self.ground.quote("sheet.execution.score") if self.execution_points else None)

    @property
    def execution_points(self) -> Quote | None:
        """The points of budget execution."""
        return self.ground.quote("execution.points") or self.ground.quote("sheet.execution.points")

    @property
    def execution_lost(self) -> Quote | None:
        """What budget execution lost."""
        points, mark = self.execution_points, self.execution_mark
        return self.less(points.paths[0], mark.paths[0]) if points and mark else None

    @property
    def total(self) -> Quote | None:
        """The total: printed, else worked out where every row is decided and they make up the full mark."""
        own = self.ground.quote("total_printed")
        if own is not None:
            return own
        sheet = self.review.sheet
        whole = sheet is not None and sheet.total.points == self.scheme.total
        return self.ground.quote("sheet.total.score") if whole else None

    @property
    def grade(self) -> Quote | None:
        """The grade: printed, else the one that the rule-book gives the total."""
        own = self.ground.quote("grade_printed")
        total = self.total
        value = self.ground.number(total.paths[0]) if total is not None else None
        if own is not None or value is None or not self.full_scale:
            return own
        at = next((n for n, band in enumerate(self.scheme.grades) if value >= band.low), None)
        return self.ground.quote(f"scheme.grades.{at}.word") if at is not None else None

    @property
    def full_scale(self) -> bool:
        """Whether the points make up the full mark, so that the total can be graded."""
        sheet = self.review.sheet
        worth = sheet.total.points if sheet is not None else None
        printed = self.table.points_printed
        return self.scheme.total in {worth, printed} or (worth is None and printed is None)

    def paths(self, name: str, field: str) -> tuple[FieldPath, ...]:
        """Return the paths of a class's points or scores, row by row; empty where one is not known."""
        found = [self.points(row) if field == "points" else self.mark(row) for row in self.of_class(name)]
        return tuple(quote.paths[0] for quote in found if quote is not None) if all(found) else ()

    def of_class(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a first-level class."""
        return tuple(row for row in self.rows if row.level1 == name)

    # ------------------------------------------------------------ names and cells

    def called(self, row: Row) -> Word:
        """Return a row's own name: the fourth level, else the third, else the class that it stands in."""
        for field in ("level4", "level3", "level2", "level1"):
            found = self.ground.quote(f"{row.path}.{field}")
            if found is not None:
                return found
        return blank("指标名称")

    def target(self, row: Row) -> Passage:
        """Return a row's target as a sentence prints it."""
        return of(self.ground.quote(f"{row.path}.target") or blank("年度指标值"))

    def actual(self, row: Row) -> Passage:
        """Return a row's result as a sentence prints it."""
        return of(self.ground.quote(f"{row.path}.actual") or blank("实际完成值"))


def story_of(review: Review, scheme: Scheme) -> Story:
    """Return what a report is told from.

    Raises:
        UnreadableError: the filing has no table, so that there is nothing to tell.
    """
    if review.filing.evaluation is None:
        file = review.filing.readings[0].file
        raise UnreadableError(
            f"“{file}”里没有自评表，写不出报告：报告的每个数都取自自评表；请一并给出自评表。"
        )
    return Story(ground_of(review, scheme), review, scheme)


def ground_of(review: Review, scheme: Scheme) -> Ground:
    """Return the fields of a review, an empty table where it has none."""
    return Ground(review.filing.evaluation or Evaluation(), review.sheet, scheme, review.findings)


def doubted(*scores: Score | None) -> Passage:
    """Return the blank behind a figure that the rule-book refutes; nothing where it does not."""
    if any(score is not None and score.agrees is False for score in scores):
        return blank("核对后的数，自评表所填与评分口径重算的结果不一致")
    return NOTHING


def numbered_parts(story: Story) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Yield the classes with their rows; one part without a name where no row names a class."""
    if not story.classes:
        yield "", story.rows
    for name in story.classes:
        yield name, story.of_class(name)
