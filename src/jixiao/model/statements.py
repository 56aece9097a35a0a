"""What running text states, in a report or in a cell of a table: its sections, and the figures in its sentences."""

from dataclasses import dataclass

from jixiao.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of a report; `level` 1 for 一、, 2 for （一）, 3 for 1., 4 for (1); `text` is its own body.

    In a table it is a labelled block of running text (评价结论, 存在问题), without number.
    """

    number: str | None
    title: str
    level: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that a sentence states.

    `what` is one of CLAIM_KINDS; `subject` the words it is said of (资金到位率, 产出数量, 服务对象); `quoted` the
    sentence. The unit is inside the figure.
    """

    what: str
    figure: Figure
    subject: str = ""
    quoted: str = ""


CLAIM_KINDS = (
    "initial", "budget", "received", "executed", "surplus", "amount",          # money 金额
    "execution_rate", "arrival_rate", "rate", "share",                         # rates 比率
    "total_score", "class_points", "class_score", "pass_mark", "score_rate",   # scores 分数
    "satisfaction", "survey_size", "count", "indicator_count", "standard",     # counts 数量, standards 补助标准
)  # fmt: skip
