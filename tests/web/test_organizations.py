"""The tree and its people: each of the three administrators does their own part and nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from jixiao.web.actions import memberships
from jixiao.web.log import Actor
from jixiao.web.models import Deadline, LogEntry, Membership, Organization, Project, User
from tests.web import cast
from tests.web.cast import YEAR

ADMINISTRATORS = ("系统管理员", "安全管理员", "审计管理员")


def at(name, *args) -> str:
    return reverse(name, args=args)


def said(answer) -> str:
    return answer.content.decode()


def organization(county, **more) -> dict[str, object]:
    above = county.departments["农业农村局"].pk
    return {
        "kind": "unit",
        "parent": above,
        "name": "青禾县种子站",
        "code": "20103",
        "region": "",
        "scheme": "",
        **more,
    }


def role(county, name, where=None, year="") -> dict[str, object]:
    return {"role": name, "organization": (where or county.units["农技站"]).pk, "year": year}


# ---------------------------------------------------------------- 单位和项目


def test_the_system_administrator_adds_an_organisation(county, browser_as) -> None:
    browser_as("系统管理员").post(at("organization_add"), organization(county))
    made = Organization.objects.get(code="20103")
    assert made.path == f"{county.departments['农业农村局'].path}{made.pk}/"
    assert LogEntry.objects.get().text == "新增预算单位，编码 20103"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"code": "20101"}, "已经用过"),
        ({"parent": ""}, "上级应是"),
        ({"kind": "bureau"}, "上级应是财政局"),
        ({"kind": "agency"}, "没有上级"),
        ({"scheme": "nowhere"}, "没有名为"),
        ({"name": ""}, "请填写名称。"),
    ],
)
def test_what_is_wrong_with_an_organisation_is_said_beside_it(county, browser_as, more, why) -> None:
    answer = browser_as("系统管理员").post(at("organization_add"), organization(county, **more))
    assert answer.status_code == 422
    assert why in said(answer)
    assert not LogEntry.objects.exists()


def test_an_organisation_with_filings_is_renamed_and_never_moved(county, browser_as) -> None:
    cast.submission(county)
    unit = county.units["农技站"]
    ours = {"name": "青禾县农技中心", "code": unit.code}
    client = browser_as("系统管理员")
    assert client.post(at("organization_change", unit.pk), organization(county, **ours)).status_code == 302
    moved = organization(county, **ours, parent=county.departments["教育局"].pk)
    answer = client.post(at("organization_change", unit.pk), moved)
    assert answer.status_code == 422
    assert "不能改换上级" in said(answer)
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("青禾县农技中心", county.departments["农业农村局"])


def test_an_organisation_is_switched_off_after_those_below_it(county, browser_as) -> None:
    client, department = browser_as("系统管理员"), county.departments["教育局"]
    answer = client.post(at("organization_switch", department.pk))
    assert answer.status_code == 409
    assert "请先停用它们" in said(answer)
    client.post(at("organization_switch", county.units["第一小学"].pk))
    client.post(at("organization_switch", department.pk))
    assert not Organization.objects.get(pk=department.pk).active
    assert client.post(at("organization_switch", county.units["第一小学"].pk)).status_code == 409


def test_a_project_is_added_renamed_and_switched_off(county, browser_as) -> None:
    client, unit = browser_as("系统管理员"), county.units["农技站"]
    client.post(at("project_add", unit.pk), {"name": "土壤改良", "code": "X-1"})
    project = Project.objects.get()
    assert client.post(at("project_add", unit.pk), {"name": "土壤改良", "code": ""}).status_code == 422
    client.post(at("project_change", project.pk), {"name": "耕地改良", "code": "X-1"})
    client.post(at("project_switch", project.pk))
    project.refresh_from_db()
    assert (project.name, project.active) == ("耕地改良", False)
    assert "耕地改良" in said(client.get(at("organization", unit.pk)))


# ---------------------------------------------------------------- 账号


def test_a_new_account_has_a_password_for_one_log_in_and_no_role(county, browser_as, client) -> None:
    answer = browser_as("系统管理员").post(at("person_add"), {"username": "lisi", "name": "李某某"})
    word = said(answer).split("<kbd>")[1].split("</kbd>")[0]
    made = User.objects.get(username="lisi")
    assert made.must_change_password
    assert not made.memberships.exists()
    assert client.post("/login/", {"username": "lisi", "password": word})["Location"] == "/"
    assert client.get("/")["Location"] == "/password/"
    assert word not in "".join(LogEntry.objects.values_list("text", flat=True))


@pytest.mark.parametrize(
    ("name", "why"), [("李四", "字母"), ("U01", "已经有人"), ("a b", "字母"), ("x" * 61, "60")]
)
def test_a_bad_user_name_is_refused(county, browser_as, name, why) -> None:
    answer = browser_as("系统管理员").post(at("person_add"), {"username": name, "name": "某"})
    assert answer.status_code == 422
    assert why in said(answer)


def test_a_reset_password_ends_the_sessions_of_its_person(county, browser_as, client) -> None:
    client.post("/login/", {"username": "u01", "password": cast.PASSWORD})
    user = county["填报人"]
    browser_as("系统管理员").post(at("person_reset", user.pk))
    assert client.get("/").status_code == 302
    assert client.post("/login/", {"username": "u01", "password": cast.PASSWORD}).status_code == 422


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_no_administrators_password_is_reset_from_a_browser(county, browser_as, name) -> None:
    answer = browser_as("系统管理员").post(at("person_reset", county[name].pk))
    assert answer.status_code == 403
    assert "jixiao password" in said(answer)
    assert not User.objects.get(pk=county[name].pk).must_change_password


def test_an_account_is_switched_off_unless_it_is_ones_own(county, browser_as) -> None:
    client = browser_as("系统管理员")
    client.post(at("person_switch", county["填报人"].pk))
    assert not User.objects.get(pk=county["填报人"].pk).is_active
    assert client.post(at("person_switch", county["系统管理员"].pk)).status_code == 409


def test_somebody_locked_out_is_let_in_again(county, browser_as, client) -> None:
    for _ in range(5):
        client.post("/login/", {"username": "u01", "password": "x"})
    page = at("person", county["填报人"].pk)
    admin = browser_as("系统管理员")
    assert "已锁定" in said(admin.get(page))
    admin.post(at("person_unlock", county["填报人"].pk))
    assert "已锁定" not in said(admin.get(page))
    assert client.post("/login/", {"username": "u01", "password": cast.PASSWORD}).status_code == 302


# ---------------------------------------------------------------- 角色


def test_the_security_administrator_gives_and_takes_a_role(county, browser_as) -> None:
    client, user = browser_as("安全管理员"), county["填报人"]
    client.post(at("membership_add", user.pk), role(county, "head", county.units["水务站"], YEAR))
    held = Membership.objects.get(user=user, role="head")
    assert held.year == YEAR
    client.post(at("membership_end", held.pk))
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert list(LogEntry.objects.values_list("action", flat=True)) == ["give_role", "take_role"]


@pytest.mark.parametrize(
    ("who", "what", "why"),
    [
        ("系统管理员", "security_admin", "互相独立"),
        ("填报人", "audit_admin", "互相独立"),
        ("审计管理员", "reviewer", "互相独立"),
        ("填报人", "clerk", "已经有这个角色"),
        ("填报人", "agency", "只能设在第三方机构"),
    ],
)
def test_a_role_that_may_not_be_given_is_refused_with_the_reason(county, browser_as, who, what, why) -> None:
    where = county.units["农技站"] if what in {"clerk", "agency"} else county.bureau
    before = Membership.objects.count()
    answer = browser_as("安全管理员").post(at("membership_add", county[who].pk), role(county, what, where))
    assert answer.status_code == 422
    assert why in said(answer)
    assert Membership.objects.count() == before


def test_an_administrators_role_goes_to_nobody_whose_password_another_knows(county, browser_as) -> None:
    fresh = User.objects.create_user("fresh", "x", name="新人", must_change_password=True)
    wanted = role(county, "system_admin", county.bureau)
    answer = browser_as("安全管理员").post(at("membership_add", fresh.pk), wanted)
    assert "改成自己的密码" in said(answer)
    User.objects.filter(pk=fresh.pk).update(must_change_password=False)
    assert browser_as("安全管理员").post(at("membership_add", fresh.pk), wanted).status_code == 302


def test_nobody_raises_themselves(county, browser_as) -> None:
    wanted = role(county, "manager", county.bureau)
    answer = browser_as("安全管理员").post(at("membership_add", county["安全管理员"].pk), wanted)
    assert answer.status_code == 403
    assert "不能给自己角色" in said(answer)
    assert county["安全管理员"].memberships.count() == 1


def test_nobody_takes_their_own_role_back(county, browser_as) -> None:
    held = county["安全管理员"].memberships.get()
    assert browser_as("安全管理员").post(at("membership_end", held.pk)).status_code == 409
    assert Membership.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("name", ["系统管理员", "审计管理员", "财政管理", "填报人"])
def test_nobody_else_gives_roles(county, browser_as, name) -> None:
    answer = browser_as(name).post(
        at("membership_add", county[name].pk), role(county, "manager", county.bureau)
    )
    assert answer.status_code == 403


def test_the_same_role_stands_once_even_for_every_year(county) -> None:
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=county["填报人"], organization=county.units["农技站"], role="clerk")


# ---------------------------------------------------------------- 期限


def test_the_manager_lays_down_the_days_of_a_year(county, browser_as) -> None:
    client = browser_as("财政管理")
    client.post("/choose/year/", {"year": YEAR})
    assert client.post(at("deadlines"), {"targets": "2025-03-01", "self": "2026-02-28"}).status_code == 302
    assert set(Deadline.objects.values_list("stage", "organization__name")) == {
        ("targets", "青禾县财政局"), ("self", "青禾县财政局"),
    }  # fmt: skip
    client.post(at("deadlines"), {"self": "2026-03-15"})
    assert str(Deadline.objects.get().day) == "2026-03-15"
    assert "单位自评 2026-02-28 → 2026-03-15" in LogEntry.objects.last().text


def test_days_in_another_order_than_the_stages_are_refused(county, browser_as) -> None:
    answer = browser_as("财政管理").post(at("deadlines"), {"targets": "2026-03-01", "self": "2026-02-28"})
    assert answer.status_code == 422
    assert "还早" in said(answer)


def test_days_are_laid_down_below_ones_own_alone(county, browser_as) -> None:
    elsewhere = Organization.objects.create(name="白水县财政局", code="800", kind="bureau")
    client = browser_as("财政管理")
    assert client.post(f"{at('deadlines')}?at={elsewhere.pk}", {"self": "2026-02-28"}).status_code == 404
    unit = county.departments["教育局"]
    assert client.post(f"{at('deadlines')}?at={unit.pk}", {"self": "2026-02-28"}).status_code == 302
    assert Deadline.objects.get().organization == unit


def test_a_reset_from_the_server_works_for_administrators_too(county, capsys) -> None:
    call_command("password", county["安全管理员"].username)
    assert "初始密码" in capsys.readouterr().out
    assert User.objects.get(pk=county["安全管理员"].pk).must_change_password


def test_who_acts_is_asked_by_the_action_itself_too(county) -> None:
    wanted = Membership(user=county["填报人"], organization=county.bureau, role="manager")
    with pytest.raises(PermissionDenied):
        memberships.give(wanted, Actor(None, cast.User.objects.first().created_at))
