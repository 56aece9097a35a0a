"""How long lists and boards take over a county's filings: `python -m tests.bench.boards [USERNAME …]`.

Asks each page of the database that JIXIAO_HOME or JIXIAO_DATABASE names, filled by `manage.py demo --filings 50000`,
three times without a network between, and prints the least wall and processor time and the number of queries.
"""

import os
import sys
from collections.abc import Sequence
from time import perf_counter, process_time

import django

_TIMES = 3
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_BOARD = ("", "scores/", "unfiled/", "full/", "rates/", "apart/", "rules/")
_LIST = (
    "",
    "?late=1",
    "?order=apart",
    "?order=unit&up=1",
    "?rule=AR04",
    "?q=培训",
    "?low=90&rate_high=80",
    "?page=400",
)
PAGES = (*(f"/board/{part}" for part in _BOARD), *(f"/filings/{part}" for part in _LIST), "/filings/sheet/?late=1",
         "/rulebooks/", "/rules/")  # fmt: skip


def main(names: Sequence[str]) -> int:
    """Print a line a page for each person; 1 when one of them answers with anything but the page."""
    os.environ.setdefault("JIXIAO_MODE", "county")
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
    django.setup()
    return max(_asked(name) for name in names or ("manager", "d300"))


def _asked(name: str) -> int:
    from django.db import connection  # noqa: PLC0415 - Django is set up by then
    from django.test import Client  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    from jixiao.web.models import User  # noqa: PLC0415 - as above

    browser = Client(HTTP_HOST="localhost")
    browser.force_login(User.objects.get(username=name), backend=_BACKEND)
    wrong = 0
    for page in PAGES:
        walls, works = [], []
        for _ in range(_TIMES):
            wall, work = perf_counter(), process_time()
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(page)
            walls.append(perf_counter() - wall)
            works.append(process_time() - work)
            wrong |= answer.status_code != 200
        sys.stdout.write(
            f"{name:<8} {page:<28} {min(walls) * 1000:6.0f} ms, processor {min(works) * 1000:5.0f} ms, {len(queries)} queries\n"
        )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
