"""Reviews of the papers of a check: made, kept as JSON beside each file, and had back with what people decided."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from jixiao import api
from jixiao.audit import finding_id
from jixiao.audit.office.remarks import Answer, Remark
from jixiao.audit.remedy.safe import Edit, Mended
from jixiao.model.claims import Unknown
from jixiao.model.finding import Finding, Severity
from jixiao.model.reading import Reading
from jixiao.model.record import readings_from, review_from_json, review_to_json
from jixiao.model.review import Review
from jixiao.schemes import Choice, load_scheme
from jixiao.telling.answers import as_text, papers_read
from jixiao.telling.done import Done
from jixiao.telling.judging import Terms, judge
from jixiao.telling.naming import KINDS, project_words, unit_words
from jixiao.telling.opinions import joined
from jixiao.telling.remedies import remedy_words
from jixiao.telling.verdict import counted, main_of, totals
from jixiao.web.models import Check, CheckedFile, Settlement

Remarks = Mapping[str, Remark]


def judged(readings: Sequence[Reading], scheme: str | None) -> tuple[Done, ...]:
    """Score and audit papers, filing by filing and then beside each other.

    Raises:
        JixiaoError: the rule-book that was named can't be used.
    """
    done: list[tuple[Review, Choice]] = []
    for filing in api.file_together(readings):
        choice = api.choose(filing, scheme)
        done.append((api.review(filing, choice), choice))
    together = api.compare(done)
    return tuple(Done(review, choice) for review, (_, choice) in zip(together, done, strict=True))


def readings_of(file: CheckedFile) -> tuple[Reading, ...]:
    """Return the papers of a file, with the doubts that were settled so."""
    found = readings_from(file.record.encode()) if file.record else ()
    return tuple(replace(reading, file=file.name) for reading in found)


def put(file: CheckedFile, done: Sequence[Done], readings: Sequence[Reading]) -> None:
    """Write the reviews in which a locked file has a paper, and what lists show of it; the caller saves."""
    mine = [one for one in done if any(reading.file == file.name for reading in one.review.filing.readings)]
    kept = [
        {"review": review_to_json(one.review), "why": one.choice.why, "least": remedy_words(one)}
        for one in mine
    ]
    file.review = json.dumps(kept, ensure_ascii=False)
    file.summary = summary(mine, readings)


def reviews_of(file: CheckedFile) -> tuple[tuple[Done, str], ...]:
    """Return the reviews in which a file has a paper, each with the least that puts it right, in words."""
    kept = json.loads(file.review, parse_float=str) if file.review else []
    return tuple((_done(one), one["least"]) for one in kept)


def _done(kept: Mapping[str, object]) -> Done:
    review = review_from_json(kept["review"])  # type: ignore[arg-type]
    return Done(review, Choice(load_scheme(review.scheme), str(kept["why"])))


def judge_all(check: Check) -> None:
    """Judge all files of a check beside each other, and keep the reviews."""
    with transaction.atomic():
        held = list(check.files.select_for_update().filter(state=CheckedFile.State.DONE).order_by("number"))
        papers = {file.pk: readings_of(file) for file in held}
        done = judged([one for file in held for one in papers[file.pk]], check.scheme or None)
        for file in held:
            put(file, done, papers[file.pk])
            file.save(update_fields=["review", "summary"])


def judge_again(file: CheckedFile, readings: Sequence[Reading]) -> None:
    """Keep the changed papers of a locked file, and judge them with those of its filings that lie in other files."""
    file.record = as_text(papers_read(readings))
    others = [
        reading
        for done, _ in reviews_of(file)
        for reading in done.review.filing.readings
        if reading.file != file.name
    ]
    done = judged([*readings, *others], file.check_of.scheme or None)
    put(file, done, readings)
    file.done_at = timezone.now()
    file.save()


# ---------------------------------------------------------------- what people decided


def remarks_of(check: Check) -> dict[str, Remark]:
    """Return what people decided about the findings of a check, by the finding's id."""
    rows = Settlement.objects.filter(file__check_of=check).exclude(finding="")
    return {row.finding: Remark(row.finding, _answer(row), row.reason) for row in rows}


def _answer(row: Settlement) -> Answer:
    return Answer.ACCEPTED if row.accepted else Answer.REFUSED


def decided(done: Sequence[Done], remarks: Remarks) -> tuple[Done, ...]:
    """Return the reviews with what is left of their findings after these decisions."""
    return judge(done, Terms(timezone.localdate(), frozenset(), remarks=remarks))[0]


def taken(one: Done, remarks: Remarks) -> Mended:
    """Return a review's papers with the changes that somebody has taken, and those changes with what goes along."""
    papers = one.review.filing.readings
    wanted = (
        finding
        for finding in one.review.findings
        if _answered(remarks, finding_id(finding, papers[finding.paper].file)) is Answer.ACCEPTED
        and finding.fix is not None
        and finding.fix.changes(finding.where)
    )
    return api.take(one.review.filing, one.choice, wanted)


def corrections(one: Done, remarks: Remarks) -> tuple[Edit, ...]:
    """Return the changes of a corrected copy: what was taken, and what follows from the paper and was not refused."""
    first = taken(one, remarks)
    papers = one.review.filing.readings

    def left(finding: Finding) -> Finding | None:
        refused = _answered(remarks, finding_id(finding, papers[finding.paper].file)) is Answer.REFUSED
        return None if refused else finding

    rest = api.mend(first.review.filing, one.choice, None, left)
    return tuple(joined([*first.edits, *rest.edits]))


def _answered(remarks: Remarks, key: str) -> Answer | None:
    remark = remarks.get(key)
    return remark.answer if remark is not None else None


# ---------------------------------------------------------------- what lists show


def summary(done: Sequence[Done], readings: Sequence[Reading]) -> dict[str, object]:
    """Return what the list of papers shows of a file: what it is, its totals, how much there is to see to."""
    first = next((one for one in done if main_of(one) in readings), done[0] if done else None)
    if first is None:
        return {}
    main = main_of(first)
    printed, worked = totals(first)
    return {
        "title": project_words(main) if not isinstance(main.record, Unknown) else "",
        "unit": unit_words(main),
        "kinds": list(dict.fromkeys(KINDS[reading.kind] for reading in readings)),
        "printed": printed,
        "worked": worked,
        "doubts": sum(len(reading.doubts) for reading in readings),
        **{level.value: sum(counted(one, level) for one in done) for level in Severity},
    }
