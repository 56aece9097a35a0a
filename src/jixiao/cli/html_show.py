"""`read --show`: the page on which the files that were read stand beside what was read from them."""

from collections.abc import Sequence
from pathlib import Path

from jixiao import api
from jixiao.api import Sight
from jixiao.api.faults import went_wrong
from jixiao.cli import outlet, report, screen
from jixiao.cli.files import Source
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.telling.html_taken import beside_page

MOST = 30  # files on one page
NOT_READ = 2


def show(sources: Sequence[Source], out: outlet.Out) -> int:
    """Write the page of some files and return the exit status; what can't be read is said and left out.

    Raises:
        JixiaoError: the page has nowhere to go, or there are too many files for one.
    """
    report.may_write(out, "html")
    if len(sources) > MOST:
        raise UnknownNameError(
            f"一页最多对照 {MOST} 个文件，这里有 {len(sources)} 个；请分几次，或点名要看的文件。"
        )
    seen: list[tuple[str, Sight]] = []
    for source in sources:
        try:
            seen.append((source.name, _sight(source)))
        except JixiaoError as error:
            screen.complain([str(error)])
        except Exception as error:  # noqa: BLE001 - the other files still have to be shown
            screen.complain([went_wrong(source.name, error)])
    told = beside_page(seen)
    outlet.write(out.path or Path(), [told.encode("utf-8", "replace")], force=out.force)
    return 0 if len(seen) == len(sources) else NOT_READ


def _sight(source: Source) -> Sight:
    if source.fault:
        raise UnknownNameError(source.fault)
    if source.path is None:
        raise UnknownNameError("对照要有原件：请给出文件名，不要用标准输入。")
    return api.look(api.bring_in(source.path, source.inside, name=source.name), name=source.name)
