"""A reader that does what the file tells it, run by the guarded process in place of a true one."""

import os
import time
from collections.abc import Callable
from contextlib import suppress

from jixiao.formats.intake import refusal
from jixiao.layout import Layout, Line

KEPT: list[bytearray] = []


def read(data: bytes, *, name: str) -> Layout:
    word, _, rest = data.decode().partition(" ")
    if word == "refuse":
        raise refusal(name, "不行", "请另寄一份")
    said = DEEDS[word](rest) if word in DEEDS else None
    return Layout(name, (Line(said or f"{os.getpid()}"),), format="made")


def eat(megabytes: str) -> None:
    bytearray(int(megabytes) << 20)


def keep(megabytes: str) -> None:
    KEPT.append(bytearray(int(megabytes) << 20))


def leave(when: str) -> None:
    if not when or KEPT:
        os._exit(3)


def prattle(_: str) -> None:
    print("garbage", flush=True)  # noqa: T201 - what a careless library does
    os.write(1, b"garbage\n")


def forge(answer: str) -> None:
    """Write where the answers go, as a reader would that has been taken over by its file."""
    for stream in range(3, 20):
        with suppress(OSError):
            os.write(stream, answer.encode() + b"\n")


def stumble(_: str) -> None:
    raise KeyError("甲")


DEEDS: dict[str, Callable[[str], str | None]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "eat": eat,
    "keep": keep,
    "exit": leave,
    "print": prattle,
    "forge": forge,
    "raise": stumble,
    "environment": lambda _: " ".join(sorted(os.environ)),
}
