"""A rule-book is read strictly: every fault names file and key and says what was expected."""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.errors import SchemeError, UnknownNameError
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import AbsentRule, Band, Method, ZeroTarget

CITED = 'source = "青禾县自评办法"\narticle = "第三条"\nverified = true\n'
HEAD = 'title = "青禾县"\nregion = "青禾县"\nextends = "national-2020"\n'


def book(folder: Path, text: str, name: str = "qinghe", head: str = HEAD) -> str:
    path = folder / f"{name}.toml"
    path.write_text(head + text, encoding="utf-8")
    return str(path)


def part(key: str, text: str) -> str:
    return f"[{key}]\n{text}\n{CITED}"


def tiers(*shares: str) -> str:
    names = ("met", "partial", "missed")
    rows = (
        f'[[qualitative.tiers]]\nname = "{name}"\nsays = "{name}"\nshare = {share}\n'
        for name, share in zip(names, shares, strict=False)
    )
    return part("qualitative", 'method = "rubric"') + "".join(rows)


def bands(*rows: str) -> str:
    return part("execution", 'method = "bands"\npoints = 10') + "".join(
        f"[[execution.bands]]\n{row}\n" for row in rows
    )


FAULTS = {
    "an unknown key of the file": ('colour = "red"\n', "colour", "没有这个键"),
    "a part with a misspelt name": (part("postive", 'method = "ratio"'), "postive", "没有这个键"),
    "an unknown key of a part": (part("negative", 'method = "ratio"\nratio = 2'), "negative.ratio", "没有这个键"),
    "an unknown method": (part("negative", 'method = "inverse"'), "negative.method", "inverse_ratio"),
    "a part without a method": (part("negative", ""), "negative.method", "没有写"),
    "a part without a source": ('[negative]\nmethod = "ratio"\nverified = true\n', "negative.source", "出处"),
    "a part with an empty source": (
        '[negative]\nmethod = "ratio"\nsource = " "\nverified = true\n', "negative.source", "不为空"),
    "a part that doesn't say whether it was read": (
        '[negative]\nmethod = "ratio"\nsource = "注3"\n', "negative.verified", "true"),
    "verified in quotes": (
        '[negative]\nmethod = "ratio"\nsource = "注3"\nverified = "yes"\n', "negative.verified", "true 或 false"),
    "level1 without a source": ('[level1]\n"产出指标" = 90\n', "level1.source", "出处"),
    "thresholds without a source": ("[thresholds]\nover_warn = 1.2\n", "thresholds.source", "出处"),
    "an unknown threshold": (part("thresholds", "over_much = 2"), "thresholds.over_much", "over_warn"),
    "a note without a source": ('[[notes]]\nsays = "一句话"\n', "notes[1].source", "出处"),
    "first-level points that don't add up with execution": (
        part("level1", '"产出指标" = 50\n"效益指标" = 30'), "level1", "合计 90"),
    "first-level points beyond the full mark": (
        part("level1", '"产出指标" = 95\nopen = true'), "level1", "合计 105"),
    "level1 both free and given": (part("level1", '"产出指标" = 90\nfree = true'), "level1.free", "free = true"),
    "bands from low to high": (
        bands("rate = { from = 0, below = 0.6 }\nshare = 0", "rate = { from = 0.6, to = 1 }\nshare = 1"),
        "execution.bands[2].rate", "由高到低"),
    "bands that overlap": (
        bands("rate = { from = 0.8, to = 1 }\nshare = 1", "rate = { from = 0.5, to = 0.8 }\nshare = 0.5"),
        "execution.bands[2].rate", "重叠"),
    "a band that is upside down": (
        bands("rate = { from = 1, below = 0.8 }\nshare = 1"), "execution.bands[1].rate.below", "大于下限"),
    "a band worth more than the points": (
        bands("rate = { from = 0.8, to = 1 }\nshare = 7"), "execution.bands[1].share", "0 至 1"),
    "a band with share and deduction": (
        bands("rate = { from = 0.8, to = 1 }\nshare = 1\ndeduct = 2"), "execution.bands[1].share", "其中之一"),
    "bands without a band": (part("execution", 'method = "bands"\npoints = 10'), "execution.bands", "没有写"),
    "a method with another method's numbers": (
        part("execution", 'method = "ratio"\npoints = 10')
        + "[[execution.bands]]\nrate = { from = 0.8, to = 1 }\nshare = 1\n", "execution.bands", "不用它"),
    "tiers that overlap": (
        tiers("{ from = 0.8, to = 1 }", "{ from = 0.6, below = 0.85 }"), "qualitative.tiers[2].share", "重叠"),
    "tiers that share an edge": (
        tiers("{ from = 0.8, to = 1 }", "{ from = 0.6, to = 0.8 }"), "qualitative.tiers[2].share", "重叠"),
    "tiers from low to high": (
        tiers("{ from = 0, below = 0.6 }", "{ from = 0.6, to = 1 }"), "qualitative.tiers[2].share", "重叠"),
    "a tier of more than the points": (tiers("{ from = 0.8, to = 1.2 }"), "qualitative.tiers[1].share", "0 至 1"),
    "a default outside its tier": (
        tiers("{ from = 0.8, to = 1 }\ndefault = 0.5"), "qualitative.tiers[1].default", "在本档"),
    "one word in two tiers": (
        tiers('{ from = 0.8, to = 1 }\nwords = ["完成"]', '{ from = 0.6, below = 0.8 }\nwords = ["完成"]'),
        "qualitative.tiers[2].words", "只属于一档"),
    "steps without a deduction": (
        part("negative", 'method = "steps"\nsettings = { per = 0.01 }'), "negative.settings.deduct", "一个数"),
    "execution without points": (part("execution", 'method = "ratio"'), "execution.points", "within"),
    "an unknown fund column": (
        part("execution", 'method = "ratio"\npoints = 10\ndenominator = "budget"'),
        "execution.denominator", "received"),
    "points in quotes": (part("execution", 'method = "ratio"\npoints = "10"'), "execution.points", "一个数"),
    "points that are no number": (part("execution", 'method = "ratio"\npoints = nan'), "execution.points", "一个数"),
    "points of zero": (part("execution", 'method = "ratio"\npoints = 0'), "execution.points", "大于零"),
    "grades from low to high": (
        part("grades", 'bands = [{ word = "良", low = 80 }, { word = "优", low = 90 }]'),
        "grades.bands[2].low", "由高到低"),
    "another rounding than half up": (
        part("rounding", 'places = 2\nmode = "half_even"'), "rounding.mode", "half_up"),
    "half a place": (part("rounding", "places = 1.5"), "rounding.places", "整数"),
    "an unknown kind of paper": ('[match]\nkinds = ["letter"]\n', "match.kinds", "selfeval_table"),
    "a required criterion that isn't given": (
        '[match]\nregions = ["青禾县"]\nrequires = ["forms"]\n', "match.requires", "regions"),
    "an end before the beginning": ("effective = { from = 2023, to = 2021 }\n", "effective.to", "不早于"),
    "a year in quotes": ('effective = { from = "2023" }\n', "effective.from", "年份"),
    "another part without words or explanation": (part("other.x", 'method = "assessed"'), "other.x.applies", "says"),
    "a known part among the others": (
        part("other.positive", 'method = "ratio"'), "other.positive", "[positive]"),
    "an unknown parent": ('extends = "national-1999"\n', "extends", "national-2020"),
}  # fmt: skip


