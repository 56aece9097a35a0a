"""The parts of a document that are always the same: its styles, fonts, settings and page numbers.

Running text is set as GB/T 9704-2012 (党政机关公文格式) says: title 方正小标宋 2号, text 仿宋 3号 with 28
characters a line and 22 lines a page, headings 黑体, 楷体, 仿宋, page numbers — 1 — outside. Tables are 宋体. Fonts
have their official names; where one is missing, the table of fonts names what may stand for it.
"""

from jixiao.formats.packing import KINDS

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = f'xmlns:w="{MAIN}" xmlns:r="{KINDS}"'
LATIN = "Times New Roman"
FANG, KAI, HEI, SONG, TITLE_FONT = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
STANDS_FOR = {
    FANG: "仿宋,FangSong,华文仿宋",
    KAI: "楷体,KaiTi,华文楷体",
    HEI: "SimHei",
    SONG: "SimSun",
    TITLE_FONT: "方正小标宋_GBK,华文中宋,宋体",
}
PITCH = 579  # twentieths of a point: 22 lines on a page
DEEPEST_HEADING = 9
SEAM_STYLE = "JixiaoSeam"  # between two parts of one table
TABLE_SIZES = {"": 21, "Small": 18}  # half points: 五号, 小五
TABLE_PITCHES = {"": 270, "Small": 234}  # twentieths of a point, whatever the font: the same in every program


HEADINGS = {1: (HEI, ""), 2: (KAI, ""), 3: (FANG, "<w:b/><w:bCs/>")}  # those below are as the text


def _fonts(east: str, latin: str = LATIN) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def _style(id_: str, name: str, paragraph: str, run: str) -> str:
    follows = '<w:basedOn w:val="Normal"/>' if id_ != "Normal" else ""
    first = ' w:default="1"' if id_ == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{id_}"><w:name w:val="{name}"/>{follows}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _exact(pitch: int = PITCH) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/>'


SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
CLOSE = '<w:spacing w:val="-5"/>'  # 28 characters on a line of 156 mm
BOTH, CENTER, RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("both", "center", "right"))


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _heading(level: int) -> str:
    font, bold = HEADINGS.get(level, (FANG, ""))
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{_exact()}{INDENT}{BOTH}{outline}",
        f"{_fonts(font)}{bold}{CLOSE}{_size(32)}",
    )


def _table_styles() -> str:
    return "".join(
        _style(
            f"Cell{side}{name}",
            f"Cell {side} {name}".strip(),
            _exact(TABLE_PITCHES[name]) + jc,
            _fonts(SONG, SONG) + _size(size),
        )
        for name, size in TABLE_SIZES.items()
        for side, jc in (("Left", ""), ("Middle", CENTER))
    )  # fmt: skip


def _all_styles() -> str:
    fonts = f"{_fonts(FANG)}{_size(32)}"
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    title = f'<w:keepNext/><w:keepLines/>{_exact(700)}{CENTER}<w:outlineLvl w:val="0"/>'
    signature = f'<w:keepLines/>{_exact()}<w:ind w:rightChars="200" w:right="640"/>{RIGHT}'
    plain = f"{_fonts(SONG, SONG)}"
    return "".join((
        f"<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{language}</w:rPr></w:rPrDefault>",
        "<w:pPrDefault/></w:docDefaults>",
        _style("Normal", "Normal", SINGLE, fonts),
        _style("Title", "Title", title, f"{_fonts(TITLE_FONT)}{_size(44)}"),
        _style("Subtitle", "Subtitle", f"<w:keepNext/>{_exact()}{CENTER}", f"{_fonts(KAI)}{_size(32)}"),
        "".join(map(_heading, range(1, DEEPEST_HEADING + 1))),
        _style("BodyText", "Body Text", f"{_exact()}{INDENT}{BOTH}", f"{_fonts(FANG)}{CLOSE}{_size(32)}"),
        _style("Signature", "Signature", signature, f"{_fonts(FANG)}{_size(32)}"),
        _style("Note", "Note", f"{SINGLE}{BOTH}", f"{plain}{_size(18)}"),
        _style("FormText", "Form Text", f"{SINGLE}{BOTH}", f"{plain}{_size(21)}"),
        _style("FormSubtitle", "Form Subtitle", f"<w:keepNext/>{SINGLE}{CENTER}", f"{plain}{_size(24)}"),
        _style("FormSignature", "Form Signature", f"<w:keepLines/>{SINGLE}{RIGHT}", f"{plain}{_size(21)}"),
        _style(SEAM_STYLE, SEAM_STYLE, f"<w:keepNext/>{_exact(20)}", _size(2)),
        _style("Close", "Close", _exact(20), _size(2)),
        _style("Footer", "footer", SINGLE, f"{plain}{_size(28)}"),
        _table_styles(),
        "</w:styles>",
    ))  # fmt: skip


STYLES = _all_styles()
FONTS = f"<w:fonts {NAMES}>" + "".join(
    f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
    for name, others in STANDS_FOR.items()
) + "</w:fonts>"  # fmt: skip
SETTINGS = (
    f'<w:settings {NAMES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat></w:settings>'
)


def _footer(indent: str, side: str) -> str:
    runs = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    look = f'<w:pStyle w:val="Footer"/><w:ind {indent}/><w:jc w:val="{side}"/>'
    return f"<w:ftr {NAMES}><w:p><w:pPr>{look}</w:pPr>{runs}</w:p></w:ftr>"


ODD_FOOTER = _footer('w:rightChars="100" w:right="280"', "right")
EVEN_FOOTER = _footer('w:leftChars="100" w:left="280"', "left")
