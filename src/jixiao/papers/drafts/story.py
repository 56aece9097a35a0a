"""What the chapters of one project's report are told from: its rows, its marks, and who and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.audit.reach import is_met
from jixiao.errors import UnreadableError
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath, Severity
from jixiao.model.review import Review
from jixiao.model.score import Score
from jixiao.papers.drafts.grounds import Ground
from jixiao.papers.drafts.telling import Passage, Quote, Word, blank, of
from jixiao.schemes.scheme import Scheme

EXECUTION = "预算执行率"
_SUMS = frozenset(
    {"AR04", "AR05", "AR06", "AR09"}
)  # of which the text alone is unread, so that they only warn


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
        found = self.ground.named("project.unit" if project.unit else "project.department")
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
        return self._own_else(f"{row.path}.score_printed", f"sheet.{row.path}.score")

    def points(self, row: Row) -> Quote | None:
        """Return a row's points, as the table prints them or the rule-book sets them."""
        return self._own_else(f"{row.path}.points", f"sheet.{row.path}.points")

    def _own_else(self, own: FieldPath, ours: FieldPath) -> Quote | None:
        """Quote what the table prints; what was worked out only where the table is silent."""
        return self.ground.quote(ours if self.ground.value(own) is None else own)

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
        """The rows that lost points.

        One that missed its target and has full marks is right by the rule-book, or a slip of the table.
        """
        return tuple(row for row in self.rows if self.lost(row) is not None)

    @property
    def nothing_lost(self) -> Passage:
        """The sentence that no row lost points, as far as that is known."""
        open_ones = any(self.mark(row) is None for row in self.rows)
        but = [word for word, so in ((EXECUTION, self.execution_lost), ("得分待核对的指标", open_ones)) if so]
        led = f"除{'和'.join(but)}外，" if but else ""
        return of(f"{led}自评表各项指标没有扣分。")

    @property
    def execution_mark(self) -> Quote | None:
        """The score of budget execution: printed, else the rule-book's."""
        return (
            self._own_else("execution.score_printed", "sheet.execution.score")
            if self.execution_points
            else None
        )

    @property
    def execution_points(self) -> Quote | None:
        """The points of budget execution."""
        found = self._own_else("execution.points", "sheet.execution.points")
        return found if found is not None and self.ground.number(found.paths[0]) else None

    @property
    def execution_lost(self) -> Quote | None:
        """What budget execution lost."""
        points, mark = self.execution_points, self.execution_mark
        return self.less(points.paths[0], mark.paths[0]) if points and mark else None

    @property
    def total(self) -> Quote | None:
        """The total: printed, else worked out where every row is decided and they make up the full mark."""
        if self.ground.value("total_printed") is not None:
            return self.ground.quote("total_printed")
        sheet = self.review.sheet
        whole = sheet is not None and sheet.total.points == self.scheme.total
        return self.ground.quote("sheet.total.score") if whole else None

    @property
    def grade(self) -> Quote | None:
        """The grade: printed, else the one that the rule-book gives the total."""
        printed = self.table.grade_printed
        if printed is not None:
            known = {band.word for band in self.scheme.grades}
            return self.ground.quote("grade_printed") if printed.strip('“”" ') in known else None
        value = self.ground.number(self.total.paths[0]) if self.total is not None else None
        if value is None or not self.full_scale:
            return None
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

    def wanted(self, what: str, *paths: FieldPath) -> Passage:
        """Return the blank for a figure that is silent, undecided or refuted; in that case it says so."""
        if any(map(self.ground.is_refuted, paths)):
            return blank(f"核对后的{what}，自评表所填的与审核结果不一致")
        return blank(what)

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
    table = review.filing.evaluation or Evaluation()
    return Ground(table, review.sheet, scheme, review.findings, refuted=frozenset(_refuted(review)))


def _refuted(review: Review) -> Iterator[FieldPath]:
    """Yield the fields of the table that an error of the audit or the rule-book's own score speaks against."""
    for finding in review.findings:
        certain = finding.severity is Severity.ERROR or (
            finding.code in _SUMS and finding.severity is Severity.WARNING
        )
        if finding.paper == review.filing.main and certain:
            yield finding.where
    sheet = review.sheet
    if sheet is None:
        return
    named = [
        ("execution", sheet.execution),
        *((f"indicators.{n}", s) for n, s in enumerate(sheet.indicators)),
    ]
    yield from (f"{path}.score_printed" for path, score in named if score.agrees is False)
    if sheet.total.agrees is False:
        yield "total_printed"
