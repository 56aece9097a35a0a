"""The price of each rule: microseconds on the papers of one file, and on the whole.

Run as `python -m tests.audit.price [--top N] [FILE …]`; without a file, on the bundled examples. What a case works out
once is paid by the first rule that asks, so each rule is timed on a case that has been asked before, and the whole on
a fresh one. Rules that the filing gives nothing to speak of are not asked.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from jixiao import api
from jixiao.audit import RULES, audit
from jixiao.audit.rule import Case, Check
from jixiao.errors import UnreadableError
from jixiao.scoring import score

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TIMES = 7


def cases_of(path: Path) -> Iterator[Case]:
    try:
        readings = api.read_file(path, name=path.name)
    except UnreadableError:
        return
    for filing in api.file_together(readings):
        choice = api.choose(filing)
        table = filing.evaluation
        sheet = score(table, choice.scheme, why=choice.why, supplied=filing.supplied) if table else None
        yield Case(filing, sheet, choice.scheme)


def best(act: Callable[[], object]) -> float:
    """Return the shortest of some runs, in microseconds."""
    took = []
    for _ in range(TIMES):
        start = perf_counter()
        act()
        took.append((perf_counter() - start) * 1e6)
    return min(took)


def _exhaust(check: Check, case: Case) -> None:
    for _ in check(case):
        pass


def show(path: Path, case: Case, top: int) -> None:
    rows = len(case.rows)
    signs = sum(len(passage.text) for passage in case.passages if passage.in_report)
    whole = best(lambda: audit(case.filing, case.sheet, case.scheme))
    checks = ((r.code, r.check) for r in RULES if r.may_speak(case.facts))
    prices = sorted(((best(partial(_exhaust, check, case)), code) for code, check in checks), reverse=True)
    warm = sum(price for price, _ in prices)
    dear = " ".join(f"{code} {price:.0f}" for price, code in prices[:top])
    head = f"{path.name[:24]:24} rows {rows:3} report {signs:5} signs"
    sys.stdout.write(f"{head}  {whole / 1000:6.2f} ms (rules alone {warm / 1000:.2f})  {dear}\n")


def main(arguments: list[str]) -> None:
    top = int(arguments[arguments.index("--top") + 1]) if "--top" in arguments else 10
    paths = [Path(a) for a in arguments if not a.startswith("--") and not a.isdigit()]
    for path in paths or sorted(p for p in EXAMPLES.rglob("*") if p.is_file()):
        for case in cases_of(path):
            show(path, case, top)


if __name__ == "__main__":
    main(sys.argv[1:])
