"""Province and region of a filing: by what is written in it, silent where nothing tells."""

import pytest

from jixiao.batch.places import _PREFECTURES, PROVINCES, province_of, region_of
from jixiao.model.evaluation import Evaluation, Project


def _of(unit: str | None, *, code: str | None = None) -> Evaluation:
    return Evaluation(Project("护林员补助", code, None, unit))


@pytest.mark.parametrize(
    ("unit", "province", "region"),
    [
        ("安徽省池州市贵池区水利局", "安徽省", "安徽省池州市贵池区"),
        ("怀远县财政局", "安徽省", "怀远县"),  # a rule-book knows where it lies
        ("新疆维吾尔自治区审计厅", "新疆维吾尔自治区", "新疆维吾尔自治区"),
        ("广西民政厅", "广西壮族自治区", None),
        ("北京市朝阳区文化馆", "北京市", "北京市朝阳区"),
        ("海南藏族自治州民政局", "青海省", "海南藏族自治州"),
        ("池州市贵池区水利局", "安徽省", "池州市贵池区"),
        ("吉林市财政局", "吉林省", "吉林市"),
        ("南京路小学", None, None),
        ("河南县民政局", None, "河南县"),
        ("北京路小学", None, None),
        ("会宁县水务局", None, "会宁县"),  # not 宁县
        ("青禾县东塘镇人民政府", None, "青禾县"),
        ("云岭市城市管理局", None, "云岭市"),
        ("市社区服务中心", None, None),
        (None, None, None),
    ],
)
def test_a_place_is_what_the_unit_names(unit: str | None, province: str | None, region: str | None) -> None:
    assert (province_of(_of(unit)), region_of(_of(unit))) == (province, region)


def test_the_division_code_of_the_project_tells_where_its_unit_doesnt() -> None:
    coded = "51990123T000000123"
    assert province_of(_of("东塘镇人民政府", code=coded)) == "四川省"
    assert province_of(_of("浙江省水利厅", code=coded)) == "浙江省"


def test_other_words_count_where_the_table_says_nothing() -> None:
    assert province_of(_of("水利局"), ("甘肃省庆阳市",)) == "甘肃省"
    assert province_of(_of("水利局"), ("甘肃省庆阳市", "云南省水利厅")) is None


def test_the_folder_counts_last() -> None:
    assert province_of(_of("东塘镇人民政府"), (), ("2024", "安徽省", "青禾县")) == "安徽省"
    assert province_of(_of("怀远县财政局"), (), ("云南省",)) == "安徽省"
    assert province_of(_of("东塘镇人民政府"), (), ("云南省", "安徽省")) is None


def test_every_prefecture_lies_in_one_province() -> None:
    assert len(_PREFECTURES) == 333
    assert set(_PREFECTURES.values()) <= set(PROVINCES.values())
    assert all(name.endswith(("市", "州", "地区", "盟")) for name in _PREFECTURES)
