"""A printed department report and the projects' own papers in one folder: `jixiao check` says where they part."""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import WAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from tests.command import Jixiao

CODES = "AR17,XD05,XD08,CL09"
PROJECTS = (
    ("东塘灌区渠道清淤", "40.00", "36.00", "94"), ("西河泵站维修", "60.00", "60.00", "100"),
    ("南山水质监测", "100.00", "80.00", "86"),
)  # fmt: skip
REPORT = """青禾县水利局2024年度部门项目支出绩效自评工作报告

一、绩效自评工作组织开展情况
我局成立自评工作小组，逐项核对。
二、绩效目标实现情况
2024年度青禾县水利局纳入绩效自评的预算项目共计{count}个，预算资金{budget}万元，实际支出176.00万元。\
自评得分90分（含）以上的项目{high}个，60分（含）至90分的项目1个，60分以下的项目0个。
各项目平均得分{mean}分。
三、绩效目标设定质量情况
目标设定与预算匹配。
四、整改措施及结果应用
加快执行。

项目支出绩效自评情况表
序号\t项目名称\t预算数（万元）\t执行数（万元）\t自评得分
{rows}
青禾县水利局
2025年3月20日
"""
TRUE = {"count": "3", "budget": "200.00", "high": "2", "mean": "93.33"}


def table(name: str, annual: str, executed: str, total: str) -> Evaluation:
    line = FundLine(*(figure_of(text, WAN) for text in (annual, annual, executed)))
    rest = Decimal(total) - Decimal(10)
    row = Indicator(
        "产出指标", "数量指标", "完成数量", target=parse_target("≥20处"), actual=parse_actual("20处"), points=Decimal(90),
        score_printed=rest,
    )  # fmt: skip
    return Evaluation(
        Project(name, department="青禾县水利局", unit="青禾县水利局"), 2024, Funds(WAN, line, fiscal=line),
        Execution(Decimal(10), score_printed=Decimal(10)), indicators=(row,), points_printed=Decimal(100),
        total_printed=Decimal(total), form="F-10",
    )  # fmt: skip


def folder(at: Path, *more: Evaluation, rows: str | None = None, **told: str) -> Path:
    for number, one in enumerate([*(table(*project) for project in PROJECTS), *more]):
        (at / f"自评表{number}.txt").write_bytes(api.render(one, paper="selfeval_table", format="text"))
    own = "\n".join(f"{n}\t" + "\t".join(project) for n, project in enumerate(PROJECTS, 1))
    (at / "部门报告.txt").write_text(REPORT.format(**(TRUE | told), rows=rows or own), "utf-8")
    return at


def found(jixiao: Jixiao, at: Path) -> list[tuple[str, str]]:
    told = jixiao(
        "check", at, "--select", CODES, "--scheme", "hebei-xushui", "--jobs", "1", "--format", "json"
    ).json
    return [(one["rule"], one["message"]) for one in told["findings"]]


def test_a_report_that_adds_up_to_its_projects_is_let_be(jixiao: Jixiao, tmp_path: Path) -> None:
    assert found(jixiao, folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("told", "code", "says"),
    [
        ({"budget": "220.00"}, "AR17", "200"),
        ({"high": "3"}, "AR17", "90分"),
        ({"mean": "95.00"}, "AR17", "93.33"),
        ({"count": "4"}, "XD08", "列出 3 个"),
        ({"rows": "\n".join(f"{n}\t" + "\t".join(project) for n, project in
                            enumerate([*PROJECTS[:2], ("南山水质监测", "100.00", "80.00", "96")], 1))}, "AR17", "96"),
        ({"rows": "\n".join(f"{n}\t" + "\t".join(project) for n, project in
                            enumerate([*PROJECTS, PROJECTS[1]], 1))}, "CL09", "第 2 个和第 4 个"),
    ],
    ids=["budget", "bands", "mean", "count", "score", "twice"],
)  # fmt: skip
def test_where_they_part_is_said(
    jixiao: Jixiao, tmp_path: Path, told: dict[str, str], code: str, says: str
) -> None:
    messages = [message for rule, message in found(jixiao, folder(tmp_path, **told)) if rule == code]
    assert any(says in message for message in messages), messages


def test_a_project_with_two_unlike_tables_is_said(jixiao: Jixiao, tmp_path: Path) -> None:
    again = table("西河泵站维修", "60.00", "60.00", "97")
    assert "CL09" in {rule for rule, _ in found(jixiao, folder(tmp_path, again))}
