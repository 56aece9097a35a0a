"""Every figure of a draft is bound to fields of the record, and is what they say; this is worked out here anew."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, half_up
from jixiao.model.review import Review
from jixiao.papers.drafts import Binding, Draft, draft, draft_all
from jixiao.papers.drafts.telling import How
from jixiao.schemes.scheme import Scheme
from tests.papers.drafts.drafted import OF_ONE, Reviewed, clean, invented, own_words

SEEDS = range(2)
MANY = range(100, 120)


def field_of(reviewed: Reviewed, path: str) -> object:
    """Walk to a field, without the help of what made the draft."""
    review, scheme = reviewed
    steps = path.split(".")
    roots: dict[str, object] = {"sheet": review.sheet, "scheme": scheme, "findings": review.findings}
    whole = roots.get(steps[0], review.filing.evaluation)
    for step in steps[1:] if steps[0] in roots else steps:
        whole = whole[int(step)] if isinstance(whole, tuple) else getattr(whole, step)
    return whole


def number_of(value: object) -> Fraction:
    assert isinstance(value, Figure | Decimal)
    return Fraction(value.exact if isinstance(value, Figure) else value)


def prints(reviewed: Reviewed, path: str) -> tuple[str, ...]:
    """All ways in which a field may be printed."""
    value = field_of(reviewed, path)
    steps = path.split(".")
    if steps[0] == "indicators" and steps[-1] in {"target", "actual"}:
        row = (reviewed[0].filing.evaluation or Evaluation()).indicators[int(steps[1])]
        said = row.demand if steps[-1] == "target" else row.actual.text if row.actual else ""
        return (said, f"{said}{row.unit or ''}")
    if isinstance(value, Figure):
        return (str(value), f"{value.value:f}")
    return (f"{value:f}" if isinstance(value, Decimal) else str(value),)


def told_number(text: str, like: object) -> Fraction:
    """The number of a text in the base unit of the figure that it is like."""
    digits = re.match(r"-?\d+(?:\.\d+)?", text)
    assert digits, text
    scale = like.scale if isinstance(like, Figure) else Fraction(1)
    return Fraction(Decimal(digits.group())) * scale


def is_said(find: Callable[[str], object], printed: Callable[[str], tuple[str, ...]], one: Binding) -> bool:
    """Tell whether a bound text is what its fields say."""
    if one.how is How.NUMBER:
        return (
            re.fullmatch(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+\.|[①-⑳]", one.text)
            is not None
        )
    if one.how is How.FIELD:
        (path,) = one.paths
        texts = printed(path)
        running = isinstance(find(path), str)  # of a text a part may be quoted, of a figure never
        return one.text in texts or (running and any(one.text in " ".join(text.split()) for text in texts))
    if one.how is How.COUNT:
        return one.text == str(len(set(one.paths))) and all(find(path) is not None for path in one.paths)
    values = [find(path) for path in one.paths]
    half = len(values) // 2
    first, second = (sum(map(number_of, part), Fraction(0)) for part in (values[:half], values[half:]))
    if one.how is How.SUM:
        return told_number(one.text, values[0]) == first + second
    if one.how is How.DIFFERENCE:
        return told_number(one.text, values[0]) == abs(first - second)
    return one.text == f"{half_up(first / second * 100, 2):f}%"


def wrong(
    made: Draft, find: Callable[[str], object], printed: Callable[[str], tuple[str, ...]]
) -> list[Binding]:
    return [one for one in made.bindings if not is_said(find, printed, one)]


def wrong_of(made: Draft, reviewed: Reviewed) -> list[Binding]:
    return wrong(made, lambda path: field_of(reviewed, path), lambda path: prints(reviewed, path))


def unbound(made: Draft) -> list[str]:
    """Return the texts that have a digit in them which no binding covers."""
    return [text for text in own_words(made) if re.search(r"\d", text)]


def check(reviewed: Reviewed, outline: str) -> None:
    made = draft(*reviewed, outline)
    assert wrong_of(made, reviewed) == []
    assert unbound(made) == []


@pytest.mark.parametrize("outline", OF_ONE)
@pytest.mark.parametrize("make", [clean, invented])
def test_every_figure_is_bound_and_is_what_its_fields_say(
    make: Callable[[int], Reviewed], outline: str
) -> None:
    for seed in SEEDS:
        check(make(seed), outline)


@pytest.mark.slow
def test_so_it_is_in_many_records() -> None:
    for seed in MANY:
        made = (clean, invented)[seed % 2](seed)
        for outline in OF_ONE:
            check(made, outline)


def test_a_text_that_is_not_what_its_field_says_would_be_seen() -> None:
    review, scheme = clean(0)
    table = review.filing.evaluation
    assert table is not None
    assert table.total_printed is not None
    other = replace(table, total_printed=table.total_printed - 1)
    changed = replace(review, filing=replace(review.filing, evaluation=other))
    paths = {
        path for one in wrong_of(draft(review, scheme, "o-self"), (changed, scheme)) for path in one.paths
    }
    assert paths == {"total_printed"}


def test_a_changed_score_breaks_its_own_figure_the_sum_and_what_was_lost() -> None:
    review, scheme = clean(1)
    table = review.filing.evaluation
    assert table is not None
    row = table.indicators[0]
    assert row.score_printed is not None
    rows = (replace(row, score_printed=row.score_printed - 1), *table.indicators[1:])
    changed = replace(review, filing=replace(review.filing, evaluation=replace(table, indicators=rows)))
    found = wrong_of(draft(review, scheme, "o-self"), (changed, scheme))
    assert {How.FIELD, How.SUM} <= {one.how for one in found}
    assert all("indicators.0.score_printed" in one.paths for one in found)


def several(*seeds: int) -> list[tuple[Review, Scheme]]:
    return [clean(seed) for seed in seeds]


@pytest.mark.parametrize("outline", ["o-dept", "o-recheck"])
def test_a_report_on_several_projects_is_bound_likewise(outline: str) -> None:
    all_of = [*several(0, 60), invented(4)]
    made = draft_all(all_of, outline)

    def split(path: str) -> tuple[Reviewed, str]:
        _, number, inner = path.split(".", 2)
        return all_of[int(number)], inner

    assert wrong(made, lambda path: field_of(*split(path)), lambda path: prints(*split(path))) == []
    assert unbound(made) == []
