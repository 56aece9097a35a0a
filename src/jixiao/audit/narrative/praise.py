"""What praises and what owns to a fault of one thing, in words of one root: 制度健全 and 制度不健全 (报告文字).

The roots, the things and the words are data: words/praise.toml. NA13 in contradictions.py tells of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.audit.lexicon import Hit, hits, lists_of
from jixiao.audit.narrative.claims import is_plan, tells_problems
from jixiao.audit.prose import Sentence, clipped
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import tidy

_NOT_NOW = expression(
    r"虽|尽管|进一步|要|应|确保|需|建立健全|是否|能否|有待|不|未|欠|缺|将|力争|有利于|促进|推动|使"
)
_DENIED = expression(
    r"未发现|没有发现|不存在|避免|防止|杜绝|未出现|没有出现|严禁|不得|无(?:挤占|挪用|违规|截留)"
)
_FAR = 16


_ROOTS = tuple(key.removeprefix("good_") for key in lists_of("praise") if key.startswith("good_"))


@dataclass(frozen=True, slots=True)
class _Saying:
    """A thing and a root of which a text speaks, in which words, and what the clause says before them."""

    thing: str
    root: str
    said: str
    before: str


def taken_back(case: Case) -> Iterator[Found]:
    """Yield praise of a thing that the problems, their headings too, take back in words of the same root."""
    faults: dict[tuple[str, str], str] = {}
    for plain, found in _faults(case):
        for one in _sayings(plain, found, "bad_"):
            faults.setdefault((one.thing, one.root), one.said)
    roots = [root for root in _ROOTS if any(root == r for _, r in faults)]
    told: set[str] = set()
    for sentence in dict.fromkeys(
        s for root in roots for s in case.told(f"praise.good_{root}") if _praises(case, s)
    ):
        for one in _sayings(sentence.plain, sentence.hits, "good_"):
            fault = faults.get((one.thing, one.root)) if one.thing not in told else None
            if fault and not _NOT_NOW.search(one.before + one.said):
                told.add(one.thing)
                says = f"前面说“{one.said}”，问题部分说“{clipped(fault, 30)}”，互相矛盾。改法：按实际情况改前面的话。"
                passage = sentence.passage
                yield Found(passage.where, says, passage.paper, quoted=sentence.text, key=one.thing)


def _sayings(plain: str, found: Sequence[Hit], kind: str) -> Iterator[_Saying]:
    """Yield what a text says of things: a word of `kind`, and the last thing named before it in its clause."""
    wanted, own = (_OF | _PART, _BAD) if kind == "bad_" else (_OF, _GOOD)
    for hit in found:
        if own.isdisjoint(hit.lists):
            continue
        roots = [name.partition(kind)[2] for name in hit.lists & own]
        clause = max(0, hit.start - _FAR, *(plain.rfind(stop, 0, hit.start) + 1 for stop in _STOPS))
        if kind == "good_" and "及时" in roots:
            yield from _done_in_time(plain, hit, found)
        named = [
            h for h in found if clause <= h.start and h.end <= hit.start and not wanted.isdisjoint(h.lists)
        ]
        if not named:  # 管护制度健全、落实到位: what stands before 、 is spoken of still
            clause = max(0, hit.start - _FAR, *(plain.rfind(stop, 0, hit.start) + 1 for stop in _STOPS[:-1]))
            named = [
                h
                for h in found
                if clause <= h.start and h.end <= hit.start and not wanted.isdisjoint(h.lists)
            ]
        joined = len(named) > 1 and named[-2].end == named[-1].start  # 支付进度: of paying too
        last = named[-2:] if joined and kind == "bad_" else named[-1:]
        for thing in {wanted_name.partition("_")[2] for h in last for wanted_name in h.lists & wanted}:
            said = plain[named[-1].start : hit.end]
            yield from (_Saying(thing, root, said, plain[clause : named[-1].start]) for root in roots)


def _done_in_time(plain: str, hit: Hit, found: Sequence[Hit]) -> Iterator[_Saying]:
    """Yield what is said to be done in time where the act stands behind: 按时拨付."""
    clause = max(plain.rfind(stop, 0, hit.start) + 1 for stop in _STOPS)
    for other in found:
        if hit.end <= other.start <= hit.end + 2 and not _OF.isdisjoint(other.lists):
            for name in other.lists & _OF:
                yield _Saying(
                    name.partition("_")[2], "及时", plain[hit.start : other.end], plain[clause : hit.start]
                )
            return


_OF, _PART, _GOOD, _BAD = (
    frozenset(f"praise.{key}" for key in lists_of("praise") if key.startswith(kind))
    for kind in ("of_", "part_", "good_", "bad_")
)
_STOPS = "，,。；;：:、"


def _praises(case: Case, sentence: Sentence) -> bool:
    passage = sentence.passage
    return passage.in_report and not tells_problems(case, passage) and not is_plan(case, passage)


def _faults(case: Case) -> Iterator[tuple[str, Sequence[Hit]]]:
    """Yield the sentences and headings of the problems, and why points were taken off, with their words."""
    for passage in case.passages:
        if tells_problems(case, passage):
            title = tidy(passage.title)
            yield title, hits(title)
            yield from ((s.plain, s.hits) for s in passage.sentences if not _DENIED.search(s.plain))
    for sentence in case.told("narrative_topics.deduction"):
        if not tells_problems(case, sentence.passage) and not _DENIED.search(sentence.plain):
            yield sentence.plain, sentence.hits