@pytest.mark.parametrize("text, key, expected", FAULTS.values(), ids=FAULTS)
def test_a_fault_names_file_and_key_and_what_was_expected(
    tmp_path: Path, text: str, key: str, expected: str
) -> None:
    head = HEAD if "extends" not in text else 'title = "青禾县"\nregion = "青禾县"\n'
    with pytest.raises(SchemeError) as caught:
        load_scheme(book(tmp_path, text, head=head))
    told = str(caught.value)
    assert "qinghe.toml" in told
    assert f" {key}：" in told
    assert expected in told


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match=r"qinghe\.toml 不合 TOML 格式.*line 4"):
        load_scheme(book(tmp_path, "[negative\n"))


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "qinghe.toml").write_bytes('title = "青禾县"'.encode("gb18030"))
    with pytest.raises(SchemeError, match=r"qinghe\.toml .*UTF-8"):
        load_scheme(str(tmp_path / "qinghe.toml"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match=r"qinghe\.toml 打不开"):
        load_scheme(str(tmp_path / "qinghe.toml"))


def test_a_book_without_parent_must_have_every_part(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match=r"qinghe\.toml 的 \w+：没有写，所引用的口径也没有"):
        load_scheme(book(tmp_path, "", head='title = "青禾县"\nregion = "青禾县"\n'))


def test_two_books_may_not_extend_each_other(tmp_path: Path) -> None:
    book(tmp_path, "", name="a", head='title = "甲"\nregion = "甲"\nextends = "b"\n')
    path = book(tmp_path, "", name="b", head='title = "乙"\nregion = "乙"\nextends = "a"\n')
    with pytest.raises(SchemeError, match=r"a\.toml 的 extends：循环引用 b → a → b"):
        load_scheme(path)


def test_a_third_step_up_is_refused(tmp_path: Path) -> None:
    book(tmp_path, "", name="city", head=HEAD)
    book(tmp_path, "", name="county", head=HEAD.replace("national-2020", "city"))
    assert load_scheme(str(tmp_path / "county.toml")).chain == ("city", "national-2020")
    path = book(tmp_path, "", name="town", head=HEAD.replace("national-2020", "county"))
    with pytest.raises(SchemeError, match=r"city\.toml 的 extends：town 已是第三层引用，应为至多向上 2 层"):
        load_scheme(path)


def test_an_unknown_id_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError) as caught:
        load_scheme("qinghe")
    assert all(scheme_id in str(caught.value) for scheme_id in list_schemes())


