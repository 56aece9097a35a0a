"""Reviews to draft from, made and written to files and read again; and blanks filled in with neutral words."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from jixiao import api, formats
from jixiao.audit import audit
from jixiao.layout import PLACEHOLDER, Block, Layout, Line
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.papers.drafts import Draft, Scope, list_outlines, load_outline
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score
from tests.layouts.invention import invent
from tests.proof.clean import filing, unit

OF_ONE = tuple(name for name in list_outlines() if load_outline(name).scope is Scope.PROJECT)
FORMS = ("f-10", "f-ah-note", "f-gs", "f-sc", "f-hb", "f-bj16", "f-yn", "f-sys", "f-ah-imp")
Reviewed = tuple[Review, Scheme]


@cache
def clean(seed: int) -> Reviewed:
    """A table without a fault, as it is read from its page, of the first seed from here on that gives one."""
    for n in range(seed, seed + 50):
        made = filing(Random(n))
        if made.filing.readings[0].kind is Kind.SELFEVAL_TABLE:
            return through_text(made.table, made.scheme)
    raise AssertionError("no seed gives a self-evaluation table")


@cache
def invented(seed: int) -> Reviewed:
    """A table with any scores and reasons, faults among them, on one of the forms."""
    form = FORMS[seed % len(FORMS)]
    own = (name for name in list_schemes() if (load_scheme(name).form or "").lower() == form)
    return through_text(invent(Random(seed), load_form(form)), load_scheme(next(own, "national-2020")))


def department(seed: int) -> list[Reviewed]:
    """The tables of one town government, without a fault, each read from a file of its own."""
    made = unit(Random(seed))
    return [through_text(one.table, one.scheme, f"自评表{n}.txt") for n, one in enumerate(made)]


def through_text(table: Evaluation, scheme: Scheme, name: str = "自评表.txt") -> Reviewed:
    """Write a table as text, read it again and review it."""
    page = lay_out(table, table.form or "f-10")
    return reviewed(api.read_papers(formats.write(page, "text"), name=name), scheme), scheme


def reviewed(readings: tuple[Reading, ...], scheme: Scheme) -> Review:
    """Review the one filing that has a table."""
    (own,) = [one for one in api.file_together(readings) if one.evaluation is not None]
    return review_of(own, scheme)


def review_of(own: Filing, scheme: Scheme) -> Review:
    """Review a filing under a rule-book that somebody named."""
    assert own.evaluation is not None
    sheet = score(own.evaluation, scheme, why="由人指定", supplied=own.supplied)
    return Review(own, sheet, audit(own, sheet, scheme), scheme.id, scheme.digest)


def of_table(table: Evaluation, scheme: str = "national-2020") -> Reviewed:
    """Review a table that was never on paper."""
    own = Filing((Reading(Kind.SELFEVAL_TABLE, table, file="自评表.xlsx"),), table, 0)
    return review_of(own, load_scheme(scheme)), load_scheme(scheme)


def texts(layout: Layout) -> Iterator[str]:
    """Yield the texts of lines and cells in reading order."""
    for block in layout.blocks:
        yield from (block.text,) if isinstance(block, Line) else (cell.text for cell in block.cells)


def own_words(made: Draft) -> Iterator[str]:
    """Yield the texts of a draft with a square for each letter that was taken from the record."""
    left: dict[tuple[int, tuple[int, int] | None], str] = {}
    for n, block in enumerate(made.layout.blocks):
        if isinstance(block, Line):
            left[n, None] = block.text
        else:
            left |= {(n, (cell.row, cell.column)): cell.text for cell in block.cells}
    for one in made.bindings:
        text = left[one.block, one.cell]
        assert text[one.start : one.end] == one.text or "□" in text
        left[one.block, one.cell] = text[: one.start] + "□" * len(one.text) + text[one.end :]
    yield from left.values()


# What a clerk may write into a blank, by a word of what is wanted; the first that fits.
_ANSWERS = (
    ("佐证材料", "佐证材料为12月15日的验收记录，抽查30份。"), ("更正的责任", "由财务室在次年3月15日前更正。"),
    ("成文日期", "2025年3月18日"), ("等级", "良"), ("文字号", "《青禾县财政支出项目管理办法》（青政发〔2023〕5号）。"),
    ("批准文件", "因上级资金下达较晚，年中按规定调整预算，见《青禾县预算调整方案》（青政发〔2023〕6号）。"),
    ("结余", "因部分合同尾款未到支付期，结余资金按规定结转下年使用。"), ("原因", "主要是年初测算时对工作量估计不足。"),
    ("措施", "次年3月底前由业务股室修订实施计划，按月核对进度。"), ("建议", "次年3月底前由财务室修订支付审核流程。"),
    ("有效份数", "年末以问卷方式向服务对象调查，份数见调查汇总表。"), ("公开", "自评结果作为编制下年度预算的参考，随部门决算公开。"),
    ("批复的年度绩效目标", "按批复的年度指标值完成全年任务，具体数量见自评表。"), ("问题", "个别报表报送时间较晚。"),
)  # fmt: skip
_ELSE = (
    "有关情况由业务股室和财务室逐项核实，材料已归档。", "相关资料存放在单位档案室，由专人保管。",
    "具体安排在年度工作计划中写明，由业务股室负责，于6月底前完成。", "相关内容见附件所列的清单。",
)  # fmt: skip


def filled(layout: Layout, rng: Random) -> Layout:
    """Fill every blank in with neutral words."""

    def answered(text: str) -> str:
        return PLACEHOLDER.sub(lambda m: _answer(m.group(), rng), text)

    def block_of(block: Block) -> Block:
        if isinstance(block, Line):
            return replace(block, text=answered(block.text))
        return replace(block, cells=tuple(replace(cell, text=answered(cell.text)) for cell in block.cells))

    return replace(layout, blocks=tuple(map(block_of, layout.blocks)))


def _answer(wanted: str, rng: Random) -> str:
    return next((answer for word, answer in _ANSWERS if word in wanted), None) or rng.choice(_ELSE)
