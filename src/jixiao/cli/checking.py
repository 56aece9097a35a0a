"""The work of `jixiao check`: read, audit, judge on the office's terms, answer; in that order, and every stop early."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from jixiao import api
from jixiao.audit.office.baseline import Known, ratchet
from jixiao.audit.office.remarks import Remark
from jixiao.cli import report, screen
from jixiao.cli.baseline_file import read_baseline, write_baseline
from jixiao.cli.files import Source, shown, sources
from jixiao.cli.ledger_file import read_ledger
from jixiao.cli.office import Office, office_of, told
from jixiao.cli.outlet import Out
from jixiao.cli.reading import Outcome, cut_short, ended, read_all
from jixiao.cli.show_check import View
from jixiao.cli.store import store_of
from jixiao.cli.work import rules_of, scrutinise
from jixiao.errors import JixiaoError, UnknownNameError
from jixiao.model.claims import Unknown
from jixiao.telling.done import Done
from jixiao.telling.judging import Terms, baseline_of, beside_baseline, judge

NOT_READ = 2


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline's file and what may be done to it; `path` is None where none is named."""

    path: Path | None = None
    write: bool = False
    grow: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked of `check`, option by option."""

    paths: Sequence[str]
    scheme: str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    form: str | None = None
    jobs: int | None = None
    every: bool = False
    config: str | None = None
    baseline: Baseline = field(default_factory=Baseline)
    merge: str | None = None
    out: Out = field(default_factory=Out)
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: the reviews as judged, the outcome of each file, the rules that were run.

    `failed` is how many reviews could not be made though their files were read; `office` says what the office's own
    rules changed, empty where it has none; `cut` says what an interruption left undone, empty where there was none.
    """

    done: tuple[Done, ...]
    outcomes: tuple[Outcome, ...]
    ran: frozenset[str]
    failed: int = 0
    office: str = ""
    cut: str = ""

    @property
    def unread(self) -> int:
        """How many files or reviews could not be done."""
        return sum(not outcome.readings for outcome in self.outcomes) + self.failed

    @property
    def status(self) -> int:
        """2 where a file could not be done, 1 where an error is open, else 0."""
        broken = self.failed or any(outcome.fault for outcome in self.outcomes)
        return NOT_READ if broken else report.status(self.done)


def check(order: Order) -> int:
    """Do all of it and return the exit status.

    Raises:
        JixiaoError: an option, the office's rules, its ledger, the baseline or the list can't be used.
    """
    form = report.form_of(order.form, order.out)
    report.may_write(order.out, form)
    known = _known(order.baseline)
    checked = examine(order, known)
    if order.baseline.write and not checked.cut:
        checked = _keep(order.baseline, checked, known)
    view = View(every=order.every, unread=checked.unread, office=checked.office)
    report.put(checked.done, form, view, order.out)
    return ended(checked.cut, checked.status)


def examine(order: Order, known: Mapping[str, Known] | None = None) -> Checked:
    """Read and audit the papers, and judge the findings on the office's terms; complaints go to standard error."""
    papers = _without_ours(sources(order.paths, order.out.path), order)
    office = office_of(order.paths, order.config)
    scheme = order.scheme or office.scheme
    if scheme is not None:
        api.load_scheme(scheme)
    rules = rules_of(order.select, order.ignore, office)
    ran = frozenset(rule.code for rule in rules.known if not rule.off)
    terms = _terms(order, office, ran, known)
    batch = read_all(papers, order.jobs, store_of() if order.cache else None)
    named = {paper.name: paper for paper in papers}
    outcomes = tuple(outcome for outcome in batch.outcomes if not _is_our_list(named[outcome.name], outcome))
    screen.complain(outcome.fault for outcome in outcomes if outcome.fault)
    reviewed, faults = scrutinise(outcomes, scheme, rules)
    done, complaints = judge(reviewed, terms)
    screen.complain((*faults, *complaints))
    return Checked(done, outcomes, ran, len(faults), told(office, order.select), cut_short(batch))


def _without_ours(papers: Sequence[Source], order: Order) -> tuple[Source, ...]:
    """Leave out of a folder what this command itself writes there or takes from there."""
    ours = {order.out.path, order.baseline.path, Path(order.merge) if order.merge is not None else None}
    known = {path.absolute() for path in ours if path is not None}
    return tuple(paper for paper in papers if paper.path is None or paper.path.absolute() not in known)


def _is_our_list(paper: Source, outcome: Outcome) -> bool:
    """Tell whether a file that is no paper is a list of findings, which an earlier check wrote beside the papers."""
    strange = [isinstance(reading.record, Unknown) for reading in outcome.readings]
    if strange != [True] or paper.path is None or paper.inside:
        return False
    try:
        api.read_findings_list(paper.path, name=paper.name)
    except JixiaoError:
        return False
    return True


def _terms(order: Order, office: Office, ran: frozenset[str], known: Mapping[str, Known] | None) -> Terms:
    return Terms(
        date.today(),  # noqa: DTZ011 - a ledger's days are the office's own
        ran,
        office.severities,
        read_ledger(office.ledger) if office.ledger is not None else (),
        known,
        _remarks(order.merge),
    )


def _remarks(path: str | None) -> Mapping[str, Remark] | None:
    if path is None:
        return None
    remarks, doubts = api.read_findings_list(Path(path), name=shown(path))
    screen.complain(doubts)
    return {remark.id: remark for remark in remarks}


def _known(baseline: Baseline) -> Mapping[str, Known] | None:
    """Return what the baseline knows; None where none is named, or where it is to be written for the first time."""
    if baseline.path is None:
        if baseline.write:
            raise UnknownNameError("--write-baseline 要和 --baseline FILE 一起用：请写明基线写到哪个文件。")
        return None
    known = read_baseline(baseline.path)
    if known is None and not baseline.write:
        name = shown(baseline.path.as_posix())
        raise UnknownNameError(f"没有 {name} 这个基线文件；请核对路径，或加 --write-baseline 先写出一份。")
    return known


def _keep(baseline: Baseline, checked: Checked, before: Mapping[str, Known] | None) -> Checked:
    """Write the baseline anew, say what became of it, and return the check as it stands beside it.

    Raises:
        JixiaoError: it would grow and the user didn't say that it may.
    """
    if baseline.path is None:
        return checked
    files: Collection[str] = {outcome.name for outcome in checked.outcomes if not outcome.fault}
    made = ratchet(before, baseline_of(checked.done), files, checked.ran)
    name = shown(baseline.path.as_posix())
    if made.added and not baseline.grow:
        raise JixiaoError(
            f"基线 {name} 只减不增：这次有 {len(made.added)} 个新问题不在其中，没有改写。"
            "请先改正；确实要放宽时加 --grow-baseline。"
        )
    write_baseline(baseline.path, made.known)
    change = f"，比原来少 {len(made.gone)} 个、多 {len(made.added)} 个" if before is not None else ""
    screen.complain([f"基线 {name} 已写好：{len(made.known)} 个问题{change}。"])
    return replace(checked, done=beside_baseline(checked.done, made.known))
