"""What the law in columns is measured beside says the same: else the bench compares unlike things."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jixiao.model.evaluation import Evaluation
from jixiao.schemes.shelf import all_schemes
from tests.batch.twins import compare
from tests.strategies import evaluations

for name in ("polars", "pandas", "zen"):
    pytest.importorskip(
        name, reason=f"no {name}: pip install --require-hashes -r requirements/peers.txt to race the peers"
    )

from tests.bench.peers import equal, zen_law  # noqa: E402 only where the peers are


def test_polars_and_pandas_score_rows_of_every_shape_as_the_core_does() -> None:
    equal.check_generated(9, 2)


@pytest.mark.slow
@settings(max_examples=3, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.lists(evaluations(), min_size=4, max_size=8))
def test_polars_and_pandas_score_whatever_the_model_holds(listed: list[Evaluation]) -> None:
    compare(listed, all_schemes(), equal.agreed)


@pytest.mark.parametrize(
    ("value", "half", "told"), [(94_000_000, 0, (9_890_000, 9_890_000, 9_900_000)), (96_000_000, 0, (10**7,) * 3),
                                 (94_900_000, 50_000, (9_990_000, 9_980_000, 10**7))],
)  # fmt: skip
def test_zen_scores_a_figure_and_what_its_share_rounded_first_would_give(
    value: int, half: int, told: tuple[int, ...]
) -> None:
    row = {
        "kind": 1, "points": 10**7, "top": 10**7, "grain": 10_000, "method": 1, "threshold": 0, "value": value,
        "half": half, "lo": 95_000_000, "hi": None, "lo_out": False, "hi_out": False, "smaller": False,
        **dict.fromkeys(("standard", "low", "high", "low_open", "high_open")),
    }  # fmt: skip
    assert zen_law.decide([row]) == [told]
