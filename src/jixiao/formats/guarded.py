"""The guarded process: reads one untrusted file after another, under limits, and hands back pages as lines.

Started by `guard` as `python -m jixiao.formats.guarded`. An order is a line (see `wire`) with the file behind
it; the answer is a page, or `unreadable` with its sentence, or `memory`, or `fault` with the kind of error. The order
`ahead` has several files behind it, which the reader makes ready together before each is asked for; the answer is
`ready` whatever came of them.
The limits are soft and renewed for each file: a reader that starts a program of its own, with limits of its
own, gives `lift` to it as `preexec_fn`.
"""

import os
import signal
from typing import BinaryIO

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats import wire

try:
    import resource
except ImportError:  # Windows: only time is bounded there, by the other side
    resource = None  # type: ignore[assignment]

GRACE = 5  # seconds more than the other side waits: this clock only matters when nobody waits there any more


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Carry out orders until there are no more, or memory ran out: nobody knows what that left behind."""
    going = True
    while going:
        try:
            word, (module, name, sizes, most, seconds) = wire.line(orders)
        except EOFError:
            return
        _limit(most, seconds + GRACE)
        do = _read if word == "read" else _ahead
        going = do(orders, answers, (module, name, sizes))
        answers.flush()
        lift()


def lift() -> None:
    """Lift the limits of memory and time."""
    _limit(None, 0)


def _limit(most: int | None, seconds: int) -> None:
    """Bound the memory that can be written to, in bytes, and set a clock whose ring ends the process."""
    if resource is not None:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        soft = hard if most is None else most
        resource.setrlimit(resource.RLIMIT_DATA, (soft if hard < 0 else min(soft, hard), hard))
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


Order = tuple[str, str, list[int]]


def _ahead(orders: BinaryIO, answers: BinaryIO, order: Order) -> bool:
    """Make files ready for reading; each of them may still be read if that fails."""
    module, _, sizes = order
    try:
        files = [orders.read(size) for size in sizes]
        formats.ahead_here(module, files)
    except MemoryError:
        answers.write(wire.packed("memory"))
        return False
    except Exception as error:  # noqa: BLE001 - as below
        answers.write(wire.packed("fault", type(error).__name__))
        return True
    answers.write(wire.packed("ready"))
    return True


def _read(orders: BinaryIO, answers: BinaryIO, order: Order) -> bool:
    """Read one file and answer; False when memory ran out."""
    module, name, (size,) = order
    try:
        data = orders.read(size)
        answers.writelines(wire.send(formats.read_here(module, data, name=name)))
    except UnreadableError as refusal:
        answers.write(wire.packed("unreadable", str(refusal)))
    except MemoryError:
        answers.write(wire.packed("memory"))
        return False
    except Exception as error:  # noqa: BLE001 - whatever a damaged file brings up, the next one has to be read
        answers.write(wire.packed("fault", type(error).__name__))
    return True


def main() -> None:
    """Serve on the standard streams; what a library prints there goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the matter of the other side
    orders, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    with os.fdopen(orders, "rb") as source, os.fdopen(answers, "wb") as sink:
        serve(source, sink)


if __name__ == "__main__":
    main()
