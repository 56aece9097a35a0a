"""The work on one file that was dropped: reading it, or taking out what is in a zip; done once, however often begun."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from jixiao import api
from jixiao.api.faults import not_a_paper, went_wrong
from jixiao.errors import JixiaoError, UnreadableError
from jixiao.model.evaluation import Evaluation
from jixiao.model.layout_json import layout_to_json
from jixiao.model.reading import Kind, Reading
from jixiao.model.record import is_record
from jixiao.telling.answers import as_text, papers_read
from jixiao.telling.file_names import Names
from jixiao.web import files, jobs
from jixiao.web.checked import judging
from jixiao.web.models import Check, CheckedFile, CheckedPage
from jixiao.web.outages import is_outage

READ, TOGETHER = "check_file", "check_together"  # the kinds of job
MOST = 500  # files of one check
State = CheckedFile.State
_SMALL = """项目支出绩效自评表
（2024年度）
项目名称\t试用
一级指标\t三级指标\t指标值\t完成值\t分值\t得分
产出指标\t次数\t≥2次\t2次\t90\t90
"""
_ENDED = (State.DONE, State.FAILED)


def read(subject: str) -> str:
    """Read and judge the file of a check; one that is ended, or that was taken away, is left alone."""
    file = (
        CheckedFile.objects.select_related("check_of")
        .filter(pk=int(subject))
        .exclude(state__in=_ENDED)
        .first()
    )
    if file is None:
        return ""
    file.state, file.started_at = State.WORKING, timezone.now()
    file.save(update_fields=["state", "started_at"])
    try:
        inside = api.members(files.path_of(file.digest), name=file.name)
        if inside is not None:
            _unpack(file, inside)
        else:
            _look(file)
    except JixiaoError as error:
        _fail(file, str(error))
    except Exception as error:
        if is_outage(error):  # of the file itself nothing is known yet
            raise
        _fail(file, went_wrong(file.name, error))
    _ask_for_all(file.check_of)
    return ""


def ready() -> None:
    """Load in a fresh worker what reading and judging load once, so that the first file doesn't wait for it."""
    judging.judged(api.read_papers(_SMALL.encode(), name="表.txt"), None)
    for name in ("xlsx", "docx"):
        api.look(api.render(Evaluation(), paper=Kind.SELFEVAL_TABLE, format=name), name=f"表.{name}")


def together(subject: str) -> str:
    """Judge all files of a check beside each other, once all of them are read."""
    check = Check.objects.filter(pk=int(subject)).first()
    if check is not None and not check.files.exclude(state__in=_ENDED).exists():
        judging.judge_all(check)
    return ""


def ask_together(check: Check) -> None:
    """Ask that all files of a check be judged beside each other; call it inside a transaction."""
    jobs.ask(TOGETHER, str(check.pk))


def add(check: Check, name: str, data: bytes) -> CheckedFile:
    """Add a file to a locked check under a name of its own, and ask for the work on it."""
    names = Names({one.casefold(): 1 for one in check.files.values_list("name", flat=True)})
    number = check.files.count() + 1
    file = CheckedFile.objects.create(
        check_of=check, number=number, name=_own(names, name), digest=files.keep(data), size=len(data)
    )
    jobs.ask(READ, str(file.pk))
    return file


def _own(names: Names, name: str) -> str:
    """Return a name that no other file of the check has; the folder that a file came in stays before it."""
    if name.casefold() not in names.given:
        return name
    path = PurePath(name)
    folder = "" if str(path.parent) == "." else f"{path.parent}/"
    held = Names(
        {one.removeprefix(folder.casefold()): 1 for one in names.given if one.startswith(folder.casefold())}
    )
    return f"{folder}{held.own(path.stem, path.suffix)}"


def _look(file: CheckedFile) -> None:
    """Read a file, keep what it looks like, and judge its papers by themselves."""
    data = files.fetch(file.digest)
    if is_record(data):
        _keep(file, api.read_papers(data, name=file.name), None)
    else:
        sight = api.look(data, name=file.name)
        _keep(file, sight.readings, sight)


def _keep(file: CheckedFile, readings: tuple[Reading, ...], sight: api.Sight | None) -> None:
    fault = not_a_paper(file.name, readings)
    if fault:
        raise UnreadableError(fault)
    done = judging.judged(readings, file.check_of.scheme or None)
    pictures = [(picture, files.keep(picture.data)) for picture in sight.pictures] if sight else []
    with transaction.atomic():
        held = CheckedFile.objects.select_for_update().filter(pk=file.pk).exclude(state__in=_ENDED).first()
        if held is None:
            return
        held.record = as_text(papers_read(readings))
        held.layout = json.dumps(layout_to_json(sight.layout), ensure_ascii=False) if sight else ""
        CheckedPage.objects.filter(file=held).delete()
        CheckedPage.objects.bulk_create(
            CheckedPage(file=held, number=p.page, width=p.width, height=p.height, mime=p.mime, digest=digest)
            for p, digest in pictures
        )
        judging.put(held, done, readings)
        _end(held, State.DONE)


def _unpack(file: CheckedFile, inside: Sequence[api.Member]) -> None:
    """Put the files of a zip in its place."""
    if len(inside) + file.check_of.files.count() > MOST:
        raise UnreadableError(
            f"“{file.name}”里有 {len(inside)} 个文件，一次最多检查 {MOST} 个；请分成几个压缩包。"
        )
    if not inside:
        raise UnreadableError(f"“{file.name}”：压缩包里没有可以处理的文件；请核对是否拿错了压缩包。")
    kept = [_taken(file, member) for member in inside]
    with transaction.atomic():
        check = Check.objects.select_for_update().filter(pk=file.check_of_id).first()
        if check is None or not CheckedFile.objects.filter(pk=file.pk).delete()[0]:
            return
        for name, data, fault in kept:
            if fault:
                number = check.files.count() + 1
                CheckedFile.objects.create(
                    check_of=check, number=number, name=name, digest="", size=0, state=State.FAILED,
                    message=fault, done_at=timezone.now(),
                )  # fmt: skip
            else:
                add(check, name, data)


def _taken(file: CheckedFile, member: api.Member) -> tuple[str, bytes, str]:
    """Return a file of a zip: its name, its bytes, and why it can't be had, if so."""
    name = member.path[-_NAME:]
    if member.fault:
        return name, b"", member.fault
    try:
        return name, api.bring_in(files.path_of(file.digest), member.at, name=name), ""
    except JixiaoError as error:
        return name, b"", str(error)


_NAME = 250  # characters of a name that a row holds


def _fail(file: CheckedFile, said: str) -> None:
    with transaction.atomic():
        held = CheckedFile.objects.select_for_update().filter(pk=file.pk).exclude(state__in=_ENDED).first()
        if held is not None:
            held.message = said
            _end(held, State.FAILED)


def _end(file: CheckedFile, state: CheckedFile.State) -> None:
    file.state, file.done_at = state, timezone.now()
    if file.started_at is not None:
        spent = file.done_at - file.started_at
        file.seconds = Decimal(spent.days * 86400 + spent.seconds) + Decimal(spent.microseconds).scaleb(-6)
    file.save()


def _ask_for_all(check: Check) -> None:
    """Ask that all files be judged together, where this was the last of several."""
    states = list(check.files.values_list("state", flat=True))
    if states.count(State.DONE) > 1 and all(state in _ENDED for state in states):
        with transaction.atomic():
            ask_together(check)
