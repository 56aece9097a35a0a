"""Plantings of FM: cells that slipped, rows printed twice, page heads, private numbers, marks left behind (版式)."""

from dataclasses import replace
from random import Random

from jixiao.layout import NOWHERE, Doubt
from jixiao.model.evaluation import Indicator
from tests.proof.planting import (
    Clean,
    Planted,
    Spot,
    edited,
    paper_of,
    plants,
    row_spot,
    said,
    section_of,
    some_row,
    text_at,
    with_more_row,
    with_row,
    with_rows,
    with_sentence,
    with_text,
)

NOT_PLANTED = {"FM06": "本规则不运行：读入后只留文字，看不到字体字号"}
_BROKEN = ("AR", "SC", "IS", "TV", "AV", "DV", "XD", "NA")  # a damaged cell breaks whatever leans on it


def doubted(clean: Clean, where: str, why: str) -> Clean:
    """Add what the reader says of a cell that it could not place."""
    main = clean.filing.main or 0
    readings = list(clean.filing.readings)
    more = (*readings[main].doubts, Doubt(NOWHERE, why, where=where))
    readings[main] = replace(readings[main], doubts=more)
    return replace(clean, filing=replace(clean.filing, readings=tuple(readings)))


@plants("FM01", ways=4)
def one_column_aside(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A score stands under the reasons, a target under the names, a target under the results."""
    at = some_row(clean, rng, lambda i: i.level3 and i.target and i.actual and i.points and i.score_printed)
    if at is None:
        return None
    row = clean.rows[at]
    if way == 3:
        why = f"“{row.level3}”一行的格子比表头多，指标值与完成值分不清"
        return Planted(doubted(clean, f"indicators.{at}.target", why), (row_spot(clean, at),))
    cells = (
        {"score_printed": None, "reason": f"{row.score_printed:f}"},
        {"level3": "≥95%", "level4": None},
        {"target": None, "actual": "≥95%"},
    )[way]
    return Planted(with_row(clean, at, **cells), (row_spot(clean, at),), follows=_BROKEN)


@plants("FM02", ways=3)
def one_row_down(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The column of targets stands one row too low or too high."""
    if way == 2:
        at = some_row(clean, rng, lambda i: i.level3)
        why = f"“{clean.rows[at or 0].level3}”的指标类别印在下一行，已按指标内容归位"
        return Planted(doubted(clean, f"indicators.{at or 0}.level1", why), (row_spot(clean, at or 0),))
    rows, by = clean.rows, 1 if way == 0 else -1
    if not all(_in_percent(r) for r in rows if _is_rate(r)):
        return None
    moved = [edited(r, target=_target(rows[(n - by) % len(rows)])) for n, r in enumerate(rows)]
    wrong = [n for n, r in enumerate(moved) if _is_rate(r) and not _in_percent(r)]
    ends = (0, len(rows) - 1)
    if len(wrong) < 2 or any(_is_rate(rows[n]) for n in ends):
        return None
    spots = tuple(row_spot(clean, n, "target") for n in wrong)
    return Planted(with_rows(clean, *moved), spots, follows=_BROKEN)


def _is_rate(row: Indicator) -> bool:
    return (row.level4 or row.level3 or "").endswith(("率", "满意度"))


def _in_percent(row: Indicator) -> bool:
    return "%" in _target(row) or row.unit == "%"


def _target(row: Indicator) -> str:
    return row.target.text if row.target else ""


@plants("FM03", ways=3)
def label_lost(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row stands under the first level of others, or its second level is gone."""
    words = ("数量", "社会效益", "")[way]
    at = some_row(clean, rng, lambda i: i.level1 and i.level2 and i.level3 and words in i.level2)
    if at is None:
        return None
    if way == 2:
        why = f"“{clean.rows[at].level2}”的分值已分配完，本行的二级指标名称应已缺失"
        return Planted(doubted(clean, f"indicators.{at}.level2", why), (row_spot(clean, at),))
    other = ("效益指标", "产出指标")[way]
    return Planted(with_row(clean, at, level1=other), (row_spot(clean, at),), follows=_BROKEN)


@plants("FM04", ways=2)
def row_again(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row is printed once more, below itself or at the end."""
    at = some_row(clean, rng, lambda i: i.level3 and i.points)
    if at is None:
        return None
    place = at + 1 if way == 0 else len(clean.rows)
    return Planted(with_more_row(clean, place, clean.rows[at]), (row_spot(clean, place),), follows=_BROKEN)


@plants("FM05", ways=3)
def page_head(clean: Clean, way: int, _: Random) -> Planted | None:
    """A page number or head stands in the text, or a sentence is cut."""
    place = section_of(clean)
    if place is None:
        return None
    if way == 2:
        return _headed(clean, place.paper)
    torn = ("各股室按月对实施情况 — 4 — 进行了核对。", "各股室按月对照合同和验收单对\n实施情况进行了核对。")[
        way
    ]
    return Planted(with_text(clean, place, f"{text_at(clean, place)}\n{torn}"), (place,), follows=("NA",))


def _headed(clean: Clean, paper: int) -> Planted | None:
    record = clean.filing.readings[paper].record
    places = [Spot(paper, f"sections.{n}") for n, s in enumerate(getattr(record, "sections", ())) if s.text]
    if len(places) < 3:
        return None
    for place in places[:3]:
        clean = with_text(clean, place, f"{text_at(clean, place)}\n绩效自评材料汇编")
    return Planted(clean, tuple(places[:3]), follows=("NA",))


_PRIVATE = (
    "联系人：周某，手机13700005678。",
    "如需核对请致电经办人 159 0000 4321。",
    "补助对象吴某（身份证号110101198505210034）已领取补助。",
    "退回款项转入个人账户6217000022223333444。",
)


@plants("FM07", ways=len(_PRIVATE))
def private_number(clean: Clean, way: int, _: Random) -> Planted | None:
    """A report names a person's number."""
    place = section_of(clean)
    return said(clean, place, _PRIVATE[way], ("NA",))


@plants("FM08", ways=3)
def share_as_decimal(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A rate stands as a decimal or in words beside a target in percent."""
    at = some_row(clean, rng, lambda i: i.target and "%" in i.target.text and i.actual)
    if at is None:
        return None
    said = ("0.98", "1.00", "百分之九十八")[way]
    return Planted(with_row(clean, at, actual=said), (row_spot(clean, at),), follows=_BROKEN)


@plants("FM09", ways=5)
def mark_left(clean: Clean, way: int, rng: Random) -> Planted | None:
    """An error value, a mark of a web page or of a typesetter, or letters that no decoder knew."""
    if way > 1:
        place = section_of(clean) if paper_of(clean) is not None else None
        said = ("合格率$\\geq 95\\%$。", "台账锟斤拷齐全。", "**进度。**按合同完成。")[way - 2]
        return (
            None
            if place is None
            else Planted(with_sentence(clean, place, said), (place,), follows=("NA", "XD"))
        )
    at = some_row(clean, rng, lambda i: i.level3 and i.actual)
    if at is None:
        return None
    cells = ({"actual": "#DIV/0!"}, {"level3": f"{clean.rows[at].level3}&nbsp;"})[way]
    return Planted(with_row(clean, at, **cells), (row_spot(clean, at),), follows=_BROKEN)