def test_a_stated_part_replaces_the_parents_and_the_others_keep_their_source(tmp_path: Path) -> None:
    scheme = load_scheme(book(tmp_path, part("negative", 'method = "linear_excess"')))
    parent = load_scheme("national-2020")
    assert scheme.parts["negative"].method is Method.LINEAR_EXCESS
    assert str(scheme.parts["negative"].source) == "青禾县自评办法 第三条"
    assert scheme.parts["positive"] == parent.parts["positive"]
    assert "财预〔2020〕10号" in str(scheme.parts["positive"].source)
    assert not scheme.verified


def test_thresholds_are_inherited_one_by_one_with_their_own_source(tmp_path: Path) -> None:
    scheme = load_scheme(book(tmp_path, part("thresholds", "over_reason = 1.5")))
    parent = load_scheme("national-2020")
    assert scheme.thresholds["over_reason"] == Decimal("1.5")
    assert scheme.thresholds["over_warn"] == parent.thresholds["over_warn"]
    assert scheme.sources["thresholds.over_reason"].document == "青禾县自评办法"
    assert scheme.sources["thresholds.over_warn"] == parent.sources["thresholds.over_warn"]


def test_a_word_belongs_to_the_tier_that_the_nearer_book_says(tmp_path: Path) -> None:
    scheme = load_scheme(book(tmp_path, part("words", 'partial = ["完成"]')))
    met, partial, _ = scheme.parts["qualitative"].tiers
    assert "完成" in partial.words
    assert "完成" not in met.words
    assert "已完成" in met.words


def test_a_tiers_own_word_leaves_the_inherited_tier(tmp_path: Path) -> None:
    own = tiers("{ from = 0.8, to = 1 }", '{ from = 0.6, below = 0.8 }\nwords = ["达标"]')
    met, partial = load_scheme(book(tmp_path, own)).parts["qualitative"].tiers
    assert "达标" in partial.words
    assert "达标" not in met.words


