"""Which rule-book a paper of a filing is scored under, and what of the paper is scored."""

from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.schemes import Choice, choose_scheme, list_schemes, load_scheme


def choice_for(filing: Filing, reading: Reading, evaluation: Evaluation, scheme_id: str | None) -> Choice:
    """Choose the rule-book of a paper of a filing, or take the one that the user names.

    Raises:
        UnknownNameError: there is no rule-book of this id.
        SchemeError: the user's own file can't be used.
    """
    if scheme_id is not None:
        return Choice(load_scheme(scheme_id), f"按指定的 {scheme_id}")
    if reading.scheme is not None and reading.scheme in list_schemes():
        return Choice(load_scheme(reading.scheme), f"填报表按 {reading.scheme} 制作")
    texts = tuple(text for other in filing.readings for text in _names_in(other))
    return choose_scheme(evaluation, year=evaluation.year, kind=_kind_of(filing, reading), texts=texts)


def _kind_of(filing: Filing, reading: Reading) -> Kind:
    """Return what the paper is scored as: a form annexed to an evaluation report follows that report's rule-book."""
    kinds = {other.kind for other in filing.readings}
    if reading.kind is Kind.SCORING_FORM and Kind.EVALUATION_REPORT in kinds:
        return Kind.EVALUATION_REPORT
    return reading.kind


def is_main(filing: Filing, reading: Reading) -> bool:
    """Tell whether a paper is the one that the filing's table was read from."""
    return filing.main is not None and filing.readings[filing.main] is reading


def evaluation_of(filing: Filing, reading: Reading) -> Evaluation | None:
    """Return the content to be scored: the filing's own for its main paper, else the paper's as read."""
    if is_main(filing, reading):
        return filing.evaluation
    return reading.record if isinstance(reading.record, Evaluation) else None


def has_scores(evaluation: Evaluation) -> bool:
    """Tell whether a table prints points or scores anywhere."""
    printed = (evaluation.total_printed, evaluation.execution.points, evaluation.execution.score_printed)
    rows = evaluation.indicators
    return any(p is not None for p in (*printed, *(r.points for r in rows), *(r.score_printed for r in rows)))


def known_of(reading: Reading) -> Evaluation:
    """Return what a paper without a table says of project, unit and year."""
    record = reading.record
    if isinstance(record, Report):
        return Evaluation(record.project, record.year)
    if isinstance(record, DepartmentReport | ProjectList):
        return Evaluation(Project(unit=record.unit), record.year)
    return Evaluation()


def _names_in(reading: Reading) -> tuple[str, ...]:
    """Return the words of a paper that may name its place: its title, and the unit and department of a report."""
    record = reading.record
    words: tuple[str | None, ...] = ()
    if isinstance(record, Report):
        words = (record.project.unit, record.project.department, record.title)
    elif isinstance(record, DepartmentReport | ProjectList):
        words = (record.unit, record.title)
    return tuple(word for word in words if word)
