"""The work of `jixiao check --fix`: the papers' record with the safe fixes in it, and what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao import api
from jixiao.audit.remedy.safe import Mended
from jixiao.cli import outlet, report, screen, show_fix
from jixiao.cli.checking import NOT_READ, Checked, Order, examine
from jixiao.cli.files import shown
from jixiao.cli.reading import ended
from jixiao.errors import UnknownNameError
from jixiao.model.finding import Severity
from jixiao.model.reading import Reading
from jixiao.telling.answers import as_text, papers_read


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A check with what became of each of its filings, in their order."""

    checked: Checked
    mended: tuple[Mended, ...]

    @property
    def edits(self) -> int:
        """How many cells were changed."""
        return sum(len(one.edits) for one in self.mended)

    @property
    def errors(self) -> int:
        """How many errors are left."""
        found = (finding for one in self.mended for finding in one.review.findings)
        return sum(finding.severity is Severity.ERROR for finding in found)


def fix(order: Order) -> int:
    """Check, apply the safe fixes to the record, write it and show what was changed; return the exit status.

    The status is 1 where an error is left, 2 where a file could not be done. The paper itself is not touched.

    Raises:
        JixiaoError: an option can't be used, or the record has nowhere to go.
    """
    path = order.out.path
    if path is None:
        raise UnknownNameError("--fix 把改好的记录写到文件里：请加 -o 改好.json。原件不会改动。")
    if order.form not in {None, "text"} or path.suffix.lower() not in {"", ".json"}:
        raise UnknownNameError("--fix 写出的是记录（json），不能同时选别的输出格式；请写 -o 改好.json。")
    report.may_write(order.out, "json")
    checked = examine(order)
    found = _Fixed(checked, tuple(api.mend(d.review.filing, d.choice, checked.ran) for d in checked.done))
    for mended in found.mended:
        screen.put(*show_fix.edits(mended))
    outlet.write(
        path, [as_text(papers_read(_readings(found))).encode("utf-8", "replace")], force=order.out.force
    )
    screen.put(screen.ink(_closing(found, shown(path.as_posix()))))
    broken = checked.failed or any(outcome.fault for outcome in checked.outcomes)
    return ended(checked.cut, NOT_READ if broken else int(found.errors > 0))


def _readings(found: _Fixed) -> Sequence[Reading]:
    """Return all papers in the order in which they were read, those of a filing as they are now."""
    now = {_key(reading): reading for one in found.mended for reading in one.review.filing.readings}
    papers = (reading for outcome in found.checked.outcomes for reading in outcome.readings)
    return tuple(now.get(_key(reading), reading) for reading in papers)


def _key(reading: Reading) -> tuple[str, str, int]:
    return reading.file, reading.sha256, reading.index


def _closing(found: _Fixed, name: str) -> str:
    done = f"改动 {found.edits} 处" if found.edits else "没有可以自动修改的内容"
    left = f"还有 {found.errors} 个错误要由单位核对" if found.errors else "没有剩下的错误"
    return f"{done}；{left}。再查一遍：jixiao check {name}"
