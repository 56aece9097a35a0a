"""FM07: what names a private person in a paper that will be published; it is never repeated in a finding."""

import re
from collections.abc import Iterator

from jixiao.audit.presentation.personal_data import CODE, IDENTITY, MAIL, OFFICE
from jixiao.audit.prose import clipped
from jixiao.audit.rule import Case, Found, rule
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

# Blanks and hyphens may part the digits; longer runs of digits are codes and accounts.
_LIKELY = expression(r"\d{3}[ -]?\d{4}[ -]?\d{4}")
_MOBILE = expression(r"(?<![\d.])1[3-9]\d-?\d{4}-?\d{4}(?!\d|\.\d|[万亿]?元)")
_CARD = expression(r"(?:卡号|银行卡|个人账[号户])[^\d]{0,8}(\d{16,19})(?!\d)")
_PERSON = expression(r"联系人|经办人|负责人|填报人|姓名")


@rule("FM07", Severity.WARNING, source="个人信息保护法第二十八条；政府信息公开条例第十五条")
def personal_data_in_public_paper(case: Case) -> Iterator[Found]:
    """公开的材料里有个人手机号、身份证号、银行卡号，或个人姓名连同邮箱。

    为什么：自评报告要随决算公开，个人信息不应公开。
    不合格：“受助人李某，身份证号 ……”“联系人王某，手机 138……”，写在正文里，或填在表头的联系人栏。
    合格：单位座机；统一社会信用代码；项目编码；只有姓名的负责人。
    怎么改：公开前删去或遮盖个人号码，只留单位电话。
    来源：个人信息保护法第二十八条（敏感个人信息）；政府信息公开条例第十五条。
    误报风险：中，内部报送件可以有联系方式，公开件应删去。号码在提示中一律遮盖。
    """
    for paper, table in case.tables:
        kinds = tuple(dict.fromkeys(kind for cell in table.contacts for kind in _kinds(tidy(cell))))
        if kinds:
            told = "；".join(masked(cell) for cell in table.contacts)
            says = f"表里的联系人栏有{'、'.join(kinds)}：“{clipped(told, 50)}”。改法：公开前删去或遮盖，只留单位电话。"
            yield Found("contacts", says, paper, quoted=told, key="contacts")
    yield from _in_closing(case)
    for passage in case.passages:
        if "@" not in passage.text and not _LIKELY.search(passage.text):
            continue
        for sentence in passage.sentences:
            kinds = tuple(_kinds(sentence.plain))
            if kinds:
                what = "、".join(dict.fromkeys(kinds))
                severity = Severity.NOTE if set(kinds) == {"个人邮箱"} else None
                says = f"文中有{what}：“{clipped(masked(sentence.plain), 50)}”。改法：公开前删去或遮盖，只留单位电话。"
                yield Found(
                    passage.where, says, passage.paper, severity, quoted=masked(sentence.text), key=what
                )


def _in_closing(case: Case) -> Iterator[Found]:
    """Yield the reports below whose signature a private number stands."""
    closings = [(paper, report.closing) for paper, report in case.reports]
    closings += [(paper, report.closing) for paper, report in case.department_reports]
    for paper, lines in closings:
        kinds = tuple(dict.fromkeys(kind for line in lines for kind in _kinds(tidy(line))))
        if kinds:
            told = "；".join(masked(line) for line in lines)
            says = (
                f"落款处有{'、'.join(kinds)}：“{clipped(told, 50)}”。改法：公开前删去或遮盖，只留单位电话。"
            )
            yield Found("closing", says, paper, quoted=told, key="closing")


def _kinds(plain: str) -> Iterator[str]:
    if any(not CODE.search(plain[: m.start()]) for m in _MOBILE.finditer(plain)):
        yield "手机号"
    if IDENTITY.search(plain) and not OFFICE.search(plain):
        yield "身份证号"
    if _CARD.search(plain):
        yield "银行卡号"
    if MAIL.search(plain) and _PERSON.search(plain):
        yield "个人邮箱"


def masked(text: str) -> str:
    """Return a text with every long number and mail address hidden but for its first letters."""
    hidden = re.sub(r"(?<!\d)(\d{2})(?:[ -]?\d){8,}[\dXx]?", r"\1*********", text)
    return MAIL.sub(lambda m: f"{m[0][0]}***@***", hidden)
