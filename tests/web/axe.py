"""Asks axe what on a page somebody with other eyes, hands or ears couldn't use; and what runs out of the window."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "vendor"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async (levels) => {
  const said = await axe.run(document, {runOnly: levels, resultTypes: ["violations"]});
  return said.violations.flatMap(one => one.nodes.map(node => [one.id, node.html.slice(0, 160), node.failureSummary]));
}"""
_BROADER = """() => [document.documentElement.scrollWidth - window.innerWidth, ...Array.from(document.querySelectorAll("body *"))
  .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest(".table-wrap, .ways, svg, .visually-hidden"))
  .map(one => one.outerHTML.slice(0, 120))]"""


def faults(page: Page) -> list[str]:
    """Return each fault by WCAG 2.2, levels A and AA, as a sentence; an open page is looked at as it is."""
    page.wait_for_load_state("load")
    if not (FOLDER / "axe.js").is_file():
        pytest.skip("SKIPPED: axe is missing (make assets)")
    page.evaluate((FOLDER / "axe.js").read_text("utf-8"))
    chinese = json.loads((FOLDER / "axe-zh.json").read_text("utf-8"))
    page.evaluate("locale => axe.configure({locale})", chinese)
    return [f"{rule}: {html}\n  {why}" for rule, html, why in page.evaluate(_RUN, LEVELS)]


def overflows(page: Page) -> list[str]:
    """Return what is broader than the window, so that the page scrolls sideways; nothing where it doesn't.

    A page measured before its style sheets have come is as broad as its largest picture: they are waited for.
    """
    page.wait_for_load_state("load")
    broader, *parts = page.evaluate(_BROADER)
    return parts or [f"{broader} px"] if broader > 0 else []
