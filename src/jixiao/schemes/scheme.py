"""A rule-book (评分口径) as values: parts, bands, tiers, and the closed list of methods that a part may name.

Nothing here computes: methods stand in scoring/methods.py under the same names. Shares are exact Decimals
of the points (0.8 of 10 points is 8).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jixiao.model.citation import NO_CITATION, Citation
from jixiao.schemes.standards import Standard


class Method(StrEnum):
    """Every way of scoring that a rule-book may name; one function each in scoring/methods.py."""

    RATIO = "ratio"  # 完成值 ÷ 指标值 × 分值; met earns all
    INVERSE_RATIO = "inverse_ratio"  # 指标值 ÷ 完成值 × 分值; met earns all
    LINEAR_EXCESS = "linear_excess"  # 分值 × (1 - (完成值 - 指标值) ÷ 指标值); nothing at twice the target
    BANDS = "bands"  # the rate's band gives a share of the points
    RUBRIC = "rubric"  # a tier gives a range of shares
    STEPS = "steps"  # a deduction per unit beyond the target
    ALL_OR_NOTHING = "all_or_nothing"  # 直接赋分
    MET_ONLY = "met_only"  # met earns all; how a miss is scored the text doesn't say: undecided
    ASSESSED = "assessed"  # an evaluator's judgement between 0 and the points: no default


class ZeroTarget(StrEnum):
    """What a target, or for execution a budget, of zero earns: the formula divides by it."""

    UNDECIDED = "undecided"  # 原文未规定，不计分
    FULL = "full"  # 不论完成多少都得满分
    FULL_IF_NONE = "full_if_none"  # 完成值不大于零得满分，否则不得分
    AS_ONE = "as_one"  # 分母按 1 计算


class AbsentRule(StrEnum):
    """What becomes of the points of a row that doesn't count."""

    LEFT_OUT = "left_out"  # 该行不计分，其余不变
    RESCALED = "rescaled"  # 该行不计分，其余折算为满分


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open range of rates [low, high) with the share of the points it earns; high None is open above.

    `needs` names a further condition as words for the step ("支出未超预算"); `high_closed` includes the
    upper edge, `low_open` leaves the lower one out. `deduct` is set where the text takes points off
    instead: share is then 1.
    """

    low: Decimal
    high: Decimal | None
    share: Decimal
    needs: str = ""
    high_closed: bool = False
    low_open: bool = False
    deduct: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A qualitative tier: `name` (met, partial, missed), its share range and the printed words that mean it.

    `low_open`/`high_open` say that the edge itself belongs to the neighbouring tier. `default` is the
    share taken when the paper leaves the choice open, None when the rule-book names none.
    """

    name: str
    says: str
    low: Decimal
    high: Decimal
    default: Decimal | None = None
    words: tuple[str, ...] = ()
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a rule-book: a method with its numbers, and the text it comes from.

    `points` is set where the rule-book fixes them (execution 10); `numerator`/`denominator` name fund
    columns; `pass_threshold` is the least rate that earns anything; `settings` holds the few numbers only
    one method knows (steps: `deduct` points for every `per` beyond `limit`, the row's own target where
    `limit` is absent). `applies` holds words: the part is used for rows whose level-2 or level-3 name has
    one. `within` names the first-level class that already counts these points. An actual below
    `actual_floor` counts as `actual_floor`.
    """

    key: str
    method: Method
    source: Citation = NO_CITATION
    points: Decimal | None = None
    numerator: str = "executed"
    denominator: str = "annual"
    cap: bool = True
    bands: tuple[Band, ...] = ()
    tiers: tuple[Tier, ...] = ()
    pass_threshold: Decimal | None = None
    zero_target: ZeroTarget = ZeroTarget.UNDECIDED
    settings: Mapping[str, Decimal] = field(default_factory=dict)
    applies: tuple[str, ...] = ()
    says: str = ""
    within: str = ""
    actual_floor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Rows that don't count: actual one of `words` (不适用), or a blank target if `blank_target`."""

    rule: AbsentRule
    source: Citation
    words: tuple[str, ...] = ()
    blank_target: bool = False


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade word and the least total that earns it."""

    word: str
    low: Decimal
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many places, and whether rows are rounded before they are added (`round_then_sum`) or after."""

    places: int = 2
    round_then_sum: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """How a paper's rule-book is recognised: region words in unit names, form ids, phrases of printed notes.

    `codes` are the first digits of the division code (行政区划代码) in a project's code: 51 is 四川; they
    count as a region. `excludes` are names that contain a region word and lie elsewhere. `level1` are
    class names that must all stand in the paper; `execution_points` the printed points of the execution
    row, and a paper that prints others is none of this book's; `weights` asks whether the paper's points
    per class are the book's `level1`; `kinds` restricts the papers. `requires` names the criteria that
    must all hold; without it regions or notes are enough, and forms with one more criterion. `otherwise`
    is said when only some of the required ones hold. `fallback` makes it the book for its kinds where
    nothing fits.
    """

    regions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    level1: tuple[str, ...] = ()
    execution_points: Decimal | None = None
    weights: bool = False
    kinds: tuple[str, ...] = ("selfeval_table",)
    codes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    otherwise: str = ""
    fallback: bool = False


