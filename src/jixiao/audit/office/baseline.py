"""The baseline: the findings that were there when an office began, known by id; it may shrink and never grow."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from jixiao.audit.office.ledger import How, Settled
from jixiao.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Known:
    """A finding of the baseline: its rule and its file, which tell whether it was looked for this time."""

    rule: str
    file: str


@dataclass(frozen=True, slots=True)
class Ratchet:
    """A baseline made anew: what it would hold, what was gone from it, and what was added to it."""

    known: Mapping[str, Known]
    gone: tuple[str, ...]
    added: tuple[str, ...]


def split(
    findings: Iterable[tuple[str, Finding]], known: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[Settled, ...]]:
    """Part findings, each after its id, into new ones and those that the baseline knows."""
    new: list[Finding] = []
    old: list[Settled] = []
    for name, finding in findings:
        if name in known:
            old.append(Settled(name, finding, How.BASELINE))
        else:
            new.append(finding)
    return tuple(new), tuple(old)


def ratchet(
    before: Mapping[str, Known] | None,
    found: Mapping[str, Known],
    files: Collection[str],
    ran: Collection[str],
) -> Ratchet:
    """Make a baseline anew.

    Args:
        before: the baseline as it is, None where there is none yet.
        found: every finding of this audit by its id.
        files: the files that were read; what the baseline knows of another stays.
        ran: the codes of the rules that were run; likewise.
    """
    old = before or {}
    unseen = {name: known for name, known in old.items() if known.file not in files or known.rule not in ran}
    new = {**unseen, **found}
    return Ratchet(
        dict(sorted(new.items())),
        tuple(sorted(old.keys() - new.keys())),
        () if before is None else tuple(sorted(new.keys() - old.keys())),
    )
