"""python -m tests.layouts.written: papers of every form, written in every format, are read back the same.

Prints a row for each form with what came back equal, and the seed of each that didn't. Parts of fifty take turns, so
that a run cut off by `--minutes` has tried every form in every format.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from time import monotonic

from jixiao.formats import read, write
from jixiao.model.reading import Kind
from jixiao.papers import lay_out, recognize
from jixiao.papers.form import forms_of, load_form
from tests.layouts.silences import invent_printed

FORMS = tuple(form for kind in Kind for form in forms_of(kind))
FORMATS = ("text", "xlsx", "docx", "html", "pdf")
PART = 50
Count = Counter[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, read back, compare; 1 where anything came back changed."""
    asked = _asked(arguments)
    tried, equal = Count(), Count()
    until = monotonic() + 60 * asked.minutes
    for form, kind, part in _parts(asked):
        if monotonic() > until:
            break
        for seed in part:
            tried[form, kind] += 1
            told = changed(form, kind, f"{asked.seed} {seed}")
            equal[form, kind] += not told
            if told:
                sys.stderr.write(f"{form} {kind} {asked.seed} {seed}: {told}\n")
                sys.stderr.flush()
        if asked.told:
            sys.stderr.write(f"{form} {kind}: {equal[form, kind]}/{tried[form, kind]}\n")
    sys.stdout.write(_table(asked, tried, equal))
    return int(tried != equal)


def changed(form: str, kind: str, seed: str) -> str:
    """Return what came back for one paper where it isn't what was written, "" where it is."""
    printed = load_form(form)
    record = invent_printed(Random(f"{form} {seed}"), printed)
    readings = recognize(read(write(lay_out(record, printed.kind, form), kind), name="自评表"))
    if [(one.kind, one.record) for one in readings] == [(printed.kind, record)]:
        return ""
    if len(readings) != 1 or type(readings[0].record) is not type(record):
        return "read as " + "、".join(one.kind for one in readings)
    return "; ".join(_differences(record, readings[0].record))[:500]


def _differences(old: object, new: object, where: str = "") -> Iterator[str]:
    """Yield where two records differ, down to the field."""
    if old == new:
        return
    names = getattr(old, "__dataclass_fields__", None)
    if type(old) is not type(new) or (names is None and not isinstance(old, tuple)):
        yield f"{where}: {old!r} -> {new!r}"
    elif isinstance(old, tuple) and isinstance(new, tuple):
        if len(old) != len(new):
            yield f"{where}: {len(old)} -> {len(new)}"
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _differences(one, other, f"{where}.{number}")
    else:
        for name in names or ():
            yield from _differences(getattr(old, name), getattr(new, name), f"{where}.{name}".lstrip("."))


def _parts(asked: argparse.Namespace) -> Iterator[tuple[str, str, range]]:
    for start in range(0, asked.each, PART):
        for kind in asked.format or FORMATS:
            for form in asked.form or FORMS:
                yield form, kind, range(start, min(start + PART, asked.each))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.layouts.written", description=__doc__)
    parser.add_argument("--each", type=int, default=10, help="papers of each form in each format")
    parser.add_argument("--form", action="append", choices=FORMS)
    parser.add_argument("--format", action="append", choices=FORMATS)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no further part after so many")
    parser.add_argument("--told", action="store_true", help="tell of each part when it is done")
    return parser.parse_args(arguments)


def _table(asked: argparse.Namespace, tried: Count, equal: Count) -> str:
    kinds = tuple(asked.format or FORMATS)
    lines = ["| form | " + " | ".join(kinds) + " |", "| --- " * (len(kinds) + 1) + "|"]
    for form in asked.form or FORMS:
        cells = (f"{equal[form, kind]}/{tried[form, kind]}" for kind in kinds)
        lines.append(f"| `{form}` | " + " | ".join(cells) + " |")
    sums = (sum(count for (_, k), count in equal.items() if k == kind) for kind in kinds)
    alls = (sum(count for (_, k), count in tried.items() if k == kind) for kind in kinds)
    lines.append("| all | " + " | ".join(f"{e}/{t}" for e, t in zip(sums, alls, strict=True)) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