# The thresholds that a rule-book may set, each with what it means; rates are of 1, points are points.
THRESHOLDS: Mapping[str, str] = {
    "over_warn": "完成值达到指标值的这一倍数时提示指标值可能偏低",
    "over_reason": "完成值达到指标值的这一倍数时必须说明原因",
    "over_reason_zero_target": "指标值为零时，完成值达到此数必须说明原因",
    "over_serious": "完成值达到指标值的这一倍数时属明显偏低（可选，无全国条文）",
    "over_extreme": "完成值达到指标值的这一倍数时属严重偏低（可选，无全国条文）",
    "over_not_deducted": "完成值超过指标值的这一倍数，也不因此扣分",
    "reason_below": "预算执行率低于此数必须说明原因",
    "unspent_yellow": "未用资金占全年预算数的比例超过此数亮黄灯",
    "outrun_red": "指标得分率超出预算执行得分率的比例大于此数亮红灯",
    "adjustment_small": "预算调整比例的第一档",
    "adjustment_medium": "预算调整比例的第二档",
    "adjustment_large": "预算调整比例的第三档",
    "output_benefit_least": "产出与效益类的最低分值合计",
    "cost_points_most": "成本指标分值的默认上限",
    "text_goal_result": "年度目标完成情况的字数上限",
    "text_conclusion": "评价结论的字数上限",
    "text_problems": "存在问题的字数上限",
    "text_measures": "改进措施的字数上限",
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """One region's rule-book, all inheritance resolved.

    `parts` by key: execution, positive, negative, exact, interval, deadline, qualitative, satisfaction,
    and what else a book defines. Three of those others are known: `equal_split` (rows without points share
    their class's points, the odd hundredths go to the last), `total_cap` (the execution rate's band, by
    method bands, gives the greatest share of the total) and `deduction` (the paper's own 扣分 column is
    taken off a row's score, down to 0).

    `level1` are the points that first-level classes must add up to (empty where the book leaves them
    free); `total_checked` is False where a system doesn't check that the points add up to `total`.
    `thresholds` by the names in THRESHOLDS; `items` the points of named indicators; `sources` the citation
    of each "thresholds.<name>", "items.<name>", "fund_unit", "sections" and "words"; `sections` the
    headings a report must have; `framework` the rows of its scoring form (评分表), each the names of its levels;
    `standards` what a re-check is held to, by number. `chain` the ids it extends,
    nearest first; `digest` the sha256 of its own and its parents' files.
    """

    id: str
    title: str
    region: str
    parts: Mapping[str, Part]
    level1: Mapping[str, Decimal]
    level1_source: Citation
    total: Decimal
    grades: tuple[GradeBand, ...]
    grades_source: Citation
    rounding: Rounding
    rounding_source: Citation
    form: str | None
    match: Match
    effective_from: date | None
    effective_to: date | None
    thresholds: Mapping[str, Decimal]
    chain: tuple[str, ...]
    digest: str
    notes: tuple[str, ...] = ()
    items: Mapping[str, Decimal] = field(default_factory=dict)
    sources: Mapping[str, Citation] = field(default_factory=dict)
    absent: Absent | None = None
    fund_unit: str | None = None
    sections: tuple[str, ...] = ()
    framework: tuple[tuple[str, ...], ...] = ()
    total_checked: bool = True
    standards: tuple[Standard, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every part's text has been read by somebody."""
        return all(part.source.verified for part in self.parts.values())
