"""Scores in words: each function makes one Step, a line that an auditor can redo, with its exact value.

The value of a row's last step is the row's score before rounding; rounding it half up gives the printed
result.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import Figure, half_up
from jixiao.model.score import Step
from jixiao.schemes.scheme import Band, Tier


def per_cent(share: Fraction | Decimal) -> str:
    """Write a share with two decimals, 0.88425 as 88.43%; a whole one without, 0.9 as 90%."""
    if isinstance(share, Decimal):
        return f"{(share * 100).normalize():f}%"
    shown = f"{half_up(share, 4).scaleb(2)}"
    return f"{shown.removesuffix('.00')}%"


def conversion(figure: Figure, converted: Figure) -> Step:
    """Say 1.5万元 = 15000元."""
    return Step(
        f"{figure} = {converted.value.normalize():f}{converted.unit.name if converted.unit else ''}",
        Fraction(converted.value),
    )


def proportion(over: Decimal, under: Decimal, points: Decimal, value: Fraction, ends: str) -> Step:
    """Say 17 ÷ 20 × 10 = 8.50; `ends` is what `comes_to` says."""
    return Step(f"{over:f} ÷ {under:f} × {points:f} = {ends}", value)


def excess(bound: Decimal, actual: Decimal, points: Decimal, value: Fraction, ends: str) -> Step:
    """Say 10 × (1 - (120 - 100) ÷ 100) = 8.00; `ends` is what `comes_to` says."""
    return Step(f"{points:f} × (1 - ({actual:f} - {bound:f}) ÷ {bound:f}) = {ends}", value)


def comes_to(result: Decimal, score: Decimal) -> str:
    """Say what a sum comes to, and what is taken of it where that isn't the same: 22.74，取 20.00."""
    return f"{score}" if result == score else f"{result}，取 {score}"


def met(words: str, value: Fraction, score: Decimal) -> Step:
    """Say 实际完成值 94%，达到指标值 ≤100%，得满分 10.00."""
    return Step(f"{words}，得满分 {score:f}", value)


def nothing(words: str) -> Step:
    """Say 实际完成值 94%，未达到指标值 ≥95%，不得分."""
    return Step(f"{words}，不得分", Fraction(0))


def rate(over: str, under: str, value: Fraction) -> Step:
    """Say 35.37 ÷ 40.00 = 88.43%; the value is the exact rate."""
    return Step(f"{over} ÷ {under} = {half_up(value, 4).scaleb(2)}%", value)


def capped_rate(value: Fraction) -> Step:
    """Say that a rate above 1 counts as 1."""
    return Step(f"{per_cent(value)} 高于 100%，按 100% 计", Fraction(1))


def share_of(points: Decimal, share: Fraction | Decimal, value: Fraction, score: Decimal) -> Step:
    """Say 10 × 88.43% = 8.84; `share` is written rounded and must give the same score so."""
    return Step(f"{points:f} × {per_cent(share)} = {score}", value)


def in_tier(words: str, tier: Tier, points: Decimal, value: Fraction, score: Decimal) -> Step:
    """Say which tier the words belong to, its range, and the sum: 按 90% 计，13.33 × 90% = 12.00."""
    share = per_cent(tier.high if tier.default is None else tier.default)
    where = f"“{words}”属“{tier.says}”（{tier_range(tier)}）"
    return Step(f"{where}，按 {share} 计：{points:f} × {share} = {score}", value)


def tier_range(tier: Tier) -> str:
    """Write a tier's range as 80%～60%（含 60%）; where both ends belong to it nothing more is said."""
    high, low = per_cent(tier.high), per_cent(tier.low)
    if tier.high_open == tier.low_open:
        return f"{high}～{low}"
    return f"{high}～{low}（含 {low if tier.high_open else high}）"


def in_band(shown: str, band: Band) -> Step:
    """Say which band a rate falls into and the share it earns (the value)."""
    needs = f"，条件：{band.needs}" if band.needs else ""
    return Step(
        f"{shown} 在 {band_range(band)} 一档{needs}，得分值的 {per_cent(band.share)}", Fraction(band.share)
    )


def band_range(band: Band) -> str:
    """Write a band as [80%, 90%)."""
    left, right = "(" if band.low_open else "[", "]" if band.high_closed else ")"
    high = per_cent(band.high) if band.high is not None else "∞"
    return f"{left}{per_cent(band.low)}, {high}{right}"


def less(points: Decimal, off: Fraction, why: str, value: Fraction, score: Decimal) -> Step:
    """Say 5 - 1.5 = 3.50（超出 3，每 1 扣 0.5）."""
    return Step(f"{points:f} - {plain(off)} = {score:f}（{why}）", value)


def plain(value: Fraction) -> str:
    """Write a number without needless zeros, with at most four decimals."""
    shown = f"{half_up(value, 4):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def sum_up(scores: Sequence[Decimal], value: Fraction, shown: Decimal) -> Step:
    """Say 8.84 + 10.00 + 8.50 = 27.34; negative scores don't occur."""
    return Step(f"{' + '.join(map(str, scores))} = {shown:f}", value)
