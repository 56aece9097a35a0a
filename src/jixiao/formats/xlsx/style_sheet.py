"""The styles of a user's workbook, added to and never changed: what was numbered keeps its number and its looks."""

from copy import deepcopy
from dataclasses import dataclass, field

from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, child_of, children, parsed
from jixiao.formats.xlsx.workbook_parts import Book, in_order, tag

STYLES_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
FIRST_OWN_CODE = 164  # numbers below stand for formats that every program knows
CHANGED_FILL = "FFFFF2CC"


@dataclass(slots=True)
class Styles:
    """The style part of a workbook, None where it has none: all styles are then 0, the plain one."""

    path: str | None
    root: Element | None
    made: dict[tuple[int, str], int] = field(default_factory=dict)

    def keep(self, book: Book) -> None:
        """Put the part back if anything was added."""
        if self.path is not None and self.root is not None and self.made:
            book.package.put(self.path, self.root)

    def coloured(self, style: int, code: str = "") -> int:
        """Return the number of a style like another, with the fill of what was changed and perhaps a number format."""
        if self.root is None:
            return style
        if (style, code) not in self.made:
            xfs = in_order(self.root, "cellXfs", STYLES_ORDER)
            one = deepcopy(xfs[style]) if style < len(xfs) else None
            one = xfs.makeelement(tag("xf")) if one is None else one
            one.set("fillId", str(self._fill()))
            one.set("applyFill", "1")
            if code:
                one.set("numFmtId", str(self._code(code)))
                one.set("applyNumberFormat", "1")
            self.made[style, code] = _added(xfs, one)
        return self.made[style, code]

    def written(self, name: str, markup: tuple[str, str, str, str]) -> int:
        """Add a style of our own, once; `markup` is its font, fill, border and the inside of its xf."""
        if self.root is None:
            return 0
        if (-1, name) not in self.made:
            ids = [
                self._part(part, inner)
                for part, inner in zip(("fonts", "fills", "borders"), markup[:3], strict=True)
            ]
            font, fill, border = ids
            xf = _element(
                f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1"'
                f' applyFill="1" applyBorder="1" applyAlignment="1">{markup[3]}</xf>'
            )
            self.made[-1, name] = _added(in_order(self.root, "cellXfs", STYLES_ORDER), xf)
        return self.made[-1, name]

    def _part(self, part: str, inner: str) -> int:
        """Add a font, fill or border; the first of each stands for none."""
        if not inner:
            return 0
        return _added(in_order(self.root, part, STYLES_ORDER), _element(inner))

    def _fill(self) -> int:
        if (-2, "") not in self.made:
            inner = f'<fgColor rgb="{CHANGED_FILL}"/><bgColor indexed="64"/>'
            markup = f'<fill><patternFill patternType="solid">{inner}</patternFill></fill>'
            self.made[-2, ""] = self._part("fills", markup)
        return self.made[-2, ""]

    def _code(self, code: str) -> int:
        formats = in_order(self.root, "numFmts", STYLES_ORDER)
        for one in formats:
            if one.get("formatCode") == code:
                return whole_number(one.get("numFmtId"), FIRST_OWN_CODE)
        number = max((whole_number(one.get("numFmtId"), 0) for one in formats), default=0)
        number = max(number, FIRST_OWN_CODE - 1) + 1
        new = child_of(formats, tag("numFmt"))
        new.set("numFmtId", str(number))
        new.set("formatCode", code)
        formats.set("count", str(len(formats)))
        return number


def styles_of(book: Book) -> Styles:
    """Open the styles of a workbook."""
    path = book.related("styles")
    if path is None or path not in book.package:
        return Styles(None, None)
    root = book.package.tree(path)
    if any(not children(root, part) for part in ("fonts", "fills", "borders", "cellXfs")):
        return Styles(None, None)  # a first font of ours would be the font of every cell
    return Styles(path, root)


def _element(markup: str) -> Element:
    opening, _, rest = markup.partition(" " if " " in markup.partition(">")[0] else ">")
    glue = " " if " " in markup.partition(">")[0] else ">"
    namespace = tag("").strip("{}")
    return parsed(f'{opening} xmlns="{namespace}"{glue}{rest}'.encode(), markup)


def _added(listed: Element, one: Element) -> int:
    listed.append(one)
    listed.set("count", str(len(listed)))
    return len(listed) - 1
