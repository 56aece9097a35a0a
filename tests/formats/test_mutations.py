"""Thousands of damaged files: each is read or refused in one sentence, and none takes long or brings anything down.

The long runs are a command: `python -m tests.formats.mutating`.
"""

import pytest

from jixiao.formats.intake import LIMITS
from tests.formats.mutating import STRANGE, Report, files, kind_of, run
from tests.formats.seeds import SEEDS

LONGEST = 5.0  # seconds, where others use the machine too; none takes a second alone
MOST = 300 * 1024  # kB
FEW = {"doc": 1, "rtf": 1, "scan": 3}  # a second a file: another program reads them, or a model
MANY = 4_000
LARGER = {"scan": LIMITS.guard_of_scans.memory // 1024}


def hold(report: Report, form: str) -> None:
    assert not report.strange
    assert report.slowest[0][0] < LONGEST * (10 if form in FEW else 1)
    assert report.peak < LARGER.get(form, MOST)


@pytest.mark.parametrize(
    "form", [pytest.param(f, marks=[pytest.mark.slow] if f in FEW else []) for f in SEEDS]
)
def test_a_few_damaged_files_are_read_or_refused(form: str) -> None:
    hold(run(form, FEW.get(form, 25), seed=2), form)


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted(set(SEEDS) - set(FEW)))
def test_thousands_of_damaged_files_are_read_or_refused(form: str) -> None:
    hold(run(form, MANY // (len(SEEDS) - len(FEW)), seed=3), form)


@pytest.mark.parametrize("form", SEEDS)
def test_the_sound_files_are_read_and_the_damaged_ones_are_others(form: str) -> None:
    sound = SEEDS[form]()
    assert len({data for _, data in files(form, 20, 1)} - set(sound.values())) > 15
    assert list(files(form, 3, 1)) == list(files(form, 3, 1))


def test_what_is_no_answer_is_seen() -> None:
    assert kind_of("“甲”：读取时出错（KeyError），文件可能已损坏；请另存。", "甲") == "fault"
    assert kind_of("“甲”：处理用时超过 60 秒，已停止；请另存。", "甲") == "hung"
    assert kind_of("“甲”：文件不完整；请重新下载。", "甲") == "refused"
    assert kind_of("甲。乙。", "甲") == "no sentence"
    assert kind_of("crash: KeyError: 1", "甲") == "crash"
    report = Report()
    report.add("甲", "nothing", 0.1)
    report.add("乙", "read", 3.0)
    assert (set(report.strange), report.slowest[0]) == ({"甲"}, (3.0, "乙"))
    assert {"crash", "hung", "died", "nothing"} <= STRANGE
    with pytest.raises(AssertionError):
        hold(report, "text")
