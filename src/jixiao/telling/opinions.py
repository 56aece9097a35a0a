"""What `jixiao reviewed` writes on a user's own file: each finding in the words of `check`, at its place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jixiao import api
from jixiao.audit.remedy.safe import Edit
from jixiao.model.claims import Unknown
from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.reading import Reading
from jixiao.telling.done import Done
from jixiao.telling.naming import SEVERITIES, clean, exact_place, field_words, place_words, project_words
from jixiao.telling.ranking import ranked
from jixiao.telling.score_words import book_words
from jixiao.telling.titles import TITLES
from jixiao.telling.verdict import grades_and_total, main_of

AUTHOR = "绩效自评审核"
TITLE = "审核意见"
LEVELS = {
    Severity.ERROR: api.Level.ERROR,
    Severity.WARNING: api.Level.WARNING,
    Severity.NOTE: api.Level.HINT,
}
_REMEDY = "改法："
Edits = Mapping[int, Sequence[Edit]]  # by the number of the review


def opinions(done: Sequence[Done], name: str, today: date, edits: Edits) -> api.Notes:
    """Return the notes on the file called `name`: the findings of its papers, and what is to be changed in them.

    `edits` are the changes that are to be made, where they are to be made at all.
    """
    mine = [(number, one) for number, one in enumerate(done) if _papers(one, name)]
    listed = [note for number, one in mine for note in _notes(one, name, edits.get(number, ()))]
    listed.sort(key=lambda note: list(api.Level).index(note.level))
    return api.Notes(tuple(listed), AUTHOR, today, TITLE, tuple(_verdict([one for _, one in mine], listed)))


def joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield one edit a cell: from what stands in the paper to what is left in the end."""
    whole: dict[tuple[int, str, str], Edit] = {}
    for edit in edits:
        key = next(
            (k for k, other in whole.items() if k[:2] == (edit.paper, edit.where) and other.new == edit.old),
            None,
        )
        if key is None:
            whole[edit.paper, edit.where, edit.old] = edit
        else:
            first = whole[key]
            whole[key] = Edit(
                first.paper, first.where, first.old, edit.new, first.code, first.why, first.follows
            )
    yield from whole.values()


def _papers(one: Done, name: str) -> list[Reading]:
    return [reading for reading in one.review.filing.readings if reading.file == name]


def _verdict(done: Sequence[Done], listed: Sequence[api.Note]) -> Iterator[str]:
    """Yield the lines above the table: the verdict on each paper, how many notes there are, what they are."""
    for one in done:
        main, sheet = main_of(one), one.review.sheet
        if isinstance(main.record, Unknown):
            continue
        if sheet is None:
            yield clean(project_words(main))
            continue
        yield clean(f"{project_words(main)}　　{grades_and_total(one, sheet)}")
        yield clean(f"评分口径：{book_words(sheet, one.choice.scheme.title)}")
    counts = "　".join(f"{word} {sum(n.level.value == word for n in listed)}" for word in SEVERITIES.values())
    yield f"{counts}　（错误：确定的；需核实：请对照原始资料；提示：供参考）"


def _notes(one: Done, name: str, edits: Sequence[Edit]) -> Iterator[api.Note]:
    """Yield the notes of a review on one file, the worst first; a change stands with the finding that asks for it."""
    readings = one.review.filing.readings
    left = {(edit.paper, edit.where, edit.code): edit for edit in edits}
    for finding in ranked(one):
        reading = readings[finding.paper]
        if reading.file == name:
            yield _note(reading, finding, left.pop((finding.paper, finding.where, finding.code), None))
    for edit in left.values():
        reading = readings[edit.paper]
        if reading.file == name:
            yield _change(reading, edit)


def _note(reading: Reading, finding: Finding, edit: Edit | None) -> api.Note:
    exact = edit is None or edit.where in reading.places
    return api.Note(
        place=exact_place(reading, finding.where),
        title=f"{finding.code} {TITLES.get(finding.code, finding.name)}",
        text="\n".join(_text(finding)),
        level=LEVELS[finding.severity],
        where=_where(reading, finding.where),
        quoted=_quoted(reading, finding),
        old=edit.old if edit is not None else "",
        replacement=edit.new if edit is not None and exact else None,
    )


def _change(reading: Reading, edit: Edit) -> api.Note:
    """Say of a cell that another finding's change moves it: a sum, a grade."""
    title = f"{edit.code} {TITLES.get(edit.code, '')}（随改）" if edit.code else "与原件不同"
    exact = edit.where in reading.places
    return api.Note(
        place=exact_place(reading, edit.where),
        title=title,
        text=clean(f"{edit.why}：{edit.old or '空白'} → {edit.new}"),
        level=api.Level.HINT,
        where=_where(reading, edit.where),
        old=edit.old,
        replacement=edit.new if exact else None,
    )


def _where(reading: Reading, where: FieldPath) -> str:
    words = (field_words(reading, where), place_words(exact_place(reading, where)))
    return clean(" ".join(word for word in words if word))


def _quoted(reading: Reading, finding: Finding) -> str:
    """Return the sentence that a finding is about, in running text; a cell is marked as a whole."""
    head, _, rest = finding.where.partition(".")
    if head not in {"sections", "claims"}:
        return ""
    claims = getattr(reading.record, "claims", ())
    at = rest.partition(".")[0]
    claim = claims[int(at)].quoted if head == "claims" and at.isdigit() and int(at) < len(claims) else ""
    return finding.quoted or claim


def _text(finding: Finding) -> Iterator[str]:
    """Yield what is wrong, the words of the paper, what to write and by which text, as `check` prints them."""
    said, _, fix = finding.says.partition(_REMEDY)
    yield clean(said.strip())
    if finding.quoted and finding.quoted not in finding.says:
        yield clean(f"原文：“{finding.quoted}”")
    if finding.printed is not None and finding.computed is not None and finding.computed not in finding.says:
        yield clean(f"所填 {finding.printed}，应为 {finding.computed}。")
    advice = fix.strip() or (finding.fix.what if finding.fix is not None else "")
    if advice:
        yield clean(f"{_REMEDY}{advice}")
    if finding.source.document and str(finding.source) not in finding.says:
        yield clean(f"依据：{finding.source}")
