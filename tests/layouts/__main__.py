"""python -m tests.layouts: how well papers of every form are read in every style and with every damage.

Prints the share of cells read exactly, rows invented and whole tables right; `--write docs/reading.md` puts the tables
between that page's markers. The same seed makes the same papers.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from jixiao.papers.form import list_forms
from tests.layouts.cells import Tally
from tests.layouts.measure import Sample, damages, samples, tally_of
from tests.layouts.styles import STYLES

BEGIN, END = "<!-- rates: begin -->", "<!-- rates: end -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and where asked write the tables into a page or show what was missed."""
    asked = _asked(arguments)
    if asked.show:
        _show(asked.show[0], asked.show[1], asked)
        return 0
    styles = tuple(asked.style or STYLES)
    forms = () if asked.only == "damages" else list_forms()
    by_form = {(f, s): _measured(samples(s, "", asked.sample, asked.seed, f)) for f in forms for s in styles}
    hurts = [] if asked.only == "forms" else [d for d in damages() if not asked.damage or d in asked.damage]
    by_damage = {(d, s): _measured(samples(s, d, asked.sample, asked.seed)) for d in hurts for s in styles}
    text = "\n\n".join(
        _table(head, table, styles) for head, table in (("form", by_form), ("damage", by_damage)) if table
    )
    command = f"python -m tests.layouts --sample {asked.sample} --seed {asked.seed}"
    text = f"`{command}`\n\n{text}\n\n{_sums(sum((*by_form.values(), *by_damage.values()), Tally()))}"
    sys.stdout.write(text + "\n")
    if asked.write:
        _write(asked.write, text)
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.layouts", description=__doc__)
    parser.add_argument("--sample", type=int, default=9, help="files for each cell of the tables")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--style", action="append", choices=tuple(STYLES))
    parser.add_argument("--damage", action="append", choices=damages())
    parser.add_argument(
        "--only", choices=("forms", "damages"), help="only the undamaged or the damaged papers"
    )
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="rewrite the tables between the page's markers"
    )
    parser.add_argument(
        "--show", nargs=2, metavar=("STYLE", "DAMAGE"), help="print files and what was missed"
    )
    return parser.parse_args(arguments)


def _measured(made: Iterable[Sample]) -> Tally:
    return sum(map(tally_of, made), Tally())


def _table(head: str, tallies: dict[tuple[str, str], Tally], styles: Sequence[str]) -> str:
    names = list(dict.fromkeys(name for name, _ in tallies))
    lines = [
        f"| {head} | " + " | ".join(styles) + " | all | invented | whole | silent |",
        "|---" * (len(styles) + 5) + "|",
    ]
    for name in names:
        row = [tallies[name, style] for style in styles]
        lines.append(f"| {name} | " + " | ".join(map(_rate, row)) + f" | {_tail(sum(row, Tally()))} |")
    columns = [sum((tallies[name, style] for name in names), Tally()) for style in styles]
    lines.append("| all | " + " | ".join(map(_rate, columns)) + f" | {_tail(sum(columns, Tally()))} |")
    return "\n".join(lines).replace("lines|", "lines\\|")


def _rate(tally: Tally) -> str:
    return "" if not tally.cells else f"{100 * tally.right / tally.cells:.1f}"


def _tail(tally: Tally) -> str:
    return f"{_rate(tally)} | {tally.invented} | {tally.whole}/{tally.papers} | {tally.silent}"


def _sums(tally: Tally) -> str:
    return (
        f"{tally.papers} tables, {tally.cells} cells, {_rate(tally)} % right, {tally.invented} rows invented, "
        f"{tally.whole} tables right as a whole, {tally.silent} wrong without a doubt."
    )


def _show(style: str, damage: str, asked: argparse.Namespace) -> None:
    for sample in samples(style, "" if damage == "none" else damage, asked.sample, asked.seed):
        tally = tally_of(sample)
        if tally.misses or tally.invented:
            sys.stdout.write(_shown(sample, tally))


def _shown(sample: Sample, tally: Tally) -> str:
    text = sample.data.decode("utf-8", "replace") if sample.data[:2] != b"PK" else "(a file)"
    misses = "".join(f"   {m.field} {m.row}: true {m.true!r}, read {m.read!r}\n" for m in tally.misses)
    return f"=== {sample.form} {sample.style} {sample.damage} invented {tally.invented}\n{text}\n{misses}"


def _write(page: Path, text: str) -> None:
    old = page.read_text(encoding="utf-8")
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
