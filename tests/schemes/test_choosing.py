"""A paper's rule-book is found from its place, year, notes, form and points, and the sentence says what decided."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from jixiao.model.evaluation import ClassMark, Evaluation, Execution, Indicator, Project
from jixiao.model.reading import Kind
from jixiao.schemes import choose_scheme, find_scheme, list_schemes, load_scheme

REVERSE = "3. 若定量指标为反向指标，则得分计算方法应用 年度指标值 / 全年实际值×该指标分值。"
LAW_101 = "2. 按照财预〔2021〕101号文件赋分。"
COST = {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}


@dataclass(frozen=True, slots=True)
class Paper:
    """An invented paper: what it shows, and what should be chosen for which words."""

    wanted: str
    says: str
    unit: str | None = None
    department: str | None = None
    name: str | None = None
    notes: tuple[str, ...] = ()
    form: str | None = None
    points: int | None = None
    year: int | None = 2023
    kind: Kind = Kind.SELFEVAL_TABLE
    texts: tuple[str, ...] = ()
    classes: tuple[tuple[str, int], ...] = ()


PAPERS = {
    "a county by its unit": Paper("gansu-ningxian", "单位所在地“宁县”", unit="宁县柳树镇人民政府", year=2024),
    "a county behind its city": Paper("gansu-ningxian", "“宁县”", unit="庆阳市宁县水务局"),
    "a county behind a number": Paper("anhui-huaiyuan", "“怀远县”", unit="061001-怀远县水利局"),
    "a county by its department": Paper("anhui-huaiyuan", "“怀远县”", unit="机关", department="怀远县水利局"),
    "a county without its last character": Paper("anhui-huaiyuan", "“怀远”", unit="怀远水利局"),
    "another county that ends alike": Paper("national-2020", "没有与该地区", unit="会宁县水务局"),
    "a third county that ends alike": Paper("national-2020", "没有与该地区", unit="武宁县水务局"),
    "a town of the county's name elsewhere": Paper("national-2020", "没有与该地区", unit="怀远镇人民政府"),
    "the same town behind its city": Paper("national-2020", "没有与该地区", unit="云岭市怀远镇人民政府"),
    "place and notes": Paper("anhui-huaiyuan", "据单位所在地“怀远县”和表后注3选用", unit="怀远县水利局", notes=("注：1. 一级指标分值。", REVERSE)),
    "notes alone": Paper("anhui-huaiyuan", "据表后注3选用（材料没有写明属于", unit="青禾县水利局", notes=(REVERSE,)),
    "place beats notes": Paper("gansu-ningxian", "“宁县”", unit="宁县水务局", notes=(REVERSE,)),
    "a district of its own year": Paper("anhui-guichi", "“贵池区”", unit="219-池州市贵池区柳树镇人民政府", year=2022),
    "a year before the rule-book": Paper("national-2020", "anhui-huaiyuan 不适用于 2022 年度", unit="怀远县水利局", year=2022),
    "no year": Paper("anhui-huaiyuan", "“怀远县”", unit="怀远县水利局", year=None),
    "a unit that only the report names": Paper("gansu-ningxian", "材料中的地名“宁县”", texts=("宁县水务局",)),
    "a unit without a place, in a report that names it": Paper("hebei-xushui", "材料中的地名“徐水区”", unit="柳树镇", kind=Kind.DEPARTMENT_REPORT, texts=("按照保定市徐水区财政局的通知要求",)),
    "a unit with a place, in a report that names another": Paper("national-2020", "没有与该地区", unit="青禾县水利局", texts=("对口支援宁县",)),
    "another place in running text": Paper("national-2020", "没有与该地区", unit="柳树镇", texts=("赴会宁县学习",)),
    "a scoring form of a county": Paper("guangdong-zhanjiang", "“徐闻县”", unit="徐闻县民政局", kind=Kind.SCORING_FORM, year=2022),
    "the county's self-evaluation table": Paper("national-2020", "没有与该地区", unit="徐闻县民政局", year=2022),
    "an evaluation report": Paper("national-2020-evaluation", "全国通用的 national-2020-evaluation", unit="怀远县水利局", kind=Kind.EVALUATION_REPORT),
    "a re-check": Paper("chengdu-pidu-recheck", "“郫都区”", unit="成都市郫都区财政局", kind=Kind.RECHECK_TABLE),
    "a form alone": Paper("national-2020", "没有与该地区", unit="青禾县水利局", form="F-SC"),
    "a form alone that another region has too": Paper("national-2020", "没有与该地区", unit="青禾县水利局", form="F-HB"),
    "a form and the division code of the project": Paper("sichuan-system", "项目编码中的区划代码 510000 和表样“F-SC”", unit="青禾县水利局", name="51000023T000000012345-培训费", form="F-SC"),
    "a division code against the unit's own place": Paper("anhui-huaiyuan", "“怀远县”", unit="怀远县水利局", name="62102623T000000012345-培训费"),
    "a number that is no division code": Paper("national-2020", "没有与该地区", unit="青禾县水利局", name="510000-培训费"),
    "a form and a city of its province": Paper("yunnan-disclosure", "“丽江市”和表样“F-YN”", unit="丽江市青禾区水利局", form="F-YN"),
    "a form with 20 points": Paper("hubei-2020", "表样“F-HB”和预算执行率 20 分", unit="区商务局", form="F-HB", points=20, year=2020),
    "a province whose book wants 20 points": Paper("national-2020", "没有与该地区", unit="湖北省水利厅", points=10),
    "a system's province without its form": Paper("national-2020", "广西的系统口径只用于系统表样", unit="广西青禾县水利局", form="F-10"),
    "a system's province with its form": Paper("guangxi", "“广西”和表样“F-SYS”", unit="广西青禾县水利局", form="F-SYS"),
    "a system's form of nobody's province": Paper("national-2020", "没有与该地区", unit="青禾县水利局", form="F-SYS"),
    "weights of 101 without the law": Paper("national-2020", "各类分值与财预〔2021〕101号相同，但注文没有提到该文", unit="青禾县水利局", classes=tuple(COST.items())),
    "weights of 101 with the law": Paper("national-2021", "据表后注2和各类分值选用", unit="青禾县水利局", notes=(LAW_101,), classes=tuple(COST.items())),
    "weights of 101 with its bands": Paper("national-2021", "据表后注1和各类分值选用", unit="青禾县水利局", notes=("1.预算执行率得分：执行率在80%（含）至100%之间的得7分，60%（含）至80%之间的得5分。",), classes=tuple(COST.items())),
    "the law without cost": Paper("national-2021-nocost", "各类分值", unit="青禾县水利局", notes=(LAW_101,), classes=(("产出", 50), ("效益指标（30分）", 30), ("服务对象满意度指标", 10))),
    "the law with other weights": Paper("national-2020", "没有与该地区", unit="青禾县水利局", notes=(LAW_101,), classes=(("产出指标", 60), ("效益指标", 30))),
    "weights of 101 in a county of its own": Paper("gansu-ningxian", "“宁县”", unit="宁县水务局", classes=tuple(COST.items())),
    "nothing known": Paper("national-2020", "按全国通用的 national-2020", year=None),
}  # fmt: skip


def evaluation_of(paper: Paper) -> Evaluation:
    return Evaluation(
        project=Project(name=paper.name, unit=paper.unit, department=paper.department),
        year=paper.year,
        execution=Execution(points=Decimal(paper.points) if paper.points is not None else None),
        classes=tuple(ClassMark(name, points=Decimal(points)) for name, points in paper.classes),
        notes=paper.notes,
        form=paper.form,
    )


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_rule_book_is_chosen_and_the_sentence_says_why(paper: Paper) -> None:
    choice = choose_scheme(evaluation_of(paper), kind=paper.kind, texts=paper.texts)
    assert choice.scheme.id == paper.wanted, choice.why
    assert paper.says in choice.why


def test_weights_are_added_up_from_the_rows_where_no_class_prints_them() -> None:
    rows = tuple(Indicator(level1=name, points=Decimal(points)) for name, points in COST.items())
    evaluation = Evaluation(indicators=rows, notes=(LAW_101,), year=2023)
    assert choose_scheme(evaluation).scheme.id == "national-2021"


def test_rows_without_points_match_no_weights() -> None:
    rows = (*(Indicator(level1=name, points=Decimal(points)) for name, points in COST.items()), Indicator())
    assert choose_scheme(Evaluation(indicators=rows, notes=(LAW_101,))).scheme.id == "national-2020"


def test_a_given_year_goes_before_the_papers_own() -> None:
    evaluation = Evaluation(project=Project(unit="怀远县水利局"), year=2023)
    assert choose_scheme(evaluation, year=2021).scheme.id == "national-2020"


def test_two_books_that_fit_alike_are_left_to_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = tuple(
        load_scheme(scheme_id) for scheme_id in ("anhui-huaiyuan", "anhui-huaiyuan", "national-2020")
    )
    monkeypatch.setattr("jixiao.schemes.choosing.all_schemes", lambda: twins)
    choice = choose_scheme(Evaluation(notes=(REVERSE,)))
    assert choice.scheme.id == "national-2020"
    assert "同样相符，不能确定用哪一份" in choice.why


def test_a_place_and_a_year_find_their_book() -> None:
    assert find_scheme("安徽省怀远县", 2023).id == "anhui-huaiyuan"
    assert find_scheme("怀远县", 2021).id == "national-2020"
    assert find_scheme("青禾县", 2023).id == "national-2020"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_paper_has_one_nation_wide_book(kind: Kind) -> None:
    matches = [load_scheme(scheme_id).match for scheme_id in list_schemes()]
    assert sum(match.fallback and kind in match.kinds for match in matches) == 1


def test_every_criterion_of_a_book_is_one_that_a_paper_can_meet() -> None:
    for scheme_id in list_schemes():
        match = load_scheme(scheme_id).match
        alone = bool(match.regions or match.notes or match.forms)
        assert alone or match.fallback or not match.kinds, f"{scheme_id} can never be chosen: give kinds = []"
