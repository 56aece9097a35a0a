"""Where a filing comes from: its province and its region, by its units' names, its project's code, its rule-books.

Only what is written counts: a county whose province no paper, no rule-book and no folder names has none.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.schemes.shelf import all_schemes
from jixiao.schemes.signs import signs_of, weigh

PROVINCES = {  # by the first two digits of a division code (GB/T 2260)
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省",
    "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省",
    "35": "福建省", "36": "江西省", "37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省",
    "44": "广东省", "45": "广西壮族自治区", "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省",
    "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省",
    "64": "宁夏回族自治区", "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区",
    "82": "澳门特别行政区",
}  # fmt: skip
_NATIONS = expression(r"省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区")
_SHORT = {_NATIONS.sub("", name): name for name in PROVINCES.values()}
_NO_PROVINCE = "[东西南北中]?[路街]|大道|[镇乡村]|社区|州|县|藏族|蒙古族"  # 北京路小学, 海南州, 河南县
_PREFECTURES = {
    name: province
    for province, names in tomllib.loads(
        (Path(__file__).parent / "prefectures.toml").read_text("utf-8")
    ).items()
    for name in names.split()
}
_WHOLE = "|".join((*PROVINCES.values(), *_PREFECTURES))
_LEADING = expression(f"{_WHOLE}|(?:{'|'.join(_SHORT)})(?!{_NO_PROVINCE})")
_OWN = "社园景校小城库片院辖矿灌"  # before 区, these make no district
_REGION = expression(
    r"(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:(?<!城)市|州|盟|地区))?"
    rf"(?:[\u4e00-\u9fff]{{1,8}}?(?:县|旗|(?<!城)市|(?<![{_OWN}])区))?"
)


def province_of(evaluation: Evaluation, texts: Sequence[str] = (), folders: Sequence[str] = ()) -> str | None:
    """Return the province of a filing by its full name.

    Its unit and department are asked first, then the division code in its project's code, then the project's name and
    the other words of the filing, `texts`, then the rule-books whose places it names, last the folders that it lies
    in; None where nothing tells, or the first that tells names two.
    """
    signs = signs_of(evaluation, texts)
    for found in (
        _led(signs.units),
        {PROVINCES[signs.code[:2]]} if signs.code[:2] in PROVINCES else set(),
        _led(signs.texts),
        _by_books(evaluation, texts),
        _led(folders),
    ):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def region_of(evaluation: Evaluation) -> str | None:
    """Return the place that the unit's or the department's name begins with, as printed: 池州市贵池区."""
    for name in (evaluation.project.unit, evaluation.project.department):
        found = _REGION.match(tidy(name)) if name else None
        if found is not None and found[0]:
            return found[0]
    return None


def _led(names: Sequence[str]) -> set[str]:
    """Return the provinces that names begin with, in full or for short, or with one of their prefectures."""
    words = [found[0] for name in names if (found := _LEADING.match(name)) is not None]
    return {_PREFECTURES.get(word) or _SHORT.get(word, word) for word in words}


def _by_books(evaluation: Evaluation, texts: Sequence[str]) -> set[str]:
    """Return the provinces of the rule-books whose places the filing names."""
    signs = signs_of(evaluation, texts)
    placed = (one for one in all_schemes() if one.match.regions)
    named = (one for one in placed if "regions" in weigh(one, signs).held)
    return _led([one.region for one in named])
