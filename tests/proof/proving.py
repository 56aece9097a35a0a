"""The proof itself: plants every rule's fault in clean filings and counts who finds it and who is accused wrongly."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from zlib import crc32

from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.audit.rule import Case, Collection
from jixiao.model.finding import Finding, Severity
from tests.proof.accusing import case_of, findings_of, findings_together, follows, new_findings, stands_at
from tests.proof.clean import filing, through_file, unit
from tests.proof.planting import Clean, Planting, Unit, UnitPlanting

ONE_IN_FILES = 10  # of so many clean filings one goes through a file
_TRIES = 250
_SHOWN = 200


@dataclass(slots=True)
class Tally:
    """What became of one rule's plantings; `lost` tells of those that nobody found, `wrong` of false accusations."""

    code: str
    planted: int = 0
    found: int = 0
    by_another: int = 0
    accused: int = 0
    others: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of planted faults that the rule found."""
        return self.found / self.planted if self.planted else 0


@dataclass(slots=True)
class CleanTally:
    """What the rules say of clean filings: how many of each code and severity, and where errors stand."""

    filings: int = 0
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, other: "CleanTally") -> None:
        """Add what another process counted."""
        self.filings += other.filings
        self.told += other.told
        self.errors += other.errors
        self.examples = {**other.examples, **self.examples}


# ---------------------------------------------------------------- clean filings


def clean_filing(seed: int) -> Clean:
    """The clean filing of a seed; every tenth is written to a file and read again."""
    rng = Random(seed)
    made = filing(rng)
    return through_file(made, rng) if seed % ONE_IN_FILES == ONE_IN_FILES - 1 else made


def accuse_clean(seeds: Iterable[int]) -> CleanTally:
    """Audit the clean filings of some seeds."""
    tally = CleanTally()
    for seed in seeds:
        made = clean_filing(seed)
        tally.filings += 1
        _note(tally, f"份 {seed}（{made.scheme.id}，{made.table.form}）", findings_of(made))
    return tally


def accuse_units(seeds: Iterable[int]) -> CleanTally:
    """Audit the clean units of some seeds by the rules over several filings."""
    tally = CleanTally()
    for seed in seeds:
        made = unit(Random(seed))
        tally.filings += len(made)
        _note(tally, f"单位 {seed}", [f for findings in findings_together(made) for f in findings])
    return tally


def _note(tally: CleanTally, name: str, findings: Iterable[Finding]) -> None:
    for finding in findings:
        key = (finding.code, finding.severity.value)
        says = f"{name} {finding.code} {finding.where}：{finding.says}"
        tally.told[key] += 1
        tally.examples.setdefault(key, says)
        if finding.severity is Severity.ERROR:
            tally.errors.append(says)


# ---------------------------------------------------------------- planted faults


@dataclass(frozen=True, slots=True)
class Pool:
    """Clean filings and units to plant in, with what was said of them before."""

    filings: tuple[tuple[Clean, tuple[Finding, ...]], ...]
    units: tuple[tuple[Unit, tuple[tuple[Finding, ...], ...]], ...]


def pool_of(filings: int, units: int, seed: int = 0) -> Pool:
    """Make filings and units, and hear what the rules say of them."""
    made = [clean_filing(10_000_000 + seed + n) for n in range(filings)]
    together = [unit(Random(20_000_000 + seed + n)) for n in range(units)]
    return Pool(tuple((c, findings_of(c)) for c in made), tuple((u, findings_together(u)) for u in together))


def prove(
    code: str, plantings: Sequence[Planting | UnitPlanting], pool: Pool, each: int, seed: int = 0
) -> Tally:
    """Plant a rule's fault `each` times, its plantings and their ways by turns, each in a filing at random."""
    tally, rng = Tally(code), Random(crc32(f"{code}{seed}".encode()))
    turns = [(one, way) for one in plantings for way in range(one.ways)]
    for n in range(each):
        one, way = turns[n % len(turns)]
        if isinstance(one, Planting):
            _plant(tally, one, way, pool, rng)
        else:
            _plant_together(tally, one, way, pool, rng)
    return tally


