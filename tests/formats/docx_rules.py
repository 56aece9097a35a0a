"""What Word refuses in a document, or mends with a warning (ECMA-376 part 1, chapter 17)."""

import itertools
from collections.abc import Iterator

from tests.formats.comment_rules import document_comment_faults
from tests.formats.package_rules import Parts, Tree, local, order_faults, package_faults, twice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RPR = (
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
)
PPR = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)
ORDERS = {
    "rPr": RPR,
    "pPr": PPR,
    "tblPr": ["tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange"],
    "tcPr": ["cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange"],
    "tblBorders": ["top", "left", "start", "bottom", "right", "end", "insideH", "insideV"],
    "tblCellMar": ["top", "left", "start", "bottom", "right", "end"],
    "sectPr": ["headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"],
    "tbl": ["bookmarkStart", "bookmarkEnd", "tblPr", "tblGrid", "tr"],
    "tr": ["tblPrEx", "trPr", "tc"],
    "trPr": ["cantSplit", "trHeight", "tblHeader"],
    "tc": ["tcPr", "p"],
    "style": ["name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"],
    "styles": ["docDefaults", "latentStyles", "style"],
    "docDefaults": ["rPrDefault", "pPrDefault"],
    "font": ["altName", "panose1", "charset", "family", "notTrueType", "pitch", "sig", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"],
    "settings": ["writeProtection", "view", "zoom", "mirrorMargins", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat"],
    "r": ["rPr", "t", "br", "tab", "delText", "commentReference", "drawing"],
}  # fmt: skip
MIXED = ("r",)  # what may stand in any order behind its properties
LONGEST_BOOKMARK = 40


def docx_faults(data: bytes) -> list[str]:
    """List what breaks a rule."""
    parts = Parts(data)
    if found := list(package_faults(parts)):
        return found
    orders = {name: order for name, order in ORDERS.items() if name not in MIXED}
    for name, tree in parts.trees.items():
        if name.startswith("word/"):
            found += [f"{name}: {fault}" for fault in order_faults(tree, orders)]
    body = parts.trees["word/document.xml"][0]
    found += _order_of_blocks(body)
    found += _references(parts, body)
    found += document_comment_faults(parts)
    for table in body.iter(f"{W}tbl"):
        found += _table_faults(table)
    return found


def _order_of_blocks(body: Tree) -> Iterator[str]:
    names = [local(child) for child in body if not local(child).startswith("bookmark")]
    if names[-1] != "sectPr" or names.count("sectPr") != 1:
        yield "the body does not end with its section"
    for one, after in itertools.pairwise(names):
        if one == "tbl" and after != "p":
            yield f"a table is followed by {after}"
    for run in body.iter(f"{W}r"):
        if any(
            local(child) not in ORDERS["r"] or (local(child) == "rPr" and at) for at, child in enumerate(run)
        ):
            yield f"a run has {[local(child) for child in run]}"


def _references(parts: Parts, body: Tree) -> Iterator[str]:
    styles = [str(one.get(f"{W}styleId")) for one in parts.trees["word/styles.xml"].iter(f"{W}style")]
    yield from (f"style {one} stands twice" for one in twice(styles))
    used = {str(one.get(f"{W}val")) for tree in parts.trees.values() for one in tree.iter(f"{W}pStyle")}
    yield from (f"style {one} is not there" for one in sorted(used - set(styles)))
    marks = list(body.iter(f"{W}bookmarkStart"))
    for key in ("id", "name"):
        values = [str(mark.get(f"{W}{key}")).lower() for mark in marks]
        yield from (f"bookmark {key} {one} stands twice" for one in twice(values))
        yield from (f"bookmark {one} is too long" for one in values if len(one) > LONGEST_BOOKMARK)
    ends = [str(mark.get(f"{W}id")) for mark in body.iter(f"{W}bookmarkEnd")]
    if sorted(ends) != sorted(str(mark.get(f"{W}id")) for mark in marks):
        yield "a bookmark begins or ends alone"


def _table_faults(table: Tree) -> Iterator[str]:
    grid = table.find(f"{W}tblGrid")
    columns = 0 if grid is None else len(grid)
    for row in table.iter(f"{W}tr"):
        across = 0
        for cell in row.iter(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            across += 1 if span is None else int(str(span.get(f"{W}val")))
            if local(cell[-1]) != "p":
                yield "a cell does not end with a paragraph"
        if across != columns:
            yield f"a row has {across} columns, its table {columns}"
