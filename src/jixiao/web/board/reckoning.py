"""What is worked out over many filings: which texts are alike, and what another rule-book would give.

A `Reckoning` is asked for with a request's own rights: only filings that the asker sees are looked at, up to a stated
cap, the ones with a self-evaluation alone. It may be begun anew at any time and writes its rows once, at its end.
"""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils import timezone

from jixiao import api
from jixiao.audit.collection.copied import LEAST
from jixiao.model.figure import half_up
from jixiao.model.reading import Filing
from jixiao.model.record import readings_from
from jixiao.model.score import ScoreSheet
from jixiao.web import access
from jixiao.web.below import below
from jixiao.web.board.wanted import FILED
from jixiao.web.models import Reckoning, Submission

JOB = "reckoning"
CAPS = {Reckoning.Kind.LIKENESS: 3000, Reckoning.Kind.OTHER_BOOK: 5000}
PAIRS = 500
AT_ONCE = 40  # filings that a request works out itself; more go to the worker
_STEP = 25
_NO_RULES = api.Rules((), ())
Row = dict[str, object]


def looked_at(asked: Reckoning) -> QuerySet[Submission]:
    """Return the filings that a reckoning is about, without its cap."""
    seen = access.visible_to(asked.asked_by).filter(below(asked.organization.path), year=asked.year)
    return seen.filter(state__in=sorted(FILED), revision__isnull=False)


def reckon(subject: str) -> str:
    """Work a reckoning out, and return how many filings it looked at; the work of a job."""
    asked = Reckoning.objects.select_related("organization", "asked_by").filter(pk=int(subject)).first()
    if asked is None or asked.finished_at is not None:
        return ""
    found = looked_at(asked).order_by("unit__code", "pk")
    count = found.count()
    keys = list(found.values_list("pk", flat=True)[: CAPS[Reckoning.Kind(asked.kind)]])
    Reckoning.objects.filter(pk=asked.pk).update(total=len(keys), left_out=count - len(keys), done=0)
    rows = _alike(asked, keys) if asked.kind == Reckoning.Kind.LIKENESS else list(_otherwise(asked, keys))
    Reckoning.objects.filter(pk=asked.pk).update(rows=rows, done=len(keys), finished_at=timezone.now())
    return f"已比对 {len(keys)} 份"


def _each(asked: Reckoning, keys: list[int]) -> Iterator[tuple[Submission, Filing]]:
    """Yield filings with their papers, few in memory at a time, and note how far it is."""
    for at in range(0, len(keys), _STEP):
        part = keys[at : at + _STEP]
        told = Submission.objects.select_related("project", "unit", "department", "revision").in_bulk(part)
        for key in part:
            one = told[key]
            if one.revision is not None:
                yield from ((one, filing) for filing in _filings(one.revision.record))
        Reckoning.objects.filter(pk=asked.pk).update(done=min(at + _STEP, len(keys)))


def _filings(record: str) -> tuple[Filing, ...]:
    return api.file_together(readings_from(record.encode()))[:1]


def _place(one: Submission) -> Row:
    department = one.department.name if one.department else ""
    return {"pk": one.pk, "project": one.project.name, "unit": one.unit.name, "department": department}


# ---------------------------------------------------------------- likeness


def _alike(asked: Reckoning, keys: list[int]) -> list[Row]:
    """Return the pairs of filings of different units whose texts are alike, the most alike first."""
    places: list[Row] = []
    said: list[tuple[str, ...]] = []
    for one, filing in _each(asked, keys):
        places.append(_place(one))
        said.append(api.own_clauses(filing, api.choose(filing).scheme))
    pairs = [
        (pair.share, places[pair.first], places[pair.second])
        for pair in api.copied(said, [str(place["unit"]) for place in places], LEAST)
        if places[pair.first]["unit"] != places[pair.second]["unit"]
    ]
    pairs.sort(key=lambda pair: pair[0], reverse=True)
    return [
        {"share": f"{half_up(share * 100, 1)}", "one": one, "other": other}
        for share, one, other in pairs[:PAIRS]
    ]


# ---------------------------------------------------------------- another rule-book


def _otherwise(asked: Reckoning, keys: list[int]) -> Iterator[Row]:
    """Yield each filing's total and grade as worked out now and under the other rule-book."""
    for one, filing in _each(asked, keys):
        now = _sheet(filing, one.scheme or None)
        then = _sheet(filing, asked.scheme)
        yield {**_place(one), **_total("old", now), **_total("new", then), "book": one.scheme}


def _sheet(filing: Filing, scheme_id: str | None) -> ScoreSheet | None:
    return api.review(filing, api.choose(filing, scheme_id), _NO_RULES).sheet


def _total(name: str, sheet: ScoreSheet | None) -> Mapping[str, object]:
    if sheet is None:
        return {name: None, f"{name}_grade": "", f"{name}_why": "没有自评表"}
    total = sheet.total
    known = None if total.score is None else f"{total.score:f}"
    return {
        name: known,
        f"{name}_grade": sheet.grade.word or "",
        f"{name}_why": "" if known else total.because,
    }
