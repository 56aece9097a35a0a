"""复核标准: what a rule-book lays down for those who check a self-evaluation again, standard by standard."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jixiao.model.citation import Citation
from jixiao.schemes.table import CITED, Table


class Demand(StrEnum):
    """What a standard asks of a re-check's row; one function each in rollup/standards.py."""

    ZERO = "zero"  # 说到这一情形的，复核得分为 0
    SHARE = "share"  # 说到这一情形的，按轻重扣去所定比例
    AT_MOST = "at_most"  # 这类指标扣分不超过所定比例
    KEEP = "keep"  # 这类指标不扣分
    ONCE = "once"  # 同一指标列在两类的，只计一项
    REASONED = "reasoned"  # 扣分的要写原因，写的比例与实扣相符，复核得分不留空
    PAPERS = "papers"  # 看的是整份材料，由 rules 所列审核规则检查


@dataclass(frozen=True, slots=True)
class Degree:
    """How bad a thing is: the share of the self-evaluation's score that is taken off, and the words that mean it."""

    name: str
    share: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard: its number, what it is called, what it says, and what it asks.

    It is spoken of where a row's reason has one of `words` and none of `unless`; only rows whose classes or name have
    one of `rows` (all rows where empty) and whose sign is one of `signs` (any where empty) fall under it. `names` are
    words of indicator names that fall under it whatever the reason says. `degrees` go from the worst down; `share` and
    `tolerance` are of the self-evaluation's score. `rules` are codes of the audit that judge it on the papers.
    """

    number: int
    name: str
    says: str
    demand: Demand
    source: Citation
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    degrees: tuple[Degree, ...] = ()
    share: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    rules: tuple[str, ...] = ()


_LISTS = ("words", "unless", "rows", "signs", "names", "rules")


def read_standards(table: Table) -> tuple[Standard, ...]:
    """Read the list at [[standards]], empty where there is none.

    Raises:
        SchemeError: naming file and key: an unknown key, a missing source, numbers that don't count up from 1.
    """
    found = tuple(_standard(one) for one in table.tables("standards"))
    for at, (one, row) in enumerate(zip(found, table.tables("standards"), strict=True), 1):
        if one.number != at:
            raise row.wrong("number", f"写的是 {one.number}", f"{at}（从 1 起依次编号）")
    return found


def _standard(row: Table) -> Standard:
    row.only("number", "name", "says", "demand", "degrees", "share", "tolerance", *_LISTS, *CITED)
    demand = Demand(row.choice("demand", tuple(Demand)))
    lists = {name: row.words(name) for name in _LISTS}
    degrees = tuple(_degree(one) for one in row.tables("degrees"))
    if demand is Demand.SHARE and not degrees:
        raise row.wrong("degrees", "没有写", "由重到轻的扣分比例（[[standards.degrees]]）")
    if demand is Demand.PAPERS and not lists["rules"]:
        raise row.wrong("rules", "没有写", "检查这一条的审核规则编号")
    return Standard(
        int(row.number("number")), row.text("name"), row.text("says"), demand, row.source(),
        degrees=degrees, share=row.maybe_number("share") or Decimal(0),
        tolerance=row.maybe_number("tolerance") or Decimal(0), **lists,
    )  # fmt: skip


def _degree(row: Table) -> Degree:
    row.only("name", "share", "words")
    return Degree(row.text("name"), row.number("share"), row.words("words"))
