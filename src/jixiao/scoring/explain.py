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
    shown = f"{half_up(Fraction(share) * 100, 2):f}"
    return f"{shown.removesuffix('.00')}%"


def conversion(figure: Figure, converted: Figure) -> Step:
    """Say 1.5万元 = 15000元."""
    return Step(
        f"{figure} = {converted.value.normalize():f}{converted.unit.name if converted.unit else ''}",
        Fraction(converted.value),
    )


def proportion(
    over: Decimal, under: Decimal, points: Decimal, raw: Fraction, *, value: Fraction, places: int
) -> Step:
    """Say 17 ÷ 20 × 10 = 8.50, and ，取 20.00 after it where `value` isn't what comes out (`raw`)."""
    says = f"{over:f} ÷ {under:f} × {points:f} = {half_up(raw, places):f}"
    if raw != value:
        says = f"{says}，取 {half_up(value, places):f}"
    return Step(says, value)


def excess(
    bound: Decimal, actual: Decimal, points: Decimal, raw: Fraction, *, value: Fraction, places: int
) -> Step:
    """Say 10 × (1 - (120 - 100) ÷ 100) = 8.00."""
    says = f"{points:f} × (1 - ({actual:f} - {bound:f}) ÷ {bound:f}) = {half_up(raw, places):f}"
    if raw != value:
        says = f"{says}，取 {half_up(value, places):f}"
    return Step(says, value)


def met(words: str, value: Fraction, places: int) -> Step:
    """Say 实际完成值 94%，达到指标值 ≤100%，得满分 10.00."""
    return Step(f"{words}，得满分 {half_up(value, places):f}", value)


def nothing(words: str) -> Step:
    """Say 实际完成值 94%，未达到指标值 ≥95%，不得分."""
    return Step(f"{words}，不得分", Fraction(0))


def rate(over: str, under: str, value: Fraction) -> Step:
    """Say 35.37 ÷ 40.00 = 88.43%; the value is the exact rate."""
    return Step(f"{over} ÷ {under} = {half_up(value * 100, 2):f}%", value)


def capped_rate(value: Fraction) -> Step:
    """Say that a rate above 1 counts as 1."""
    return Step(f"{per_cent(value)} 高于 100%，按 100% 计", Fraction(1))


def share_of(points: Decimal, share: Fraction, value: Fraction, places: int) -> Step:
    """Say 10 × 88.43% = 8.84; `share` is written rounded and must give the same score so."""
    return Step(f"{points:f} × {per_cent(share)} = {half_up(value, places):f}", value)


def in_tier(words: str, tier: Tier) -> Step:
    """Say which tier the words belong to, its range, and the share that counts by default (the value)."""
    share = tier.default if tier.default is not None else tier.high
    return Step(f"“{words}”属“{tier.says}”（{tier_range(tier)}），按 {per_cent(share)} 计", Fraction(share))


def tier_range(tier: Tier) -> str:
    """Write a tier's range as 100%～80%（含80%）."""
    ends = [per_cent(end) for end, out in ((tier.high, tier.high_open), (tier.low, tier.low_open)) if not out]
    return f"{per_cent(tier.high)}～{per_cent(tier.low)}" + (
        f"（含 {'、'.join(ends)}）" if len(ends) == 1 else ""
    )


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


def less(points: Decimal, off: Fraction, why: str, value: Fraction, places: int) -> Step:
    """Say 5 - 1.5 = 3.50（超出 3，每 1 扣 0.5）."""
    return Step(f"{points:f} - {plain(off)} = {half_up(value, places):f}（{why}）", value)


def plain(value: Fraction) -> str:
    """Write a number without needless zeros, with at most four decimals."""
    shown = f"{half_up(value, 4):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def sum_up(scores: Sequence[Decimal], value: Fraction, shown: Decimal) -> Step:
    """Say 8.84 + 10.00 + 8.50 = 27.34; negative scores don't occur."""
    return Step(f"{' + '.join(f'{score:f}' for score in scores)} = {shown:f}", value)
