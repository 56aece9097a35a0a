"""Writing in the report of a draft: a paragraph saved by its key and the version that was seen."""

from django.db import transaction

from jixiao import api
from jixiao.api import filling
from jixiao.errors import TransitionError
from jixiao.schemes import load_scheme
from jixiao.web.actions.saving import Clash, Held, Saved, hold
from jixiao.web.drafts.narrative import Paragraph, edited, report
from jixiao.web.log import Actor

LONGEST = 20_000


@transaction.atomic
def take_up(pk: int, actor: Actor) -> Saved:
    """Make the drafted report part of what is sent."""
    held = hold(pk, actor)
    held.content.outline = held.content.outline or api.outline_for(load_scheme(held.content.scheme))
    return _kept(held, actor)


@transaction.atomic
def drop(pk: int, actor: Actor) -> Saved:
    """Send the table alone; what was edited stays in the draft."""
    held = hold(pk, actor)
    held.content.outline = ""
    return _kept(held, actor)


@transaction.atomic
def write(pk: int, key: str, text: str, seen: int, actor: Actor) -> Saved:
    """Save a paragraph's words; an empty text takes back what was edited.

    Raises:
        TransitionError: there is no such paragraph.
    """
    held = hold(pk, actor)
    shown = _shown(held, key)
    if seen < shown.version and shown.text != text:
        clash = Clash(key, "报告的这一段", shown.version, {"text": (text, shown.text)}, shown.name, shown.at)
        return Saved(held.submission, held.draft, held.content, (clash,))
    held.draft.version += 1
    if text.strip():
        held.content.narrative[key] = {
            "text": text, "marks": edited(shown, text), "version": held.draft.version,
            "name": actor.user.name if actor.user is not None else "", "at": actor.at.isoformat(),
        }  # fmt: skip
    else:
        held.content.narrative.pop(key, None)
    held.content.outline = held.content.outline or api.outline_for(load_scheme(held.content.scheme))
    return _kept(held, actor)


def _shown(held: Held, key: str) -> Paragraph:
    filled = filling.fill(held.content.typed, held.content.scheme)
    found = next((one for one in report(held.content, filled) if one.key == key), None)
    if found is None or found.grid is not None:
        raise TransitionError("报告里没有这一段了：请刷新页面。")
    return found


def _kept(held: Held, actor: Actor) -> Saved:
    held.keep(actor)
    return Saved(held.submission, held.draft, held.content)
