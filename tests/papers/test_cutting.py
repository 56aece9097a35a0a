"""Where one paper ends and the next begins."""

from jixiao.formats import read
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers.cells.headings import find_headers
from jixiao.papers.pieces.cutting import Table, Text, cut
from tests.layouts.small import ROWS, readings_of, stream_of, text_of


def parts_of(text: str) -> tuple[Table | Text, ...]:

    return cut(read(text.encode(), name="文件").blocks)[1]


def tables(text: str) -> list[Table]:
    return [part for part in parts_of(text) if isinstance(part, Table)]


def test_a_table_begins_at_its_title_and_holds_its_notes() -> None:
    text = "各单位：\n现将自评情况报送如下。\n" + text_of() + "\n注：1.得分保留两位小数。\n"
    (table,) = tables(text)
    stream = stream_of(text)
    assert stream.fold[table.start :].startswith("项目支出绩效自评表")
    assert stream.fold[: table.end].endswith("得分保留两位小数。")


def test_each_title_begins_a_table_of_its_own() -> None:
    found = tables(text_of() + "\n\n" + text_of())
    assert [table.kind for table in found] == [Kind.SELFEVAL_TABLE, Kind.SELFEVAL_TABLE]
    assert found[0].end <= found[1].start


def test_running_text_before_a_table_is_a_part_of_its_own() -> None:
    text = (
        "青禾县护林站关于护林员管护补助项目的绩效自评报告\n一、项目概况\n全年按计划巡护林地。\n" + text_of()
    )
    parts = parts_of(text)
    assert [type(part) for part in parts] == [Text, Table]


def test_a_report_between_two_tables_belongs_to_neither() -> None:
    report = (
        "青禾县护林站关于2023年度项目支出绩效的自评报告\n一、项目概况\n全年按计划巡护林地，资金专款专用。\n"
    )
    parts = parts_of(text_of() + "\n" + report + text_of())
    assert [type(part) for part in parts] == [Table, Text, Table]


def test_headings_of_two_pages_belong_to_one_table() -> None:
    first, second = text_of(ROWS[:2], total=""), text_of(ROWS[2:], head=())
    (table,) = tables(f"{first}\n\n第 2 页 共 3 页\n\n{second}")
    assert len(table.headers) == 2


def test_a_total_ends_the_table_for_the_heading_below_it() -> None:
    assert len(tables(text_of() + "\n\n" + text_of(head=()))) == 2


def test_what_a_table_is_its_title_tells() -> None:
    def titled(title: str) -> Kind:
        return tables(text_of(head=(title,)))[0].kind

    assert titled("项目支出绩效自评表") is Kind.SELFEVAL_TABLE
    assert titled("项目支出绩效自评基础数据表") is Kind.BASE_DATA_FORM
    assert titled("项目支出绩效自评复核表") is Kind.RECHECK_TABLE
    assert titled("青禾县绩效自评核查情况表") is Kind.RECHECK_TABLE
    assert titled("耕地核查项目绩效自评表") is Kind.SELFEVAL_TABLE


def test_every_character_is_in_one_part_at_most() -> None:
    found = tables(text_of() + "\n\n" + text_of() + "\n\n" + text_of())
    edges = [edge for table in found for edge in (table.start, table.end)]
    assert edges == sorted(edges)


_SCORING = (
    "青禾县2024年度项目支出绩效评价指标及评分表\n"
    "一级指标\t二级指标\t三级指标\t分值\t指标说明及评分标准\t完成情况\t自评得分\n"
    "决策(20分)\t项目立项\t立项依据充分性\t20\t依据充分得20分\t有县级规划\t20\n"
    "过程(20分)\t资金管理\t预算执行率\t20\t执行率×20分\t95.00%\t19\n"
    "产出(30分)\t产出数量\t疏浚渠道\t30\t实际公里数/8公里×30分\t8公里\t30\n"
    "效益(30分)\t社会效益\t受益农户\t20\t不少于500户得20分\t520户\t20\n"
    "\t满意度\t群众满意度\t10\t达到90%得10分\t93%\t10\n"
    "合计\t\t\t100\t\t\t99\n"
)


def test_a_table_that_scores_results_by_a_standard_is_a_scoring_form() -> None:
    (table,) = tables(_SCORING)
    assert table.kind is Kind.SCORING_FORM


def test_satisfaction_below_benefit_is_the_scoring_frames_own_order() -> None:
    (reading,) = readings_of(_SCORING)
    assert isinstance(reading.record, Evaluation)
    last = reading.record.indicators[-1]
    assert (last.level1, last.level2, last.level3) == ("效益", "满意度", "群众满意度")
    assert not any("满意度" in doubt.why for doubt in reading.doubts)


def test_a_base_data_form_before_a_scoring_form_is_no_head_of_it() -> None:
    before = "青禾县2024年度项目支出绩效评价基础数据表\n填报单位:青禾县水利局\t项目名称:渠道疏浚\n资金来源\t合计\n\t80.00\n"
    (table,) = tables(before + _SCORING)
    assert stream_of(before + _SCORING).fold[table.start :].startswith("青禾县2024年度项目支出绩效评价指标")


def test_a_heading_over_and_over_is_the_same_heading_and_no_wider_one() -> None:
    heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分"
    headers = find_headers(stream_of("\n".join([heading] * 300)))
    assert [len(header.columns) for header in headers] == [7] * 300
    endless = find_headers(stream_of(heading.replace("\t", " ") * 40 + "\t分值\t得分\t指标值" * 300))
    assert max(len(header.columns) for header in endless) <= 60
