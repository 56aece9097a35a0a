"""Who works at the site under load: a session and a filing for each, made in its database. Run inside the site."""
# ruff: noqa: PLC0415 - the tables can be imported once Django is set up

import json
import os
import sys
import time
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")

import django

from jixiao.web.house import furnish

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def people(count: int) -> dict[str, list[dict[str, object]]]:
    """Return for each kind of person what they work with: a session, the filings they open."""
    return {"clerk": _clerks(count), "department": _departments(count), "bureau": _bureau(count)}


def _clerks(count: int) -> list[dict[str, object]]:
    """Each clerk with a filing of their own unit that they type into: a whole table, the same for all."""
    from jixiao.web.models import Draft, Membership, Submission

    held = Membership.objects.filter(role="clerk").select_related("user")
    clerk_of = {one.organization_id: one.user for one in held}
    filings = Submission.objects.filter(state="self_draft", draft=None, unit__in=clerk_of).order_by("pk")
    chosen = list({one.unit_id: one for one in filings}.values())[:count]  # one a unit
    content = _typed()
    Draft.objects.bulk_create(Draft(submission=one, content={"self": content}, version=1) for one in chosen)
    rows = list(content["rows"])
    return [{"session": _session(clerk_of[one.unit_id]), "filing": one.pk, "rows": rows} for one in chosen]


def _typed() -> dict[str, object]:
    """Return what a draft holds once the longest table of the county was typed in."""
    from django.utils import timezone

    from jixiao.web.actions.drafting import form_of, typed_of
    from jixiao.web.drafts.content import Stage, begun
    from jixiao.web.models import Submission

    longest = Submission.objects.exclude(revision=None).order_by("-indicators").first()
    typed = typed_of(longest.revision, form_of(Stage.SELF, "national-2020"))
    content = begun(typed, "national-2020", "从空表开始", None, timezone.now())
    for row in (*content.fixed.values(), *content.rows.values()):
        row.version = 1
    content.ordered = 1
    return asdict(content)


def _departments(count: int) -> list[dict[str, object]]:
    """Department officials, several browsers each where there are too few, with filings that wait for them."""
    from jixiao.web.models import Membership

    held = [
        one
        for one in Membership.objects.filter(role="department").select_related("user", "organization")
        if _waiting("at_department", one.organization.path)
    ]
    return [
        {"session": _session(one.user), "filings": _waiting("at_department", one.organization.path)}
        for one in islice(cycle(held), count)
    ]


def _bureau(count: int) -> list[dict[str, object]]:
    """Reviewers of the bureau; each re-checks filings that no other one does."""
    from jixiao.web.models import Membership

    held = list(Membership.objects.filter(role__in=["reviewer", "manager"]).select_related("user"))
    waiting = _waiting("at_bureau", "/", 40 * count)
    return [
        {"session": _session(one.user), "filings": waiting[number::count], "checks": one.role == "reviewer"}
        for number, one in enumerate(islice(cycle(held), count))
    ]


def _waiting(state: str, path: str, most: int = 40) -> list[int]:
    from jixiao.web.models import Submission

    found = Submission.objects.filter(state=state, path__startswith=path).exclude(revision=None)
    return list(found.order_by("pk").values_list("pk", flat=True)[:most])


def _session(user: object) -> str:
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store.update(
        {
            "_auth_user_id": str(user.pk), "_auth_user_backend": _BACKEND,
            "_auth_user_hash": user.get_session_auth_hash(), "seen": int(time.time()),
        }
    )  # fmt: skip
    store.create()
    return store.session_key


if __name__ == "__main__":
    furnish(Path(os.environ["JIXIAO_HOME"]))
    django.setup()
    sys.stdout.write(json.dumps(people(int(sys.argv[1]))))
