"""Lines of a web site around a paper."""

import pytest

from jixiao.layout import Line
from jixiao.papers.pieces.site_lines import is_site_line, without_site_lines


@pytest.mark.parametrize(
    "line",
    [
        "您当前所在位置: 首页 > 信息公开 > 东塘镇 > 财政预决算",
        "当前位置：首页>政务公开>预决算",
        "来源：青禾县水利局  发布时间：2023-05-19 15:04  选择阅读字号：[ ]  阅读次数：12",
        "浏览次数: 发表时间:2025-03-20 08:44 信息来源:青禾县教育局  字体:[  ]",
        "索引号 00000000-X/20240326-00135 发布机构 青禾县教育体育局",
        "公开目录 绩效自评报告 发布日期 2024-03-26",
        "【字体：大 中 小】 打印",
        "【打印】【关闭】",
        "访问量：",
    ],
)
def test_the_sites_own_lines_are_told(line: str) -> None:
    assert is_site_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "青禾县水利局2023年度机井维修项目绩效自评报告",
        "项目位置：青禾县东塘镇三河村",
        "资金来源：县级财政拨款120万元",
        "（A）",
        "中",
        "时间：2023年6月完工。",
        "发布时间不及时，群众知晓率偏低。",
    ],
)
def test_the_papers_own_lines_are_kept(line: str) -> None:
    assert not is_site_line(line)


def test_only_the_top_of_a_file_is_looked_at() -> None:
    lines = tuple(Line(text) for text in ("访问量：", *["正文"] * 30, "访问量："))
    assert [b.text for b in without_site_lines(lines) if isinstance(b, Line)] == [*["正文"] * 30, "访问量："]
