"""Who may do what, written down by hand: every URL, by GET and by POST, at one's own things and at others'.

`near` is a filing of 农技站 (below 农业农村局) that lies at the bureau, its draft, evidence, a check and a key of its
clerk, and what the administrators keep in this county; `far` is the same of a school under 教育局, or of another
county. The words are those of the cast; a method that a URL hasn't got is "-".
"""

from dataclasses import dataclass, field

UNIT = "填报人 填报人乙 单位负责人"
DEPARTMENT = "部门审核"
REVIEWERS = "财政复核 二次复核"
MANAGER = "财政管理"
BUREAU = f"{REVIEWERS} {MANAGER}"
AUDITOR, AGENCY = "审计只读", "第三方评价"
SYSTEM, SECURITY, AUDIT = "系统管理员", "安全管理员", "审计管理员"
STRANGERS = "外单位填报人 外部门审核"
CLERKS = f"{UNIT} 外单位填报人"
SEEING = f"{UNIT} {DEPARTMENT} {BUREAU} {AUDITOR}"
WORKING = f"{SEEING} {AGENCY} {STRANGERS}"
PEOPLE = f"{WORKING} {SYSTEM} {SECURITY} {AUDIT}"
NOBODY = "没有登录"
EVERYBODY = f"{PEOPLE} {NOBODY}"
NONE = ""
OWNER, FAR_OWNER = "填报人", "外单位填报人"
NO = "-"  # the URL hasn't got this method
OFFICES = f"{DEPARTMENT} {BUREAU} {AUDITOR} 外部门审核"
FAR_SEEING = f"{BUREAU} {AUDITOR} {STRANGERS}"


@dataclass(frozen=True, slots=True)
class Row:
    """Who gets in: by GET and POST at what is near, and (where it differs) at what is far."""

    get: str
    post: str = NO
    far_get: str | None = None
    far_post: str | None = None
    args: dict[str, object] = field(default_factory=dict)
    data: dict[str, object] = field(default_factory=dict)

    def who(self, method: str, where: str) -> str:
        """Return who gets in."""
        near, far = (self.get, self.far_get) if method == "GET" else (self.post, self.far_post)
        return near if where == "near" or far is None else far


def page(who: str) -> Row:
    """A page to look at."""
    return Row(who)


def form(who: str, **data: object) -> Row:
    """A page with a form that the same people may send."""
    return Row(who, who, data=data)


def act(who: str, **data: object) -> Row:
    """A button."""
    return Row(NO, who, data=data)


def kept(who: str, get: str = "", post: str = "") -> Row:
    """Something of this county that an administrator keeps; another county's is out of reach."""
    return Row(who if get != NO else NO, who if post != NO else NO, NONE if get != NO else None,
               NONE if post != NO else None)  # fmt: skip


def filing(get: str, post: str = NO, far_get: str = FAR_SEEING, far_post: str = NONE, **more: object) -> Row:
    """Something about a filing."""
    return Row(get, post, far_get if get != NO else None, far_post if post != NO else None, **more)  # type: ignore[arg-type]


def own(who: str, get: str = "", post: str = NO, **more: object) -> Row:
    """Something that only its owner sees; `far` it is another's."""
    far = FAR_OWNER if who else NONE
    if get == NO:
        return Row(NO, post, NO, FAR_OWNER, **more)  # type: ignore[arg-type]
    return Row(who, post, far, NO if post == NO else FAR_OWNER, **more)  # type: ignore[arg-type]


