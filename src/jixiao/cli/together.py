"""What the verbs over many papers share: what the user asked for, the papers audited, one way out for the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.checking import Checked, examine
from jixiao.cli.checking import Order as Check
from jixiao.errors import UnknownNameError
from jixiao.layout import Layout
from jixiao.model.codec import Json
from jixiao.rollup import Grouping
from jixiao.telling.answers import as_text

NOT_READ = 2
DATA = "json"


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `out` None prints it, `form` is text or json; `by` what papers are put together by."""

    paths: Sequence[str]
    by: str = "department"
    scheme: str | None = None
    form: str = "text"
    out: Path | None = None
    jobs: int | None = None
    cache: bool = True
    force: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, made when it is asked for: as data, as pages for the screen, as pages for a file's format."""

    data: Callable[[], dict[str, Json]]
    screen: Callable[[], Sequence[Layout]]
    file: Callable[[str], Sequence[Layout]]


def make_sure(order: Order) -> None:
    """See to it, before any work is done, that the answer can go where it is wanted.

    Raises:
        JixiaoError: it can't be written there, or not in that format.
    """
    if order.out is not None:
        _format(order.out)
        outlet.must_be_free(order.out, force=order.force)


def audited(order: Order) -> Checked:
    """Read and audit the papers."""
    return examine(
        Check(order.paths, order.scheme, out=outlet.Out(order.out), jobs=order.jobs, cache=order.cache)
    )


def put(order: Order, answer: Answer) -> None:
    """Write the answer to its file, or show it.

    Raises:
        JixiaoError: it can't be written.
    """
    if order.out is not None:
        outlet.write(order.out, [_written(answer, _format(order.out))], force=order.force)
    elif order.form == DATA:
        screen.put_data(as_text(answer.data()))
    else:
        for layout in answer.screen():
            screen.put(*screen.page(layout))


def _format(out: Path) -> str:
    return DATA if out.suffix.lower() == f".{DATA}" else outlet.format_of(out)


def _written(answer: Answer, target: str) -> bytes:
    return as_text(answer.data()).encode() if target == DATA else api.bind(answer.file(target), target)


def grouping(word: str) -> Grouping:
    """Return what `--by` names.

    Raises:
        UnknownNameError: nothing; the sentence lists what there is.
    """
    known = [one.value for one in Grouping]
    if word not in known:
        raise UnknownNameError(f"不能按“{word}”分组；可用的有：{'、'.join(known)}。")
    return Grouping(word)
