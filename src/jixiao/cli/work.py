"""From the papers of a command to its scores and findings; a filing that can't be done leaves the others alone."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao import api
from jixiao.api.faults import went_wrong
from jixiao.cli.office import Office
from jixiao.cli.reading import Outcome
from jixiao.cli.sharing import Shared
from jixiao.model.reading import Filing
from jixiao.model.review import Review
from jixiao.schemes import Choice
from jixiao.telling.done import Done


def rules_of(select: Sequence[str], ignore: Sequence[str], office: Office) -> api.Rules:
    """Return the rules that the two options name, commas part codes, over those that the office names.

    What is selected here takes the place of the office's choice; what is ignored is added to it.

    Raises:
        UnknownNameError: a word that names none.
    """
    wanted = _codes(select) or office.select
    return api.rules_named(wanted, [*office.ignore, *_codes(ignore)], office.severities)


def score_all(
    outcomes: Sequence[Outcome], scheme: str | None
) -> tuple[tuple[api.Scored, ...], tuple[str, ...]]:
    """Score the papers, in the order of the files; and say in a sentence each what could not be done."""
    scored: list[api.Scored] = []
    faults: list[str] = []
    for filing in _filings(outcomes):
        try:
            scored += api.score_papers(filing, scheme)
        except Exception as error:  # noqa: BLE001 - the other papers still have to be done
            faults.append(went_wrong(filing.readings[0].file, error))
    order = {outcome.name: number for number, outcome in enumerate(outcomes)}
    scored.sort(key=lambda one: (order[one.reading.file], one.reading.index))
    return tuple(scored), tuple(faults)


def scrutinise(
    outcomes: Sequence[Outcome], scheme: str | None, rules: api.Rules
) -> tuple[tuple[Done, ...], tuple[str, ...]]:
    """Review every filing alone and then beside the others; and say in a sentence each what could not be done."""
    done: list[tuple[Review, Choice]] = []
    faults: list[str] = []
    shared = Shared()
    for filing in _filings(outcomes):
        try:
            choice = api.choose(filing, scheme)
            done.append((_lighter(api.review(filing, choice, rules), shared), choice))
        except Exception as error:  # noqa: BLE001 - the other papers still have to be done
            faults.append(went_wrong(filing.readings[0].file, error))
    compared = api.compare(done, rules)
    return tuple(Done(one, choice) for one, (_, choice) in zip(compared, done, strict=True)), tuple(faults)


def _lighter(review: Review, shared: Shared) -> Review:
    """Give a review that shares with others the words of its findings and the figures of its sheet."""
    return replace(review, sheet=shared.alike(review.sheet), findings=shared.alike(review.findings))


def _filings(outcomes: Sequence[Outcome]) -> tuple[Filing, ...]:
    return api.file_together(reading for outcome in outcomes for reading in outcome.readings)


def _codes(words: Sequence[str]) -> list[str]:
    return [code for word in words for code in word.replace("，", ",").split(",")]
