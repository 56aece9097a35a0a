"""What a link is: a figure that a report states beside the cell of a table that it restates, or beside none."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.rows import places_of
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, Unit, unit_named
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Filing, Kind

POINTS = unit_named("分")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure restates: in which paper, which fields (several where they are put together), and their figure.

    `called` is the cell as a person would call it: 全年执行数（年度资金总额）, 产出类 4 行得分之和.
    """

    paper: int
    paths: tuple[FieldPath, ...]
    figure: Figure
    called: str

    @property
    def where(self) -> FieldPath:
        """The first of the fields."""
        return self.paths[0]


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a report states: in which paper, at which field, of what, in which sentence."""

    paper: int
    where: FieldPath
    what: str
    subject: str
    figure: Figure
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A stated figure beside the cell that it restates.

    `cell` is None where no cell is surely the same thing; `agrees` is None then. `why` says it in Chinese.
    """

    said: Said
    cell: Cell | None
    agrees: bool | None
    why: str


def linked(said: Said, cell: Cell) -> Link:
    """Link a figure to its cell by comparing them."""
    agrees = said.figure.agrees_with(cell.figure)
    return Link(
        said,
        cell,
        agrees,
        f"{'与' if agrees else '不同于'}{cell.called} {cell.figure}{'相符' if agrees else ''}",
    )


def unlinked(said: Said, why: str) -> Link:
    """List a figure that restates no known cell."""
    return Link(said, None, None, why)


def in_points(number: Decimal) -> Figure:
    """Return a score as a figure: a whole number is exact, a decimal leaves half of its last place open."""
    places = places_of(number)
    return Figure(number, Decimal(5).scaleb(-places - 1) if places else Decimal(0), POINTS)


def in_unit_of(figure: Figure, unit: Unit | None) -> Figure:
    """Return a figure that prints no unit in `unit`."""
    return figure if figure.unit is not None or unit is None else Figure(figure.value, figure.half, unit)


def texts_in(filing: Filing) -> Iterator[tuple[int, Kind, Report]]:
    """Yield the papers that restate what tables hold, with their index: reports, and the running text of tables."""
    for at, reading in enumerate(filing.readings):
        record = reading.record
        if isinstance(record, Report):
            yield at, reading.kind, record
        elif isinstance(record, Evaluation) and record.claims:
            told = Report(record.project, record.year, sections=record.sections, claims=record.claims)
            yield at, Kind.SELFEVAL_REPORT, told


def tables_for(filing: Filing, kind: Kind) -> Iterator[tuple[int, Evaluation]]:
    """Yield the tables that a report of a kind restates, the likeliest first, as they were read.

    A self-evaluation report tells its self-evaluation table again, and the scoring and base-data forms beside it. An
    evaluation report scores by a system of its own: for scores only its scoring form counts.
    """
    wanted: tuple[Kind, ...] = (Kind.SELFEVAL_TABLE, Kind.SCORING_FORM, Kind.BASE_DATA_FORM)
    if kind is Kind.EVALUATION_REPORT:
        wanted = (Kind.SCORING_FORM,)
    for one in wanted:
        for at, reading in enumerate(filing.readings):
            if reading.kind is one and isinstance(reading.record, Evaluation):
                yield at, reading.record
