"""What was read from a file: a record, the place of each of its fields, and the doubts; and what belongs together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from jixiao.layout import NOWHERE, Doubt, Place
from jixiao.model.claims import DepartmentReport, ProjectList, Report, Unknown
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath


class Kind(StrEnum):
    """The official papers by the names that the contract gives them."""

    SELFEVAL_TABLE = "selfeval_table"
    SCORING_FORM = "scoring_form"
    BASE_DATA_FORM = "base_data_form"
    SELFEVAL_REPORT = "selfeval_report"
    EVALUATION_REPORT = "evaluation_report"
    DEPARTMENT_REPORT = "department_report"
    GOAL_DECLARATION = "goal_declaration"
    MONITORING_TABLE = "monitoring_table"
    RECHECK_TABLE = "recheck_table"
    PROJECT_LIST = "project_list"
    UNKNOWN = "unknown"


Record = Evaluation | Report | DepartmentReport | ProjectList | Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """One paper as read: its record, where each field stands, what is doubtful, and how sure the whole is.

    `places` has a key per field that was found ("indicators.3", "indicators.3.target", "funds.total.annual");
    `confidence` lies in 0..1; `file` and `sha256` name the source, `index` the paper's order in it. `scheme` is the
    rule-book that a template which was filled in was made for, None for any other paper.
    """

    kind: Kind
    record: Record
    place: Place = NOWHERE
    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    confidence: Decimal = Decimal(1)
    file: str = ""
    sha256: str = ""
    index: int = 0
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """All the papers of one project and year (自评材料).

    `evaluation` is the self-evaluation table's content, what it lacks supplied from the other papers, and None when
    the filing has no table; `main` is the index in `readings` of the paper it came from; `supplied` maps each field
    path that another paper supplied to the sentence saying so.
    """

    readings: tuple[Reading, ...]
    evaluation: Evaluation | None = None
    main: int | None = None
    supplied: Mapping[FieldPath, str] = field(default_factory=dict)
