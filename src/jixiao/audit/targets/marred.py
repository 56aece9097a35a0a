"""Targets that a report's sentences set, and units that nobody can read (文中的指标值)."""

from collections.abc import Iterator

from jixiao.audit.prose import Sentence
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_FULL_FLOOR = expression(
    r"(?P<name>[\u4e00-\u9fff()]{0,12}(?:满意[度率]|合格率|准确率|覆盖率|达标率|到位率|知晓率|通过率|及时率))"
    r"(?:达到?|为|:)*(?:[≥≧⩾]|[>＞]=?)100%"
)
_TWO_UNITS = expression(r"\d元[人户名](?=[/每](?:[月年天日]|学期))")
_NO_MONEY = expression(
    r"(?P<head>每[人户亩名](?:每[月年天日])?(?:不超过|不高于|补助|发放|按|为|标准)*|标准(?:为|是|按)*)(?P<n>\d{2,6}(?:\.\d+)?)/[年月天日人户亩]"
)


def floors_of_the_whole(case: Case) -> Iterator[Found]:
    """Yield the shares that a report without a table wants to be 100 % or more."""
    for sentence in case.told("signs.percent", "targets.share") if not case.tables else ():
        m = _FULL_FLOOR.search(sentence.plain)
        if m and sentence.passage.in_report:
            says = f"“{m[0]}”：{m['name']}最高 100%，只能等于。改法：改为“＝100%”，或定一个留有余地的数。"
            yield _found(sentence, says, m[0])


def unreadable_units(case: Case) -> Iterator[Found]:
    """Yield standards with two units run together (元人/月), and money without its unit (每人500/年)."""
    told: set[tuple[int, bool]] = set()
    for sentence in case.told("signs.slash"):
        if not sentence.passage.in_report:
            continue
        m = _TWO_UNITS.search(sentence.plain)
        bare = _NO_MONEY.search(sentence.plain)
        kind = (sentence.passage.paper, m is not None)
        if kind in told or not (m or bare):
            continue
        told.add(kind)
        if m:
            says = f"单位写成“{m[0][1:]}/…”，看不出是元/人还是别的。改法：写作“元/人·月”或“每人每月……元”。"
            yield _found(sentence, says, m[0])
        elif bare:
            yield _found(sentence, f"“{bare[0]}”的金额没有单位“元”。改法：补写单位。", bare[0])


def _found(sentence: Sentence, says: str, key: str) -> Found:
    return Found(sentence.passage.where, says, sentence.passage.paper, quoted=sentence.text[:80], key=key)
