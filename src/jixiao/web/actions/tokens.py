"""Keys of programs: made by their person, shown once, revoked at once."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.http import Http404

from jixiao.web import log
from jixiao.web.actions.wanted import person
from jixiao.web.digests import digest
from jixiao.web.log import Act, Actor
from jixiao.web.models import Token

_LENGTH = 32


@transaction.atomic
def make(name: str, scopes: Sequence[str], days: int, actor: Actor) -> tuple[Token, str]:
    """Make a key for the person who acts; return it with its word, which is kept nowhere."""
    word = f"jx_{token_urlsafe(_LENGTH)}"
    made = Token.objects.create(
        user=person(actor),
        name=name,
        digest=digest(word.encode()),
        scope=" ".join(scopes),
        expires_at=actor.at + timedelta(days=days),
    )
    log.append(
        actor, Act("make_token", f"新建程序密钥“{name}”，范围 {made.scope}，{days} 天有效", subject=name)
    )
    return made, word


@transaction.atomic
def revoke(pk: int, actor: Actor) -> Token:
    """Revoke one's own key, at once and for good.

    Raises:
        Http404: there is none such among one's own.
    """
    held = Token.objects.select_for_update().filter(pk=pk, user=person(actor)).first()
    if held is None:
        raise Http404
    if held.revoked_at is None:
        held.revoked_at = actor.at
        held.save(update_fields=["revoked_at"])
        log.append(actor, Act("revoke_token", f"撤销程序密钥“{held.name}”", subject=held.name))
    return held
