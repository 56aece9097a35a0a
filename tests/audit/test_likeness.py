"""How alike texts are: exact shares, names and numbers left out, near-duplicates found among many."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.audit.collection.likeness import alike, boilerplate, clauses, likeness, shingles

WORDS = "渠道清淤机井维修路面养护桥涵加固校舍粉刷图书购置疫苗接种苗木补植河岸护坡公厕改造"


def text(*numbers: int) -> str:
    """Sentences that differ as their numbers do."""
    return "。".join("".join(Random(n).choices(WORDS, k=24)) for n in numbers)


def test_names_and_numbers_make_no_difference() -> None:
    one = clauses("东塘镇的渠道清淤完成12公里。", ("东塘镇", "渠道清淤"))
    other = clauses("西溪镇的村道养护完成 34 公里！", ("西溪镇", "村道养护"))
    assert one == other == ("XX完成00公里".replace("XX", "X的X"),)


def test_a_line_break_ends_a_sentence() -> None:
    assert clauses("一、概况\n项目，已完成；没有问题") == ("一概况", "项目已完成", "没有问题")


def test_likeness_is_the_share_of_either_that_both_have() -> None:
    assert likeness({"a", "b", "c"}, {"b", "c", "d"}) == Fraction(1, 2)
    assert likeness(set(), set()) == 0


def test_a_short_clause_is_one_shingle() -> None:
    assert shingles(("已完成",)) == {"已完成"}
    assert shingles(("渠道清淤完成",)) == {"渠道清淤完", "道清淤完成"}


def test_what_many_owners_say_is_the_form_and_not_what_one_says_often() -> None:
    said = [("按照通知要求开展自评", f"第{n}处") for n in range(12)]
    everybody = [f"第{n}单位" for n in range(12)]
    assert boilerplate(said, everybody, Fraction(1, 20), 10) == {"按照通知要求开展自评"}
    assert boilerplate(said, ["一个单位"] * 12, Fraction(1, 20), 10) == set()
    assert boilerplate(said, everybody[:6] * 2, Fraction(1, 20), 10) == set()


def pairs(texts: Sequence[str], least: Fraction) -> set[tuple[int, int]]:
    found = alike(len(texts), lambda at: shingles(clauses(texts[at])), least)
    return {(pair.first, pair.second) for pair in found}


def test_a_copy_is_found_among_others_with_its_exact_share() -> None:
    texts = [text(*range(at, at + 30)) for at in range(0, 3000, 100)]
    texts.append(text(*range(500, 528), 7001, 7002))
    (found,) = alike(len(texts), lambda at: shingles(clauses(texts[at])), Fraction(4, 5))
    assert (found.first, found.second) == (5, 30)
    assert found.share == likeness(shingles(clauses(texts[5])), shingles(clauses(texts[30])))


def test_long_and_short_texts_are_compared_too() -> None:
    """Of a long text one shingle in sixteen is looked up, of a short one all."""
    long = text(*range(19))
    assert pairs([long, text(*range(18))], Fraction(4, 5)) == {(0, 1)}
    assert pairs([text(*range(18)), long], Fraction(4, 5)) == {(0, 1)}


def test_a_hundred_copies_are_each_told_with_a_few_others() -> None:
    found = list(alike(100, lambda _: shingles(clauses(text(*range(40)))), Fraction(4, 5)))
    assert len(found) <= 300
    assert {pair.second for pair in found} == set(range(1, 100))


def test_the_same_texts_give_the_same_pairs_in_the_same_order() -> None:
    texts = [text(*range(at, at + 20)) for at in (0, 1, 2, 500, 501)]
    runs = [list(alike(5, lambda at: shingles(clauses(texts[at])), Fraction(1, 2))) for _ in range(2)]
    assert runs[0] == runs[1] != []


@given(
    st.lists(st.text(alphabet=WORDS, min_size=20, max_size=60), min_size=1, max_size=12), st.integers(2, 9)
)
def test_short_texts_miss_no_pair_that_is_alike(parts: list[str], tenths: int) -> None:
    """All shingles of a short text are looked up, so no pair of few texts can be missed."""
    least = Fraction(tenths, 10)
    texts = [*parts, *parts[:1]][:4]
    sets = [shingles(clauses(t)) for t in texts]
    wanted = {(a, b) for b in range(len(sets)) for a in range(b) if likeness(sets[a], sets[b]) >= least}
    assert pairs(texts, least) == wanted


@pytest.mark.parametrize("nothing", ["", "。", "\n\n", "—— "])
def test_an_empty_text_is_like_nothing(nothing: str) -> None:
    assert pairs([nothing, nothing], Fraction(1, 2)) == set()