MATRIX: dict[str, Row] = {
    "home": page(PEOPLE),
    "health": page(EVERYBODY),
    "style": page(NONE),
    "log_in": form(EVERYBODY),
    "log_out": act(EVERYBODY),
    "password": form(PEOPLE),
    "mail": form(PEOPLE),
    "choose_year": act(PEOPLE),
    "choose_place": act(PEOPLE),
    # 单位、人员、角色
    "organizations": page(SYSTEM),
    "organization_add": form(SYSTEM),
    "organization": kept(SYSTEM, post=NO),
    "organization_change": kept(SYSTEM),
    "organization_switch": kept(SYSTEM, get=NO),
    "project_add": kept(SYSTEM),
    "project_change": kept(SYSTEM),
    "project_switch": kept(SYSTEM, get=NO),
    "people": page(f"{SYSTEM} {SECURITY}"),
    "person_add": form(SYSTEM),
    "person": kept(f"{SYSTEM} {SECURITY}", post=NO),
    "person_rename": kept(SYSTEM),
    "person_switch": kept(SYSTEM, get=NO),
    "person_reset": kept(SYSTEM, get=NO),
    "person_unlock": kept(SYSTEM, get=NO),
    "membership_add": kept(SECURITY, get=NO),
    "membership_end": kept(SECURITY, get=NO),
    "bring_in": Row(SYSTEM, SYSTEM, SECURITY, SECURITY, {"kind": ("organizations", "memberships")}),
    "bring_in_template": Row(SYSTEM, NO, MANAGER, NO, {"kind": ("projects", "targets")}),
    "bring_in_confirm": Row(NO, SYSTEM, NO, MANAGER, {"kind": ("people", "targets")}),
    "log": form(AUDIT),
    "log_export": page(AUDIT),
    "deadlines": form(MANAGER),
    # 检查文件：各人看各人的
    "checks": page(PEOPLE),
    "check_new": act(PEOPLE),
    "check": own(OWNER),
    "check_rows": own(OWNER),
    "check_add": own(OWNER, NO, OWNER),
    "check_delete": own(OWNER, NO, OWNER),
    "check_download": own(OWNER, args={"what": "reviewed"}),
    "checked": own(OWNER),
    "checked_page": own(NONE, args={"number": 1}),
    "checked_doubt": own(OWNER, NO, OWNER),
    "checked_finding": own(OWNER, NO, OWNER),
    "checked_download": own(OWNER, args={"what": "reviewed"}),
    # 年度材料：在财政复核环节
    "notices_read": act(PEOPLE),
    "filings": page(WORKING),
    "filings_sheet": page(WORKING),
    "filings_act": act(f"{DEPARTMENT} {BUREAU} 外部门审核"),
    "view_save": act(WORKING),
    "view_delete": Row(NO, MANAGER, NO, "外部门审核"),
    "filing_new": form(CLERKS),
    "filing": filing(SEEING),
    "filing_history": filing(SEEING),
    "filing_act": filing(BUREAU, BUREAU, BUREAU, BUREAU, args={"action": "return"}, data={"seen": 0}),
    "filing_judge": filing(NO, f"{DEPARTMENT} {BUREAU}", far_post=f"{BUREAU} 外部门审核"),
    "filing_download": filing(SEEING, args={"what": "form"}),
    "filing_files": filing(SEEING, NONE),
    "filing_file": filing(SEEING),
    "filing_file_withdraw": filing(NO, NONE),
    "recheck": filing(SEEING),
    "recheck_row": filing(NO, BUREAU, far_post=BUREAU),
    "recheck_opinion": filing(NO, BUREAU, far_post=BUREAU),
    "recheck_adopt": filing(NO, BUREAU, far_post=BUREAU),
    "recheck_finish": filing(NO, BUREAU, far_post=BUREAU),
    "recheck_reopen": filing(NO, BUREAU, far_post=BUREAU),
    "recheck_download": filing(NONE, far_get=NONE, args={"what": "xlsx", "number": 1}),
    "rectification": filing(SEEING, NONE),
    "rectification_answer": filing(NO, NONE),
    "rectification_settle": filing(NO, NONE),
    "publication": filing(SEEING, NONE),
    "published": page(WORKING),
    "published_file": filing(NONE, far_get=NONE, args={"what": "docx"}),
    # 在线填报：单位的草稿
    "filling": filing(SEEING),
    "filling_start": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_call_off": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_row": filing(NONE, UNIT, far_get=NONE, far_post="外单位填报人"),
    "filling_rows": filing(SEEING, UNIT, far_post="外单位填报人"),
    "filling_merge": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_presence": filing(NO, SEEING, far_post=FAR_SEEING),
    "filling_doubt": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_send": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_narrative": filing(SEEING, UNIT, far_post="外单位填报人"),
    "filling_attachments": filing(NO, UNIT, far_post="外单位填报人"),
    "filling_attachment_withdraw": filing(NO, UNIT, far_post="外单位填报人"),
    # 财政局和主管部门的年度情况
    "board": page(OFFICES),
    "board_question": Row(OFFICES, args={"key": "scores"}),
    "board_sheet": Row(OFFICES, args={"key": "scores"}),
    "likeness": form(OFFICES),
    "other_book": form(OFFICES),
    "reckoning": Row(MANAGER, NO, "外部门审核", NO),
    "reckoning_sheet": Row(MANAGER, NO, "外部门审核", NO),
    # 口径和规则：人人可看
    "rulebooks": page(PEOPLE),
    "rulebooks_compared": page(PEOPLE),
    "rulebook": Row(PEOPLE, args={"scheme_id": "national-2020"}),
    "rules": page(PEOPLE),
    "rule": Row(PEOPLE, args={"code": "SC04"}),
    # 程序接口：只认密钥
    "tokens": form(PEOPLE),
    "token_revoke": own(OWNER, NO, OWNER),
    "rest:api-root": page(NONE),
    "rest:openapi-json": form(PEOPLE),
    "rest:openapi-view": form(PEOPLE),
    "rest:read": act(NONE),
    "rest:score": act(NONE),
    "rest:check": act(NONE),
    "rest:write": act(NONE),
    "rest:filings": form(NONE),
    "rest:filing": page(NONE),
    "rest:open": form(NONE),
    "rest:hand_in": act(NONE),
    "rest:act": act(NONE),
}
