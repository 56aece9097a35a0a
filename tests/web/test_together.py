"""People who save the same filings at once lose nothing to each other (`python -m tests.web.together` for many)."""

import pytest

from tests.web.together import try_it


@pytest.mark.slow
def test_what_each_saved_stands_there_once_when_all_save_at_once() -> None:
    told = try_it(6, 2, 5, on_postgres=False)
    assert (told["saved"], told["lost"], told["twice"]) == (30, 0, 0)
