"""Tables whose head doesn't say whose they are (XD12)."""

from collections.abc import Iterator

from jixiao.audit.rule import Case, Found
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_WITH_HEAD = frozenset({Kind.SELFEVAL_TABLE, Kind.BASE_DATA_FORM})


def heads_without_units(case: Case) -> Iterator[Found]:
    """Hint at a table whose head names the project and leaves out the department or the unit that carries it out."""
    for at, table in case.tables:
        project = table.project
        if case.filing.readings[at].kind not in _WITH_HEAD or not project.name or not table.form:
            continue
        lacks = [
            called
            for called, name in (("主管部门", project.department), ("实施单位", project.unit))
            if not name
        ]
        if lacks and not (project.unit is None and table.filled_by):
            says = f"表头没有写{'、'.join(lacks)}。改法：补填单位全称。"
            field = "project.department" if lacks[0] == "主管部门" else "project.unit"
            yield Found(field, says, at, Severity.NOTE, key="|".join(lacks))
