"""How long scoring a table takes: `python -m tests.scoring.bench_sheet [rule-book]`; prints, asserts nothing.

The table has 15 rows: nine that are met, four that miss (a division each), two qualitative. Reading isn't counted.
"""

import sys
from statistics import median
from time import perf_counter

from jixiao.model.evaluation import Evaluation
from jixiao.schemes import load_scheme
from jixiao.scoring import score
from tests.scoring.sheets import paper, row

ROUNDS, TIMES = 40, 50


def table() -> Evaluation:
    met = [row("≥95%", "98%", "6", f"合格率{n}") for n in range(6)]
    met += [row("≤100万元", "94.5万元", "6", f"成本控制{n}") for n in range(3)]
    missed = [row("=20人", "17人", "6", "就餐人数"), row("≥60公里", "52.5公里", "6", "道路里程"),
              row("≤10天", "12天", "6", "办理天数"), row("≥95%", "91.3%", "6", "满意度")]  # fmt: skip
    words = [row("成效显著", "达成预期指标", "6", f"改善环境{n}") for n in range(2)]
    return paper(*met, *missed, *words, annual="40.00", executed="35.37")


def main(scheme_id: str = "anhui-huaiyuan") -> None:
    evaluation, scheme = table(), load_scheme(scheme_id)
    sheet = score(evaluation, scheme)
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(TIMES):
            score(evaluation, scheme)
        rounds.append((perf_counter() - start) / TIMES * 1000)
    figures = f"median {median(rounds):.3f} ms, best {min(rounds):.3f} ms"
    sys.stdout.write(f"{scheme_id}: {len(sheet.indicators)} rows, total {sheet.total.score}, {figures}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
