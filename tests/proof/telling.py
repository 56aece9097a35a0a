"""The proof as a page: docs/proof.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jixiao.audit import COLLECTION_RULES, FAMILIES, RULES
from jixiao.model.finding import Severity
from tests.proof.proving import CleanTally, Tally

_CALLED = {Severity.ERROR: "错误", Severity.WARNING: "需核实", Severity.NOTE: "提示"}
_INTRO = """<!-- 由 make proof 生成，请勿手改 -->

# 证明

每条规则都在没有差错的材料里植入它要找的差错，措辞、位置、大小、表样各不相同，再看它找到多少、错怪多少。
做法见 [tests/proof/README.md](../tests/proof/README.md)。

- **植入**：植入的次数。**找到**：该规则在植入处报出。**旁证**：另有规则也在植入处报出。
- **错怪**：植入处以外多报出“错误”的次数。
- **误报**：每 100 份没有差错的材料，报出“需核实”的条数；报出“错误”的条数应为 0。
- **微秒**：该规则看一份寻常材料（一张表，多数另有一份报告）所用的时间。
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that the page tells."""

    codes: tuple[str, ...]
    clean: CleanTally
    tallies: Mapping[str, Tally]
    without: Mapping[str, str]
    prices: Mapping[str, float]


def told(proof: Proof) -> str:
    """Return the page."""
    return "\n".join([_INTRO, *_summary(proof), "", *_table(proof), "", *_without(proof)]).rstrip() + "\n"


def _summary(proof: Proof) -> Iterator[str]:
    clean = proof.clean
    if clean.filings:
        warnings = sum(n for (_, severity), n in clean.told.items() if severity == Severity.WARNING)
        yield (
            f"没有差错的材料 {clean.filings} 份：报出“错误” {len(clean.errors)} 条，"
            f"“需核实” {warnings} 条（每 100 份 {100 * warnings / clean.filings:.2f} 条）。"
        )
    tallies = proof.tallies.values()
    planted, found = sum(t.planted for t in tallies), sum(t.found for t in tallies)
    if planted:
        yield (
            f"植入差错 {planted} 处，找到 {found} 处（{100 * found / planted:.1f}%），"
            f"植入处以外错怪 {sum(t.accused for t in tallies)} 处。"
        )


def _table(proof: Proof) -> Iterator[str]:
    yield "| 规则 | 级别 | 植入 | 找到 | 旁证 | 错怪 | 误报 | 微秒 |"
    yield "| --- | --- | --: | --: | --: | --: | --: | --: |"
    rules = {rule.code: rule for rule in (*RULES, *COLLECTION_RULES)}
    for code in proof.codes:
        tally = proof.tallies.get(code, Tally(code))
        warned = proof.clean.told[code, Severity.WARNING.value] + proof.clean.told[code, Severity.ERROR.value]
        false = f"{100 * warned / proof.clean.filings:.2f}" if proof.clean.filings else ""
        price = f"{proof.prices[code]:.0f}" if code in proof.prices else ""
        found = f"{tally.found}（{100 * tally.share:.0f}%）" if tally.planted else ""
        counts = (
            tally.planted or "",
            found,
            _others(tally),
            tally.accused if tally.planted else "",
            false,
            price,
        )
        yield f"| {code} | {_CALLED[rules[code].severity]} | " + " | ".join(map(str, counts)) + " |"


def _others(tally: Tally) -> str:
    if not tally.by_another:
        return "0" if tally.planted else ""
    return f"{tally.by_another}（{'、'.join(code for code, _ in tally.others.most_common(2))}）"


def _without(proof: Proof) -> Iterator[str]:
    told = {code: why for code, why in proof.without.items() if code in proof.codes}
    bare = [code for code in proof.codes if code not in proof.tallies and code not in told]
    if told:
        yield "没有植入的规则："
        yield ""
        yield from (f"- {code}：{why}" for code, why in sorted(told.items()))
    if bare and proof.tallies:
        families = "、".join(sorted({f"{code[:2]}（{FAMILIES[code[:2]]}）" for code in bare}))
        yield f"还没有植入的规则：{'、'.join(bare)}，属 {families}。"
