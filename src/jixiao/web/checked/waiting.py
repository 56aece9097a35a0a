"""The rows of a check while it is worked on: what is being done with each file, and how long it will take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from django.utils import timezone

from jixiao.model.figure import half_up
from jixiao.web.checked.reading import READ, TOGETHER
from jixiao.web.models import Check, CheckedFile, Job

State = CheckedFile.State
_LAST = 20  # files of a kind that tell how long the next one takes
_USUAL = {  # seconds, until some have been read here
    ".pdf": Decimal(4), ".png": Decimal(12), ".jpg": Decimal(12), ".jpeg": Decimal(12), ".bmp": Decimal(12),
    ".tif": Decimal(12), ".tiff": Decimal(12), ".doc": Decimal(3), ".wps": Decimal(3), ".zip": Decimal(3),
}  # fmt: skip
_ELSE = Decimal(1)
_FIRST = 3
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A file's row: the file, what is being done in words, and whether that is over."""

    file: CheckedFile
    said: str
    ended: bool


def lines_of(check: Check) -> tuple[Line, ...]:
    """Return the rows of a check in their order."""
    found = list(check.files.defer("record", "layout", "review"))
    return tuple(_lines(found))


def told(lines: Sequence[Line]) -> str:
    """Say how far a check is, and when it is done how many have errors, which to see first."""
    done = [line.file for line in lines if line.file.state == State.DONE]
    failed = sum(line.ended for line in lines) - len(done)
    going = len(lines) - len(done) - failed
    unread = f"，另有 {failed} 个文件没有读成" if failed else ""
    if going:
        return f"共 {len(lines)} 个文件，已检查 {len(done)} 个，还有 {going} 个{unread}"
    wrong = sorted(
        (file for file in done if file.summary.get("error")), key=lambda file: -file.summary["error"]
    )
    if not wrong:
        return f"{len(done)} 份材料，没有确定的错误{unread}" if done else f"{failed} 个文件没有读成"
    titles = dict.fromkeys(file.summary["title"] or file.name for file in wrong)
    first = "；".join(list(titles)[:_FIRST])
    return f"{len(done)} 份材料，{len(wrong)} 份有错误，最应先看：{first}{unread}"


def is_ended(check: Check, lines: Sequence[Line]) -> bool:
    """Tell whether nothing of a check is still being done."""
    together = Job.objects.filter(kind=TOGETHER, subject=str(check.pk), state__in=_OPEN)
    return all(line.ended for line in lines) and not together.exists()


_OPEN = (Job.State.WAITING, Job.State.WORKING)


def words_for(name: str, job: Job | None) -> str:
    """Say what is being done with a file that isn't one of a check, and how long such files take."""
    usual = _usual(PurePath(name).suffix.casefold())
    if job is not None and job.state == Job.State.WORKING:
        return f"正在识读，同类文件一般要{_length(usual)}"
    ahead = CheckedFile.objects.filter(state__in=(State.WAITING, State.WORKING)).only(
        "name", "state", "started_at"
    )
    kinds: dict[str, Decimal] = {}
    before = sum((_left(file, kinds) for file in ahead[:_MINUTE]), Decimal(0))
    return f"等待识读，{_about(before + usual)}"


def _lines(found: Sequence[CheckedFile]) -> Iterator[Line]:
    open_ = [file for file in found if file.state in {State.WAITING, State.WORKING}]
    broken = dict(
        Job.objects.filter(
            kind=READ, state=Job.State.FAILED, subject__in=[str(f.pk) for f in open_]
        ).values_list("subject", "message")
    )
    before = _before(open_)
    usual: dict[str, Decimal] = {}
    for file in found:
        if str(file.pk) in broken:
            file.state, file.message = State.FAILED, broken[str(file.pk)]
        if file.state == State.DONE:
            yield Line(file, "已检查", ended=True)
        elif file.state == State.FAILED:
            yield Line(file, file.message, ended=True)
        else:
            left = _left(file, usual)
            before += left
            yield Line(file, _said(file, left, before), ended=False)


def _before(own: Sequence[CheckedFile]) -> Decimal:
    """Return how many seconds of work wait before these files."""
    first = min((file.pk for file in own), default=0)
    others = CheckedFile.objects.filter(state__in=(State.WAITING, State.WORKING), pk__lt=first)
    usual: dict[str, Decimal] = {}
    return sum(
        (_left(file, usual) for file in others.only("name", "state", "started_at")[:_MINUTE]), Decimal(0)
    )


def _left(file: CheckedFile, usual: dict[str, Decimal]) -> Decimal:
    """Return how many seconds a file still takes, by what the last ones of its kind took; negative where it is late."""
    suffix = PurePath(file.name).suffix.casefold()
    if suffix not in usual:
        usual[suffix] = _usual(suffix)
    if file.started_at is None:
        return usual[suffix]
    return usual[suffix] - Decimal((timezone.now() - file.started_at).seconds)


def _usual(suffix: str) -> Decimal:
    taken = CheckedFile.objects.filter(name__iendswith=suffix, state=State.DONE).exclude(seconds=None)
    last = sorted(
        file.seconds
        for file in taken.order_by("-done_at").only("seconds")[:_LAST]
        if file.seconds is not None
    )
    return last[len(last) // 2] if last else _USUAL.get(suffix, _ELSE)


def _said(file: CheckedFile, left: Decimal, until: Decimal) -> str:
    if file.state == State.WAITING:
        return f"等待识读，{_about(until)}"
    what = "正在解开压缩包" if file.name.casefold().endswith(".zip") else "正在识读和审核"
    if left < -1:
        return f"{what}，比同类文件慢，请稍候"
    return f"{what}，{_about(left)}"


def _about(seconds: Decimal) -> str:
    return f"约还需{_length(seconds)}"


def _length(seconds: Decimal) -> str:
    whole = int(half_up(max(seconds, Decimal(1)), 0))
    return f" {whole} 秒" if whole < _MINUTE else f" {-(-whole // _MINUTE)} 分钟"
