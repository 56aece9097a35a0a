"""What many papers have alike: held once, and never another figure than was told."""

from copy import deepcopy
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jixiao import api
from jixiao.cli.sharing import Shared
from jixiao.layout import Line, Place
from tests.examples import FOLDER

PAPERS = sorted(FOLDER.glob("*.txt"))


def test_papers_are_the_same_with_what_they_share_and_say_the_same() -> None:
    shared = Shared()
    for path in PAPERS:
        for reading in api.read_file(path, name=path.name):
            before = deepcopy(reading.record)
            after = shared.alike(reading.record)
            assert after == before
            assert repr(after) == repr(before)


def test_words_and_figures_of_two_papers_are_one_object() -> None:
    shared = Shared()
    one, two = (Line(f"产出指标{n}"[:4], Place(line=n), confidence=Decimal("10.00")) for n in (1, 2))
    assert one.text is not two.text
    assert shared.alike(one).text is shared.alike(two).text
    assert one.confidence is two.confidence
    assert (one.place, two.place) == (Place(line=1), Place(line=2))


@given(st.lists(st.sampled_from(["10", "10.0", "10.00", "1E+1", "-0", "0", "0.0", "NaN"]).map(Decimal)))
def test_figures_keep_the_digits_in_which_they_were_told(figures: list[Decimal]) -> None:
    assert list(map(str, Shared().alike(tuple(figures)))) == list(map(str, figures))


def test_what_is_told_otherwise_stays_apart() -> None:
    shared = Shared()
    kept = shared.alike(("产出指标", ("产出指标", None, True, 1, 1.0)))
    assert kept == ("产出指标", ("产出指标", None, True, 1, 1.0))
    assert kept[1][2] is True
