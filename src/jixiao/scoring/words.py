"""What the words of a cell or a name tell a method: which tier they mean, and whether less may be better.

The tiers' own words come from the rule-book, in the half-width form that `tidy` gives; here stand only the
shape of a tier's label, the marks of denial, and the names of things that one saves or avoids. Nothing here
gives points.
"""

from collections.abc import Container, Iterable, Sequence
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.schemes.scheme import Tier

_LABEL = expression(
    r"(?:\(含\))?(\d{1,3})%?(?:\(含(?:\d+%?)?\))?[-~—–～至到]+(\d{1,3})%?(?:\(不?含(?:\d+%?)?\))?"
)
_PERCENT = Decimal(100)
_HALF = Decimal(50)
_NAMES_A_TIER = ("指标", "目标", "预期")
_DENIED = expression(r"(?:未|不|没有?|尚未|部分|基本|大部分?|较好)$")
_SAVED = ("成本", "费", "支出", "投资", "造价", "单价", "价格", "预算", "控制", "超", "投诉", "事故",
          "故障", "死亡", "返贫", "失业", "差错", "失误", "误差", "能耗", "排放", "损失", "浪费",
          "时限", "时长", "用时", "工期", "时间", "周期", "结余", "结转", "欠", "违规", "违纪", "上访",
          "信访", "发病", "流失", "辍学", "污染", "隐患", "降低", "减少", "下降", "害", "成灾", "受灾", "灾害", "逾期",
          "拖延", "亏")  # fmt: skip
_GAINED = ("准确", "及时", "合格", "完成", "覆盖", "到位", "达标", "满意", "合规", "有效", "发放",
           "兑现", "知晓", "落实", "执行率", "处置", "化解", "整改", "办结", "报销", "保障率", "足额",
           "收入", "增加", "增长", "提高", "提升", "新增", "受益", "支付率", "拨付率", "使用率",
           "参保", "入学", "成活", "利用率", "普及", "就业", "保存率", "参与", "优良", "优秀",
           "通过率", "保障", "验收", "出勤", "接种", "签约")  # fmt: skip


def may_mean_a_tier(text: str, words: Container[str]) -> bool:
    """Tell whether a text can mean a tier at all, by `tier_of` or `label_of`.

    False is certain; so millions of texts are looked through once, whatever the number of rule-books. `words` are
    those of all tiers that will be asked about.
    """
    plain = _plain(text)
    return (
        plain in words or any(map(plain.__contains__, _NAMES_A_TIER)) or _LABEL.fullmatch(plain) is not None
    )


def tier_of(text: str, tiers: Sequence[Tier]) -> Tier | None:
    """Return the one tier that the words of a qualitative row mean: a tier's label, or its words.

    None for words of no tier, or of two (数量达成预期指标，质量部分达成预期指标).
    """
    plain = _plain(text)
    exact = next((tier for tier in tiers if plain in tier.words or plain == tier.says), None)
    return exact or _labelled(plain, tiers) or _contained(plain, tiers)


def label_of(text: str, tiers: Sequence[Tier]) -> Tier | None:
    """Return the tier that a numeric row gets by label: 100%-80%(含), 达成预期指标; 完成 is no label."""
    plain = _plain(text)
    found = _labelled(plain, tiers)
    if found is None and any(word in plain for word in _NAMES_A_TIER):
        found = tier_of(plain, tiers)
    return found


def _plain(text: str) -> str:
    return tidy(text).strip("。；;，,")


def _labelled(plain: str, tiers: Iterable[Tier]) -> Tier | None:
    match = _LABEL.fullmatch(plain)
    if match is None:
        return None
    ends = {Decimal(match[1]) / _PERCENT, Decimal(match[2]) / _PERCENT}
    return next((tier for tier in tiers if ends == {tier.low, tier.high}), None)


def _contained(plain: str, tiers: Sequence[Tier]) -> Tier | None:
    """Find the tier whose full wording stands inside the text, the longest wording first."""
    if not any(word in plain for word in _NAMES_A_TIER):
        return None
    spans: list[tuple[int, int, Tier]] = []
    words = ((word, tier) for tier in tiers for word in (tier.says, *tier.words) if word in plain)
    for word, tier in sorted(words, key=lambda pair: -len(pair[0])):
        at = plain.find(word)
        inside = any(start <= at and at + len(word) <= end for start, end, _ in spans)
        if _is_wording(word) and not inside and not _DENIED.search(plain[:at]):
            spans.append((at, at + len(word), tier))
    found = {tier.name: tier for _, _, tier in spans}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_wording(word: str) -> bool:
    return any(part in word for part in _NAMES_A_TIER)


def smaller_may_be_better(names: str, bound: Decimal) -> bool:
    """Tell whether a row's names leave open if less is better: things that one saves or avoids, and low rates.

    A name that also speaks of something one wants done (准确率, 及时率, 完成率) leaves nothing open. `bound` is the
    target as printed: a rate of less than half (成灾率 0.4%) may well be a limit.
    """
    low_rate = bound < _HALF and within(names, ("率", "比例", "比重"))
    return (low_rate or within(names, _SAVED)) and not within(names, _GAINED)


def within(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of `words` stands in `text`."""
    return any(map(text.__contains__, words))
