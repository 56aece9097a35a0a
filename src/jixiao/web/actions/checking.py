"""Acts on files that are checked at once: handing them in, settling doubts, judging findings, taking them away."""

from dataclasses import dataclass

from django.db import transaction

from jixiao import api
from jixiao.errors import TransitionError, UnknownNameError
from jixiao.telling.judging import named
from jixiao.web import log
from jixiao.web.checked import reading as work
from jixiao.web.checked.judging import decided, judge_again, readings_of, remarks_of, reviews_of, taken
from jixiao.web.checked.showing import key_of
from jixiao.web.log import Act, Actor
from jixiao.web.models import Check, CheckedFile, Settlement


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody says of a doubt: which one of which paper, and what stands there (None: as it was read)."""

    paper: int
    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody makes of a finding: `accepted` is None where an earlier decision is taken back."""

    finding: str
    accepted: bool | None
    reason: str = ""


@transaction.atomic
def begin(owner: str, scheme: str, actor: Actor) -> Check:
    """Begin a check, which belongs to whoever has logged in, else to the owner of the session."""
    return Check.objects.create(
        owner="" if actor.user else owner, user=actor.user, scheme=scheme, at=actor.at
    )


def hand_in(check: Check, name: str, data: bytes, actor: Actor) -> CheckedFile:
    """Add a file to a check.

    Raises:
        UnknownNameError: it has as many files as one check may have.
    """
    with transaction.atomic():
        held = Check.objects.select_for_update().get(pk=check.pk)
        if held.files.count() >= work.MOST:
            raise UnknownNameError(f"一次最多检查 {work.MOST} 个文件；请分几次，或打成压缩包分批检查。")
        file = work.add(held, name, data)
        log.append(actor, Act("check", f"检查文件“{name}”", subject=name, details={"digest": file.digest}))
        return file


@transaction.atomic
def settle(pk: int, said: Settled, actor: Actor) -> CheckedFile:
    """Settle a doubt of reading: the record says what was said, and is scored and audited again.

    Raises:
        TransitionError: the doubt was settled meanwhile.
        UnknownNameError: the field can't hold the value.
    """
    file = _locked(pk)
    papers = list(readings_of(file))
    if said.paper >= len(papers):
        raise TransitionError("这处疑点已经处理过了；请刷新页面。")
    paper = papers[said.paper]
    number = next((n for n, doubt in enumerate(paper.doubts) if key_of(doubt) == said.key), None)
    if number is None:
        raise TransitionError("这处疑点已经处理过了；请刷新页面。")
    doubt = paper.doubts[number]
    papers[said.paper] = api.settle(paper, number, said.value)
    value = doubt.reading if said.value is None else said.value
    Settlement.objects.create(
        file=file, paper=said.paper, field=doubt.where, doubt=doubt.why, was=doubt.reading or "", value=value or "",
        user=actor.user, at=actor.at,
    )  # fmt: skip
    judge_again(file, papers)
    told = f"确定读法：{doubt.why}，“{doubt.reading or '空白'}”{'不变' if said.value is None else f'改为“{value}”'}"
    log.append(actor, Act("settle_doubt", told, subject=file.name))
    _ask_for_all(file)
    return file


@transaction.atomic
def judge(pk: int, said: Judged, actor: Actor) -> CheckedFile:
    """Take a finding's change or set the finding aside with a reason; or take an earlier decision back.

    Raises:
        TransitionError: there is no such finding any more.
        UnknownNameError: it can't be set aside, or a reason is wanting.
    """
    file = _locked(pk)
    known = {key: title for one in _all(file) for key, title in one}
    if said.finding not in known:
        raise TransitionError("这个问题已经不在了：材料刚被改动过。请刷新页面。")
    rows = Settlement.objects.filter(file__check_of=file.check_of, finding=said.finding)
    rows.delete()
    if said.accepted is not None:
        Settlement.objects.create(
            file=file,
            finding=said.finding,
            accepted=said.accepted,
            reason=said.reason,
            user=actor.user,
            at=actor.at,
        )
        _must_hold(file, said)
    word = {None: "撤回处理", True: "采用修改", False: "不采用"}[said.accepted]
    told = f"{word}：{known[said.finding]}{f'，理由：{said.reason}' if said.reason else ''}"
    log.append(actor, Act("judge_finding", told, subject=file.name))
    return file


@transaction.atomic
def take_away(check: Check, actor: Actor) -> None:
    """Take a check away with all that was read of its files."""
    names = list(check.files.values_list("name", flat=True))
    log.append(actor, Act("check_deleted", f"删除 {len(names)} 个检查过的文件", details={"names": names}))
    check.delete()


def _locked(pk: int) -> CheckedFile:
    file = CheckedFile.objects.select_for_update(of=("self",)).select_related("check_of").get(pk=pk)
    if file.state != CheckedFile.State.DONE:
        raise TransitionError("这份材料还没有检查完；请稍候再试。")
    return file


def _all(file: CheckedFile) -> list[list[tuple[str, str]]]:
    """Return the findings of the reviews in which a file has a paper, each by its id with its title."""
    return [
        [(key, f"{finding.code} {finding.name}") for key, finding in named(one)]
        for one, _ in reviews_of(file)
    ]


def _must_hold(file: CheckedFile, said: Judged) -> None:
    """Stop where a finding is still there after it was set aside: nobody may set it aside, or not without a reason."""
    remarks = remarks_of(file.check_of)
    if said.accepted:
        if any(taken(one, remarks).held for one, _ in reviews_of(file)):
            raise UnknownNameError("这处修改不能代填进表格；请在原件上手工修改，再检查一次。")
        return
    if not said.reason.strip():
        raise UnknownNameError("请写明不采用的理由：别人要据此核对。")
    done = decided([one for one, _ in reviews_of(file)], remarks)
    if not any(settled.id == said.finding for one in done for settled in one.settled):
        raise UnknownNameError("这是确定的算术错误，只能改正，不能不采用。")


def _ask_for_all(file: CheckedFile) -> None:
    if file.check_of.files.filter(state=CheckedFile.State.DONE).count() > 1:
        work.ask_together(file.check_of)