def test_free_level1_leaves_the_classes_open(tmp_path: Path) -> None:
    assert load_scheme(book(tmp_path, part("level1", "free = true"))).level1 == {}


def test_points_inside_a_class_are_not_added_again(tmp_path: Path) -> None:
    text = part("level1", '"过程" = 40\n"产出" = 60') + part(
        "execution", 'method = "ratio"\npoints = 5\nwithin = "过程"'
    )
    scheme = load_scheme(book(tmp_path, text))
    assert sum(scheme.level1.values()) == scheme.total
    assert scheme.parts["execution"].within == "过程"


def test_numbers_stay_exact_and_ends_keep_their_sides(tmp_path: Path) -> None:
    scheme = load_scheme(
        book(
            tmp_path,
            bands(
                'rate = { from = 1, to = 1 }\nshare = 1\nneeds = "未超预算"',
                "rate = { above = 0.1, below = 1 }\nshare = 0.1",
            ),
        )
    )
    assert scheme.parts["execution"].bands == (
        Band(Decimal(1), Decimal(1), Decimal(1), "未超预算", high_closed=True),
        Band(Decimal("0.1"), Decimal(1), Decimal("0.1"), low_open=True),
    )


def test_other_parts_items_and_absent_rows_are_read(tmp_path: Path) -> None:
    text = (
        part("other.staff", 'method = "steps"\napplies = ["在职"]\nsettings = { per = 0.01, deduct = 0.5 }')
        + part("items", '"立项依据" = 3')
        + part("absent", 'rule = "rescaled"\nwords = ["不适用"]')
        + part("positive", 'method = "ratio"\nzero_target = "full"')
    )
    scheme = load_scheme(book(tmp_path, text))
    assert scheme.parts["staff"].settings == {"per": Decimal("0.01"), "deduct": Decimal("0.5")}
    assert scheme.items == {"立项依据": Decimal(3)}
    assert scheme.absent is not None
    assert scheme.absent.rule is AbsentRule.RESCALED
    assert scheme.parts["positive"].zero_target is ZeroTarget.FULL


def test_the_digest_changes_with_the_book_and_with_its_parent(tmp_path: Path) -> None:
    parent = book(tmp_path, "", name="city")
    child = book(tmp_path, "", head=HEAD.replace("national-2020", "city"))
    before = load_scheme(child).digest
    assert load_scheme(child).digest == before
    assert len(before) == 64
    Path(parent).write_text(HEAD + "# 改了一个字\n", encoding="utf-8")
    after = load_scheme(child).digest
    assert after != before
    Path(child).write_text(Path(child).read_text("utf-8") + "\n", encoding="utf-8")
    assert load_scheme(child).digest != after


def test_every_book_loads_and_every_part_has_a_source() -> None:
    for scheme_id in list_schemes():
        scheme = load_scheme(scheme_id)
        cited = {**{key: part.source for key, part in scheme.parts.items()}, **scheme.sources}
        cited |= {"grades": scheme.grades_source, "rounding": scheme.rounding_source}
        if scheme.level1:
            cited["level1"] = scheme.level1_source
        assert scheme.id == scheme_id
        assert not [key for key, source in cited.items() if not source.document.strip()]
        named = {f"thresholds.{name}" for name in scheme.thresholds} | {
            f"items.{name}" for name in scheme.items
        }
        assert named <= set(scheme.sources)


def test_no_text_known_only_by_hearsay_counts_as_read() -> None:
    for scheme_id in (name for name in list_schemes() if name.startswith("national-")):
        scheme = load_scheme(scheme_id)
        assert not [key for key, part in scheme.parts.items() if part.source.verified]
        assert not [key for key, source in scheme.sources.items() if source.verified]


def test_the_printed_notes_count_as_read() -> None:
    scheme = load_scheme("anhui-huaiyuan")
    read = {key for key, part in scheme.parts.items() if part.source.verified}
    assert read == {"execution", "positive", "negative", "qualitative"}