def _plant(tally: Tally, planting: Planting, way: int, pool: Pool, rng: Random) -> None:
    for _ in range(_TRIES):
        clean, before = rng.choice(pool.filings)
        planted = planting.plant(clean, way, rng)
        if planted is not None:
            new = new_findings(before, findings_of(planted.clean))
            here = [f for f in new if stands_at(f, planted.spots)]
            there = [f for f in new if not stands_at(f, planted.spots) and not follows(f, planted)]
            name = f"{_name(planting, way)} 在 {'、'.join(s.where or '全文' for s in planted.spots)}（{clean.scheme.id}，{clean.table.form}）"
            _count(tally, name, here, there)
            return


def _plant_together(tally: Tally, planting: UnitPlanting, way: int, pool: Pool, rng: Random) -> None:
    for _ in range(_TRIES):
        clean, before = rng.choice(pool.units)
        planted = planting.plant(clean, way, rng)
        if planted is not None:
            after = findings_together(planted.unit)
            earlier = [*before, *([()] * len(after))]
            new = [(at, f) for at, told in enumerate(after) for f in new_findings(earlier[at], told)]
            here = [f for at, f in new if stands_at(f, [s for n, s in planted.spots if n == at])]
            there = [f for at, f in new if not any(f is h for h in here) and not follows(f, planted.follows)]
            _count(tally, f"{_name(planting, way)} 在 {planted.spots}", here, there)
            return


def _name(planting: Planting | UnitPlanting, way: int) -> str:
    return f"{planting.code} {planting.plant.__name__} 第 {way + 1} 种"


def _count(tally: Tally, name: str, here: list[Finding], there: list[Finding]) -> None:
    tally.planted += 1
    own, others = any(f.code == tally.code for f in here), {f.code for f in here if f.code != tally.code}
    tally.found += own
    tally.by_another += bool(others)
    tally.others.update(others)
    if not own and len(tally.lost) < _SHOWN:
        elsewhere = [f.where for f in there if f.code == tally.code]
        tally.lost.append(f"{name}：未发现" + (f"（本规则报在 {'、'.join(elsewhere)}）" if elsewhere else ""))
    wrong = [f for f in there if f.severity is Severity.ERROR]
    tally.accused += bool(wrong)
    tally.wrong += [f"{name}：另报 {f.code} {f.where} {f.says}" for f in wrong[:2]]


# ---------------------------------------------------------------- price


def prices(seeds: Sequence[int], rounds: int = 5) -> dict[str, float]:
    """Microseconds per rule on a typical filing: its check alone, what all rules share being worked out already.

    A rule that isn't asked on a filing costs nothing there.
    """
    cases = [case_of(clean_filing(seed)) for seed in seeds]
    units = [case_of(one) for one in unit(Random(0))]
    asked = {rule: [case for case in cases if rule.may_speak(case.facts)] for rule in RULES}
    told = {rule.code: _seconds(rule.check, heard, rounds) / len(cases) for rule, heard in asked.items()}
    from_units = {rule.code: _together(rule.check, units, rounds) / len(units) for rule in COLLECTION_RULES}
    return {code: 1e6 * seconds for code, seconds in {**told, **from_units}.items()}


def _seconds(check: object, cases: Sequence[object], rounds: int) -> float:
    return min(_once(check, cases) for _ in range(rounds + 1))


def _once(check: object, cases: Sequence[object]) -> float:
    start = perf_counter()
    for case in cases:
        for _ in check(case):  # type: ignore[operator]
            pass
    return perf_counter() - start


def _together(check: object, cases: Sequence[object], rounds: int) -> float:
    whole = Collection(tuple(case for case in cases if isinstance(case, Case)))
    return min(_once(check, [whole]) for _ in range(rounds + 1))


def spread(seeds: range, parts: int) -> Iterator[range]:
    """Cut seeds into parts of equal size, for processes."""
    size = -(-len(seeds) // parts) or 1
    yield from (seeds[n : n + size] for n in range(0, len(seeds), size))
