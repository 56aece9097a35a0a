"""The world that `faults` tries: made in its database, and looked at when all is over. Run as a module, inside the site."""
# ruff: noqa: PLC0415 - the tables can be imported once Django is set up

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")

import django

from jixiao.web.house import furnish

PATIENCE = 120


def make() -> dict[str, object]:
    """Make the county of the cast, a filing to be typed into and one that was accepted."""
    from tests.web import cast

    county = cast.county()
    draft = cast.submission(county, name="要填的项目")
    accepted = cast.submission(county, name="通过的项目", state="accepted")
    return {"password": cast.PASSWORD, "draft": draft.pk, "accepted": accepted.pk}


def crowd(people: int, filings: int) -> dict[str, object]:
    """Make people of one unit with a session each, and drafts of that unit that all of them may type into."""
    from django.contrib.sessions.backends.db import SessionStore

    from jixiao.web.models import Membership, User
    from tests.web import cast

    county = cast.county()
    made = [cast.submission(county, name=f"项目{number}") for number in range(filings)]
    for one in made:
        cast.draft(one, [{**row, "reason": ""} for row in cast.ROWS])
    sessions = []
    for number in range(people):
        user = User.objects.create(username=f"w{number}", name=f"经办{number}")
        Membership.objects.create(user=user, organization=county.units["农技站"], role="clerk")
        store = SessionStore()
        store["_auth_user_id"], store["_auth_user_backend"] = (
            str(user.pk),
            "django.contrib.auth.backends.ModelBackend",
        )
        store["_auth_user_hash"], store["seen"] = user.get_session_auth_hash(), int(time.time())
        store.create()
        sessions.append(store.session_key)
    return {"sessions": sessions, "drafts": [one.pk for one in made]}


def typed(drafts: list[int]) -> dict[str, str]:
    """Return what stands in the drafts at last, as one text each."""
    from jixiao.web.models import Draft

    found = Draft.objects.filter(submission__in=drafts)
    return {str(one.submission_id): json.dumps(one.content, ensure_ascii=False) for one in found}


def look(told: dict[str, object]) -> list[str]:
    """Return a sentence for whatever was lost, doubled or left half done."""
    from jixiao.web import jobs, log
    from jixiao.web.models import CheckedFile, Job

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and Job.objects.exclude(state__in=["done", "failed"]).exists():
        jobs.recover()
        time.sleep(1)
    faults = list(log.verify())
    faults += [f"job {job} is {job.state}: {job.message}" for job in Job.objects.exclude(state="done")]
    faults += [f"{file} is {file.state}" for file in CheckedFile.objects.exclude(state="done")]
    kept = told["kept"]
    for key, text in kept.items():
        what, _, which = key.partition("|")
        faults += {"moved": _moved, "file": _file}.get(what, _typed)(key, which, text, told)
    return faults


def _moved(_key: str, which: str, text: str, _told: dict) -> list[str]:
    from jixiao.web.models import LogEntry, Submission

    one = Submission.objects.get(pk=which)
    entries = LogEntry.objects.filter(submission=one, action__in=["spot_check", "pass_spot_check"]).count()
    found = []
    if one.version < int(text):
        found.append(f"moved to {text}, stands at {one.version}")
    if entries != one.version:
        found.append(f"version {one.version}, {entries} entries in the log")
    if one.state != ("accepted", "sampled")[one.version % 2]:
        found.append(f"version {one.version} in state {one.state}")
    return found


def _file(_key: str, which: str, _text: str, _told: dict) -> list[str]:
    from jixiao.web.models import CheckedFile

    there = CheckedFile.objects.filter(name=which).count()
    return [] if there == 1 else [f"{which} is there {there} times"]


def _typed(key: str, which: str, text: str, told: dict) -> list[str]:
    from jixiao.web.models import Draft

    draft = Draft.objects.get(submission=key.partition("|")[0])
    holds = json.dumps(draft.content, ensure_ascii=False)
    wanted = {text, told["asked"][key]}
    return [] if any(f'"{one}"' in holds for one in wanted) else [f"row {which} lost {text}"]


if __name__ == "__main__":
    furnish(Path(os.environ["JIXIAO_HOME"]))
    django.setup()
    what, *said = sys.argv[1:]
    answer = {"make": make, "crowd": crowd, "typed": typed, "look": look}[what](*map(json.loads, said))
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
