"""The papers of one file laid out anew, in the process that read it; and what of them is to be looked at by hand."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from jixiao import api
from jixiao.api.faults import went_wrong
from jixiao.cli.reading import Outcome
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.layout import Doubt, Layout
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Kind, Reading
from jixiao.telling.naming import KINDS, field_words, place_words, project_words, short

FINDINGS = "findings_list"
SUMMARY = "summary_table"
_ALSO: dict[str, str] = {
    SUMMARY: SUMMARY, "汇总表": SUMMARY, "自评汇总表": SUMMARY, "绩效自评汇总表": SUMMARY,
    FINDINGS: FINDINGS, "问题清单": FINDINGS, "绩效自评问题清单": FINDINGS,
}  # fmt: skip
_TOLD = 6  # cells named in one sentence
_CELL = 20
_BLANK = Layout("", ())


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper is wanted, on which form (None: its own), under which rule-book, and in which format."""

    paper: str
    format: str
    form: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """One paper: what its file is to be called, the page, and its bytes where they were wanted."""

    name: str
    page: Layout | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What one file gave: its papers of the wanted kind in order, what it holds, what to look at, why there is none."""

    file: str
    laid: tuple[Laid, ...] = ()
    holds: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def paper_named(word: str) -> str:
    """Return the paper that a word of the user names: a kind, its Chinese name, or its short one.

    Raises:
        UnknownNameError: it names none that can be written; the sentence lists those that can.
    """
    papers = api.writable()
    names = {name: row.kind.value for row in papers for name in (row.kind, row.says, KINDS[row.kind])}
    named = names | _ALSO
    if word not in named:
        known = "、".join(
            [
                *(f"{row.kind}（{KINDS[row.kind]}）" for row in papers),
                f"{SUMMARY}（汇总表）",
                f"{FINDINGS}（问题清单）",
            ]
        )
        raise UnknownNameError(f"没有可以写出的“{word}”；可以写出的有：{known}。")
    return named[word]


def lay_out(wanted: Wanted, outcome: Outcome) -> Sheaf:
    """Lay out each paper of the wanted kind."""
    holds = tuple(Counter(KINDS[reading.kind] for reading in outcome.readings).items())
    readings = [reading for reading in outcome.readings if reading.kind == wanted.paper]
    sheaf = Sheaf(outcome.name, (), holds, fault=outcome.fault)
    if not readings:
        return sheaf
    try:
        laid = tuple(_laid(wanted, reading) for reading in readings)
    except JixiaoError as error:
        return replace(sheaf, fault=f"“{outcome.name}”没有写出：{error}")
    except Exception as error:  # noqa: BLE001 - the other files still have to be done
        return replace(sheaf, fault=went_wrong(outcome.name, error))
    notes = [note for reading, one in zip(readings, laid, strict=True) for note in _notes(reading, one)]
    return replace(sheaf, laid=laid, notes=tuple(notes))


def render(wanted: Wanted, outcome: Outcome) -> Sheaf:
    """Lay out each paper of the wanted kind, and write each as a file of the format."""
    sheaf = lay_out(wanted, outcome)
    try:
        return replace(sheaf, laid=tuple(_written(one, wanted.format) for one in sheaf.laid))
    except JixiaoError as error:
        return replace(sheaf, laid=(), fault=f"“{outcome.name}”没有写出：{error}")
    except Exception as error:  # noqa: BLE001 - as above
        return replace(sheaf, laid=(), fault=went_wrong(outcome.name, error))


def missing(paper: str, sheaf: Sheaf) -> str:
    """Say that a file has no paper of the kind, and what it has."""
    held = "、".join(f"{name} {number} 份" for name, number in sheaf.holds)
    return f"“{sheaf.file}”里没有{title_of(paper)}，有的是：{held}；请换一个 --paper，或核对文件。"


def title_of(paper: str) -> str:
    """Return what users call a paper that `paper_named` gave."""
    return "问题清单" if paper == FINDINGS else KINDS[Kind(paper)]


def _laid(wanted: Wanted, reading: Reading) -> Laid:
    page = api.lay_out(reading.record, wanted.paper, wanted.form or _scheme_form(wanted, reading))
    project = getattr(reading.record, "project", None)
    named = project is None or project.name
    words = project_words(reading) if named else PurePath(reading.file).stem
    name = words.replace(" 年度）", "年度）")
    return Laid(name, replace(page, name=name))


def _written(one: Laid, format: str) -> Laid:  # noqa: A002 - the word of the design
    return Laid(one.name, data=api.bind([one.page], format) if one.page is not None else b"")


def _scheme_form(wanted: Wanted, reading: Reading) -> str | None:
    """Return the form of the rule-book that was named; of the one that fits, where the table is on no known form."""
    own = getattr(reading.record, "form", None)
    if reading.kind is not Kind.SELFEVAL_TABLE or (wanted.scheme is None and own is not None):
        return None
    if not isinstance(reading.record, Evaluation):
        return None
    scheme = api.choose(api.file_together([reading])[0], wanted.scheme).scheme
    return scheme.form if scheme.form and scheme.form.lower() in api.list_forms() else None


def _notes(reading: Reading, one: Laid) -> Iterator[str]:
    """Yield the sentences on what of a paper is to be looked at by hand."""
    lost = api.left_out(reading.record, one.page or _BLANK)
    undecided = _undecided(reading, lost)
    if undecided:
        yield undecided
    left = list(dict.fromkeys(_left(reading, where) for where in lost))
    if left:
        more = f"等 {len(left)} 项" if len(left) > _TOLD else ""
        told = f"“{reading.file}”的{project_words(reading)}：表样没有格子，没有写进去的有"
        yield f"{told}{'、'.join(left[:_TOLD])}{more}。"


def _left(reading: Reading, where: FieldPath) -> str:
    """Name a field that was left out; of indicators the column alone."""
    first, _, rest = where.partition(".")
    number, _, column = rest.partition(".")
    if first == "indicators" and number.isdigit() and column:
        row = field_words(reading, f"{first}.{number}")
        return f"指标的{field_words(reading, where).removeprefix(row).strip()}"
    return field_words(reading, where).strip("“”")


def _undecided(reading: Reading, lost: Collection[FieldPath]) -> str:
    """Name the cells that could be read in more than one way and were written, "" where there is none."""
    doubts = [doubt for doubt in reading.doubts if doubt.where and doubt.where not in lost]
    if not doubts:
        return ""
    cells = "；".join(_cell(reading, doubt) for doubt in doubts[:_TOLD])
    more = f"等 {len(doubts)} 处" if len(doubts) > _TOLD else ""
    return f"“{reading.file}”的{project_words(reading)}：{cells}{more}。请照原件核对。"


def _cell(reading: Reading, doubt: Doubt) -> str:
    """Say of one cell why it is doubtful, what was written, and what else it may be."""
    field = field_words(reading, doubt.where)
    spot = f"{place_words(doubt.place)} {'' if field in doubt.why else field}".strip()
    taken = f"按“{short(doubt.reading, _CELL)}”写出" if doubt.reading is not None else "空着"
    other = f"，也可能是“{short(doubt.alternative, _CELL)}”" if doubt.alternative is not None else ""
    return f"{spot}：{doubt.why}，{taken}{other}"


def held_of(sheaves: Sequence[Sheaf]) -> str:
    """Say what all the files hold together."""
    held: Counter[str] = Counter()
    for sheaf in sheaves:
        held.update(dict(sheaf.holds))
    return "、".join(f"{name} {number} 份" for name, number in held.items()) or "没有认出的材料"
