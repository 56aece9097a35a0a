"""What a paper says for an item's score, beside the score: a row's remarks, or a report's words under the item."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.prose import Passage
from jixiao.audit.rule import Case
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath

_MARK = expression(
    r"^(?:[^。，,]{0,12}?)(?:标准分值|满分|分值)(?:为|是|:)?(\d{1,3}(?:\.\d{1,4})?)分[，,。;；]?"
    r"(?:其中)?(?:本项|自评|评价|实际)*得分?(?:为|是|:)?(\d{1,3}(?:\.\d{1,4})?)分[。，,;；]?"
)
_DEDUCTED = expression(r"扣分(?:原因|理由)(?:是|为|[：:])?([^。]+)")
_NUMBERED = expression(r"^[\s\d.、，()（）一二三四五六七八九十-]+")


@dataclass(frozen=True, slots=True)
class Explanation:
    """The words told for one item: where, its name, points and score where printed."""

    paper: int
    where: FieldPath
    name: str
    points: Decimal | None
    score: Decimal | None
    words: str

    @property
    def full(self) -> bool:
        """Whether all of its points are claimed."""
        return self.points is not None and self.points > 0 and self.points == self.score


def explanations(case: Case) -> tuple[Explanation, ...]:
    """Return what reports and scoring forms say for each of their items."""
    return case.once(_explanations)


def _explanations(case: Case) -> tuple[Explanation, ...]:
    return tuple(_each(case))


def _each(case: Case) -> Iterator[Explanation]:
    """Yield what reports and scoring forms say for each of their items."""
    for passage in dict.fromkeys(s.passage for s in case.told("evidence.marks")):
        if not passage.in_report:
            continue
        lines = tuple(_in_lines(passage))
        told = _told(passage) if len(lines) <= 1 else None
        yield from (told,) if told is not None else lines
    for row in case.rows:
        i = row.indicator
        if i.remarks and i.actual is None and i.score_printed is not None:
            yield Explanation(
                row.paper, row.path("remarks"), row.name, i.points, i.score_printed, tidy(i.remarks)
            )


_ITEM = expression(
    r"^[\s\d.、，()（）一二三四五六七八九十-]*(?P<name>[^：:，,。；;\d]{2,14})[：:](?P<said>.+)$"
)


def _in_lines(passage: Passage) -> Iterator[Explanation]:
    """Read a section whose lines each begin with an item and its mark: 1.项目管理：满分 10 分，得分 10 分。…"""
    for line in passage.text.splitlines():
        item = _ITEM.match(tidy(line)) if "分" in line[:40] else None
        mark = _MARK.match(item["said"]) if item is not None else None
        words = item["said"][mark.end() :] if item is not None and mark is not None else ""
        if item is not None and mark is not None and words and words.rstrip("：:。") != "其中":
            yield Explanation(
                passage.paper, passage.where, item["name"], Decimal(mark[1]), Decimal(mark[2]), words
            )


def deductions(case: Case) -> Iterator[tuple[Explanation, str]]:
    """Yield the items whose explanation says why points were taken off, and why."""
    if "signs.deduction" not in case.words:
        return
    for told in explanations(case):
        found = _DEDUCTED.search(told.words)
        if found is not None:
            yield told, found[1]


def _told(passage: Passage) -> Explanation | None:
    """Read a section that begins with its mark: 标准分值 3 分，本项评价得分 3 分。…"""
    if not passage.title or "分" not in passage.sentences[0].plain:
        return None
    plain = "".join(sentence.plain for sentence in passage.sentences)
    mark = _MARK.match(plain)
    if mark is None:
        return None
    words = plain[mark.end() :]
    if not words or words.rstrip("：:。") == "其中" or words.startswith("得分率"):
        return None
    name = _NUMBERED.sub("", passage.title).rsplit("-", 1)[-1].rsplit("—", 1)[-1].strip()
    return Explanation(passage.paper, passage.where, name, Decimal(mark[1]), Decimal(mark[2]), words)
