"""The proof table: `python -m tests.proof [--clean N] [--each N] [--only CODES] [--show N] [--write FILE]`."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from jixiao.audit import COLLECTION_RULES, RULES
from tests.proof.plants import not_planted, plantings
from tests.proof.proving import CleanTally, Tally, accuse_clean, accuse_units, pool_of, prices, prove, spread
from tests.proof.telling import Proof, told

_JOBS = 2
_PARTS = 16


def main(words: Sequence[str]) -> int:
    """Run the proof and print or write its table; 1 when a clean filing was accused of an error."""
    asked = _asked(words)
    codes = _chosen(asked.only)
    with ProcessPoolExecutor(_JOBS) as workers:
        parts = list(spread(range(asked.seed, asked.seed + asked.clean), _PARTS))
        running = [workers.submit(accuse_clean, part) for part in parts] if asked.clean else []
        running += [workers.submit(accuse_units, part) for part in spread(range(asked.clean // 50), _JOBS)]
        planted = [
            workers.submit(_prove_some, codes[k::_JOBS], asked.each, asked.seed)
            for k in range(_JOBS if asked.each else 0)
        ]
        clean = CleanTally()
        for future in running:
            clean.add(future.result())
        tallies = {tally.code: tally for future in planted for tally in future.result()}
    proof = Proof(codes, clean, tallies, not_planted(), prices(range(40)) if asked.write else {})
    if asked.write:
        Path(asked.write).write_text(told(proof), "utf-8")
    else:
        sys.stdout.write(told(proof))
    _show(proof, asked.show)
    return 1 if clean.errors else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.proof", description="审核规则的证明：植入差错，看谁发现、谁被错怪。"
    )
    parser.add_argument("--clean", type=int, default=1000, help="多少份没有差错的材料")
    parser.add_argument("--each", type=int, default=50, help="每条规则植入多少处差错")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="只看这些规则或规则族，如 IS,TV03")
    parser.add_argument("--show", type=int, default=0, help="每条规则列出多少个漏掉的、错怪的例子")
    parser.add_argument("--write", default="", help="写入这个文件，如 docs/proof.md")
    return parser.parse_args(words)


def _chosen(only: str) -> tuple[str, ...]:
    codes = tuple(sorted({rule.code for rule in RULES} | {rule.code for rule in COLLECTION_RULES}))
    wanted = tuple(word.strip() for word in only.split(",") if word.strip())
    return tuple(code for code in codes if not wanted or code.startswith(wanted))


def _prove_some(codes: Sequence[str], each: int, seed: int) -> list[Tally]:
    by_code = {code: [one for one in plantings() if one.code == code] for code in codes}
    pool = pool_of(min(200, 10 * each), min(20, 2 * each), seed) if any(by_code.values()) else None
    return [
        prove(code, found, pool, each, seed) for code, found in by_code.items() if found and pool is not None
    ]


def _show(proof: Proof, most: int) -> None:
    """Tell on standard error what was missed and who was accused."""
    warned = [
        says
        for (code, kind), says in sorted(proof.clean.examples.items())
        if code in proof.codes and kind == "warning"
    ]
    lines = warned if most else []
    for tally in proof.tallies.values():
        lines += [*tally.lost[:most], *tally.wrong[:most]]
    lines += [f"错怪：{says}" for says in proof.clean.errors[:20]]
    sys.stderr.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
