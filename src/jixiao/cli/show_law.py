"""The rule-books and the rules on the screen: lists, and the whole text of one with the source of each part."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from jixiao.audit import FAMILIES
from jixiao.audit.office.ledger import Notice
from jixiao.audit.office.weights import finds_arithmetic_errors
from jixiao.cli.screen import columns, ink
from jixiao.errors import UnknownNameError
from jixiao.model.citation import Citation
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import THRESHOLDS, Band, Part, Scheme, Tier
from jixiao.scoring.explain import band_range, per_cent, tier_range
from jixiao.telling.naming import SEVERITIES
from jixiao.telling.titles import CODES, TITLES, Paged


def schemes() -> Iterator[RenderableType]:
    """Yield the list of rule-books."""
    table = columns()
    table.add_row(*(ink(word, "bold") for word in ("名称", "地区", "标题", "条文")))
    for scheme_id in list_schemes():
        book = load_scheme(scheme_id)
        read = "已核对" if book.verified else "有未核对"
        table.add_row(ink(book.id), ink(book.region or "全国"), ink(book.title), ink(read, "dim"))
    yield table
    yield ink("\njixiao schemes 名称  显示全文和每一条的出处", "dim")


def scheme(scheme_id: str) -> Iterator[RenderableType]:
    """Yield the whole text of a rule-book, what it inherits included.

    Raises:
        UnknownNameError: there is none of this id.
    """
    book = load_scheme(scheme_id)
    yield ink(f"{book.id}  {book.title}", "bold")
    yield ink(_applies(book), "dim")
    table = columns()
    for part in book.parts.values():
        _add_part(table, part)
    for name, points in book.level1.items():
        table.add_row(ink(name), ink(f"{points:f} 分"), _cited(book.level1_source))
    grades = "，".join(f"{grade.word} {grade.low:f} 分起" for grade in book.grades)
    table.add_row(ink("等级"), ink(grades or "未规定"), _cited(book.grades_source))
    order = "各行取整后相加" if book.rounding.round_then_sum else "相加后取整"
    table.add_row(
        ink("取整"), ink(f"四舍五入到 {book.rounding.places} 位，{order}"), _cited(book.rounding_source)
    )
    for name, value in book.thresholds.items():
        source = book.sources.get(f"thresholds.{name}")
        table.add_row(ink("界线"), ink(f"{THRESHOLDS.get(name, name)}：{value:f}"), _cited(source))
    for name, value in book.items.items():
        table.add_row(ink("分值"), ink(f"{name}：{value:f} 分"), _cited(book.sources.get(f"items.{name}")))
    for one in book.standards:
        table.add_row(ink(f"复核 {one.number}"), ink(f"{one.name}：{one.says}"), _cited(one.source))
    yield table
    for note in book.notes:
        yield ink(f"注：{note}")


def rules() -> Iterator[RenderableType]:
    """Yield the list of rules by family, and the notices of the ledger."""
    for family, title in {**FAMILIES, "LG": "台账"}.items():
        mine = [one for one in CODES if one.code.startswith(family)]
        if not mine:
            continue
        yield ink(f"{family}  {title}", "bold")
        table = columns()
        for one in mine:
            level = "停用" if one.off else SEVERITIES[one.severity]
            table.add_row(ink(f"  {one.code}"), ink(level, "dim"), ink(TITLES[one.code]))
        yield table
    yield ink("\njixiao rule 编号  显示说明、例子和依据", "dim")


def rule(code: str) -> Iterator[RenderableType]:
    """Yield the page of a rule: the level, why it is off where it is, the page itself, the source and who read it.

    Raises:
        UnknownNameError: there is none of this code or name.
    """
    found = next((one for one in CODES if code.upper() == one.code or code.lower() == one.name), None)
    if found is None:
        raise UnknownNameError(f"没有编号为“{code}”的规则。用 jixiao rule 查看全部规则。")
    yield ink(f"{found.code}  {found.name}  {SEVERITIES[found.severity]}", "bold")
    if found.off:
        yield ink(f"这条规则停用：{found.off}", "yellow")
    yield ink(found.page)
    source = found.source
    read = "（条文已核对）" if source.verified else ""
    yield ink(f"依据：{source}{read}", "dim")
    yield ink(f"级别：{SEVERITIES[found.severity]}{_weighed(found)}", "dim")


def _weighed(one: Paged) -> str:
    certain = not isinstance(one, Notice) and finds_arithmetic_errors(one)
    return "；确定的算术错误不能降级，也不能登记为不处理" if certain else ""


def _applies(book: Scheme) -> str:
    start, end = book.effective_from, book.effective_to
    years = f"{start.year if start else ''}–{end.year if end else ''} 年度" if start or end else "年度不限"
    chain = f"；沿用 {' → '.join(book.chain)}" if book.chain else ""
    return f"{book.region or '全国'}；{years}；满分 {book.total:f}{chain}"


def _add_part(table: Table, part: Part) -> None:
    points = f"{part.points:f} 分，" if part.points is not None else ""
    said = f"{points}{part.method.value}" + (f"：{part.says}" if part.says else "")
    table.add_row(ink(part.key), ink(said), _cited(part.source))
    for line in (*map(_band, part.bands), *map(_tier, part.tiers)):
        table.add_row("", ink(f"  {line}"), "")


def _band(band: Band) -> str:
    needs = f"（{band.needs}）" if band.needs else ""
    return f"{band_range(band)}{needs} 得 {per_cent(band.share)}"


def _tier(tier: Tier) -> str:
    return f"{tier.says} {tier_range(tier)}"


def _cited(source: Citation | None) -> RenderableType:
    return ink(str(source) if source is not None and source.document else "", "dim")
