"""Lists from a workbook: tried first, all or nothing, every faulty row named with its remedy."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao import api
from jixiao.web import records
from jixiao.web.bringing_in.lists import LISTS
from jixiao.web.models import LogEntry, Membership, Organization, Project, Submission, User
from jixiao.web.workflow import State
from tests.web import cast


def book(kind: str, *rows: tuple[str, ...]) -> SimpleUploadedFile:
    wanted = LISTS[kind]
    heads = (*wanted.heads, *wanted.free)
    filled = [(*row, *[""] * (len(heads) - len(row))) for row in rows]
    return SimpleUploadedFile("名单.xlsx", api.write_table("名单", heads, filled))


def tried(client, kind: str, *rows: tuple[str, ...]):
    answer = client.post(f"/import/{kind}/", {"file": book(kind, *rows)})
    return answer, answer.content.decode()


def brought(client, kind: str, *rows: tuple[str, ...]):
    _, page = tried(client, kind, *rows)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return client.post(f"/import/{kind}/confirm/", {"token": token})


def test_units_are_tried_first_and_brought_in_when_confirmed(county, browser_as) -> None:
    client = browser_as("系统管理员")
    rows = (("203", "青禾县水利局", "主管部门", "100"), ("20301", "青禾县水库所", "预算单位", "203"),
            ("20101", "青禾县农技中心", "预算单位", "201"))  # fmt: skip
    answer, page = tried(client, "organizations", *rows)
    assert answer.status_code == 200
    assert "试读通过：3 行" in page
    assert not Organization.objects.filter(code="203").exists()
    assert not LogEntry.objects.exists()
    assert brought(client, "organizations", *rows)["Location"] == "/organizations/"
    made = Organization.objects.get(code="20301")
    assert (made.parent.code, made.region) == ("203", "云河省青禾县")
    assert Organization.objects.get(code="20101").name == "青禾县农技中心"
    assert LogEntry.objects.last().text == "从表格导入单位：新增 2 个，修改 1 个"


def test_one_faulty_row_keeps_all_of_them_out_and_each_is_named(county, browser_as) -> None:
    before = Organization.objects.count()
    answer, page = tried(
        browser_as("系统管理员"), "organizations",
        ("301", "青禾县林业局", "主管部门", "100"), ("302", "", "主管部门", "100"), ("303", "某局", "局", "100"),
        ("304", "某站", "预算单位", "999"),
    )  # fmt: skip
    assert answer.status_code == 422
    assert "3 处要改，一行也没有导入" in page
    found = re.findall(r'<td class="num">(\d+)</td><td>([^<]+)</td>', page)
    assert [int(row) for row, _ in found] == [4, 5, 6]
    assert [
        "名称" in found[0][1],
        "类别“局”不认得" in found[1][1],
        "上级编码“999”没有找到" in found[2][1],
    ] == [True] * 3
    assert Organization.objects.count() == before
    assert 'name="token"' not in page


def test_accounts_come_with_passwords_told_once_and_without_roles(county, browser_as) -> None:
    answer = brought(browser_as("系统管理员"), "people", ("zhao.li", "赵某"), ("qian_2", "钱某"))
    words = re.findall(r"<kbd>(\w{14})</kbd>", answer.content.decode())
    assert len(set(words)) == 2
    user = User.objects.get(username="zhao.li")
    assert user.check_password(words[0])
    assert user.must_change_password
    assert not user.memberships.exists()


def test_roles_are_brought_in_by_the_security_administrator_under_the_same_rules(county, browser_as) -> None:
    client = browser_as("安全管理员")
    assert brought(client, "memberships", ("u01", "单位负责人", "20102", "2026"))["Location"] == "/people/"
    assert Membership.objects.get(user__username="u01", role="head").year == 2026
    _, page = tried(
        client,
        "memberships",
        ("u10", "安全管理员", "100"),
        ("u11", "财政管理", "100"),
        ("u99", "填报人", "20101"),
    )
    assert "互相独立" in page
    assert "不能给自己角色" in page
    assert "没有用户名为“u99”的人" in page


def test_projects_are_brought_in(county, browser_as) -> None:
    brought(browser_as("系统管理员"), "projects", ("20101", "土壤改良", "X-1"), ("20102", "供水管护"))
    assert set(Project.objects.values_list("unit__code", "name", "code")) == {
        ("20101", "土壤改良", "X-1"), ("20102", "供水管护", ""),
    }  # fmt: skip


TARGETS = (
    ("20101", "土壤改良", "2026", "产出指标", "数量指标", "改良面积", "≥1200亩", "50", "改良1200亩", "60"),
    ("20101", "土壤改良", "2026", "满意度指标", "满意度", "农户满意度", "≥95%", "40"),
)


def test_approved_targets_make_a_filing_whose_targets_are_locked(county, browser_as) -> None:
    assert brought(browser_as("财政管理"), "targets", *TARGETS).status_code == 302
    made = Submission.objects.get()
    assert (made.state, made.year, made.approved, made.department) == (
        State.MONITORING, 2026, made.revision, county.departments["农业农村局"],
    )  # fmt: skip
    table = records.review_of(made.revision).filing.readings[0].record
    assert [row.target.text for row in table.indicators] == ["≥1200亩", "≥95%"]
    assert (table.funds.total.annual.value, table.funds.total.annual.unit.name) == (60, "万元")
    assert (table.goal.expected, table.project.unit) == ("改良1200亩", "青禾县农技站")


def test_targets_of_a_project_that_has_a_filing_are_refused_as_a_whole(county, browser_as) -> None:
    client = browser_as("财政管理")
    brought(client, "targets", *TARGETS)
    answer, page = tried(client, "targets", *TARGETS)
    assert answer.status_code == 422
    assert "已有这一年度的材料" in page
    _, page = tried(client, "targets", ("20101", "新项目", "26", "产出指标", "数量", "甲", "≥1", "x"))
    assert "年度“26”不对" in page
    _, page = tried(client, "targets", ("20101", "新项目", "2026", "产出指标", "数量", "甲", "≥1", "120"))
    assert "超过 100" in page
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "空的"), (b"no workbook", "没有找到表头"), (b"PK\x03\x04 broken", "名单.xlsx"),
     (api.write_table("名单", ("用户名", "姓名"), []), "没有内容")],
)  # fmt: skip
def test_a_file_that_is_no_such_list_is_refused_with_the_reason(county, browser_as, data, why) -> None:
    file = SimpleUploadedFile("名单.xlsx", data)
    answer = browser_as("系统管理员").post("/import/people/", {"file": file})
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_confirmation_that_was_not_tried_by_this_person_does_nothing(county, browser_as) -> None:
    _, page = tried(browser_as("系统管理员"), "people", ("zhao.li", "赵某"))
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    for who, kind, given in (
        ("安全管理员", "memberships", token),
        ("系统管理员", "projects", token),
        ("系统管理员", "people", token[:-2]),
    ):
        browser_as(who).post(f"/import/{kind}/confirm/", {"token": given})
    assert not User.objects.filter(username="zhao.li").exists()


@pytest.mark.parametrize("kind", LISTS)
def test_the_template_is_what_is_read(county, browser_as, kind) -> None:
    wanted = LISTS[kind]
    who = {role: name for name, role, _ in cast.CAST}[wanted.role]
    data = browser_as(who).get(f"/import/{kind}/template/").content
    rows = api.read_table(data, name="模板.xlsx", heads=wanted.heads, free=wanted.free)
    assert [row.texts for row in rows] == [wanted.example]
