"""The findings as one self-contained page."""

from collections.abc import Sequence

from jixiao.cli.work import Done


def html_page(done: Sequence[Done]) -> str:
    """Return the page."""
    return f"<!DOCTYPE html><title>{len(done)}</title>"
