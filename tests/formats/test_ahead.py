"""Documents converted together: what waits for whom, and what a breakdown costs the others."""

from collections.abc import Iterator, Sequence

import pytest

from jixiao.formats.ole import ahead

Made = tuple[bytes | None, ...]


class Office:
    """Stands in for LibreOffice: makes what it is given into capitals, and breaks off over what says so."""

    def __init__(self) -> None:
        self.calls: list[tuple[bytes, ...]] = []

    def __call__(self, files: Sequence[bytes], *, suffix: str, to: str) -> Made:
        assert (suffix, to) == ("doc", "docx")
        self.calls.append(tuple(files))
        end = next((n for n, data in enumerate(files) if data.startswith(b"bad")), len(files))
        return tuple(data.upper() if n < end else None for n, data in enumerate(files))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    made = Office()
    monkeypatch.setattr(ahead, "converted", made)
    yield made
    ahead.prepare((), "doc")


def test_what_was_made_together_is_given_once_and_then_made_anew(office: Office) -> None:
    ahead.prepare((b"a", b"b"), "doc")
    assert (ahead.docx_of(b"a", "doc"), ahead.docx_of(b"b", "doc")) == (b"A", b"B")
    assert office.calls == [(b"a", b"b")]
    assert ahead.docx_of(b"a", "doc") == b"A"
    assert office.calls[1:] == [(b"a",)]


def test_what_was_never_made_ready_is_made_by_itself(office: Office) -> None:
    assert ahead.docx_of(b"c", "doc") == b"C"
    assert ahead.docx_of(b"bad", "doc") is None
    assert office.calls == [(b"c",), (b"bad",)]


def test_the_documents_behind_one_that_breaks_the_call_off_get_another(office: Office) -> None:
    ahead.prepare((b"a", b"bad", b"b", b"c"), "doc")
    assert office.calls == [(b"a", b"bad", b"b", b"c"), (b"b", b"c")]
    assert [ahead.docx_of(data, "doc") for data in (b"a", b"b", b"c")] == [b"A", b"B", b"C"]


def test_what_was_prepared_before_is_forgotten(office: Office) -> None:
    ahead.prepare((b"a", b"b"), "doc")
    ahead.prepare((b"c", b"d"), "doc")
    ahead.docx_of(b"a", "doc")
    assert office.calls[-1] == (b"a",)
