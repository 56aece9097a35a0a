"""A small made-up table, row by row, for tests that say one thing about one cell."""

from jixiao.formats import read
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Reading
from jixiao.papers import recognize
from jixiao.papers.cells.stream import Stream, atoms_of

HEAD = (
    "项目支出绩效自评表",
    "（2023年度）",
    "项目名称\t\t护林员管护补助\t\t\t\t\t\t",
    "主管部门\t\t青禾县林业和草原局\t\t实施单位\t\t青禾县护林站\t\t",
    "项目资金（万元）\t\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
    "\t年度资金总额：\t\t40.00\t50.00\t45.00\t10\t90.00%\t9.00",
    "\t其中：当年财政拨款\t\t40.00\t50.00\t45.00\t\t\t",
    "年度总体目标\t预期目标\t\t\t\t实际完成情况\t\t\t",
    "\t管护林地，改善林区生态环境。\t\t\t\t完成管护任务。\t\t\t",
)
HEADING = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施"
ROWS = (
    "\t产出指标\t数量指标\t巡护林地面积\t≥800亩\t820亩\t20\t20\t",
    "\t\t质量指标\t管护合格率\t≥95%\t96%\t15\t15\t",
    "\t\t时效指标\t补助发放及时率\t=100%\t90%\t15\t13.50\t发放推迟，改进措施：提前造册。",
    "\t效益指标\t生态效益指标\t林区生态环境\t持续改善\t达成预期指标\t30\t30\t",
    "\t满意度指标\t服务对象满意度指标\t林区群众满意度\t≥90%\t93%\t10\t10\t",
)
TOTAL = "总分\t\t\t\t\t\t100\t97.50\t"


def text_of(
    rows: tuple[str, ...] = ROWS,
    *,
    head: tuple[str, ...] = HEAD,
    heading: str = HEADING,
    total: str = TOTAL,
) -> str:
    """The table as tabbed text; empty parts are left out."""
    return "\n".join(line for line in (*head, heading, *rows, total) if line)


def readings_of(text: str) -> tuple[Reading, ...]:
    """Read a text as a file."""
    return recognize(read(text.encode(), name="自评表.txt"))


def table_of(text: str) -> tuple[Evaluation, Reading]:
    """Read a text that holds one table."""
    tables = [r for r in readings_of(text) if isinstance(r.record, Evaluation)]
    assert len(tables) == 1, f"{len(tables)} tables"
    record = tables[0].record
    assert isinstance(record, Evaluation)
    return record, tables[0]


def stream_of(text: str) -> Stream:
    """The stream of a text."""
    return Stream(atoms_of(read(text.encode(), name="自评表.txt").blocks))
