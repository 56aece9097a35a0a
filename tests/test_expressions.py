"""Expressions that compile when they are asked: they answer as compiled ones do, and each of the house compiles."""

import pickle
import re
import subprocess
import sys
from copy import deepcopy

import pytest

from jixiao.expressions import expression

TEXT = "完成 12 公里，验收 3 次"


@pytest.mark.parametrize(
    ("pattern", "flags"), [(r"(\d+)\s*公里", 0), (r"(X)|(\d)", re.IGNORECASE), ("^$", re.MULTILINE)]
)
def test_an_expression_answers_as_the_compiled_pattern_does(pattern: str, flags: int) -> None:
    compiled = re.compile(pattern, flags)
    for one in (expression(pattern, flags), pickle.loads(pickle.dumps(expression(pattern, flags)))):  # noqa: S301 our own
        assert one.findall(TEXT) == compiled.findall(TEXT)
        assert str(one.search(TEXT)) == str(compiled.search(TEXT))
        assert str(one.match(TEXT)) == str(compiled.match(TEXT))
        assert str(one.fullmatch(TEXT)) == str(compiled.fullmatch(TEXT))
        assert [str(found) for found in one.finditer(TEXT)] == [
            str(found) for found in compiled.finditer(TEXT)
        ]
        assert (one.split(TEXT), one.sub("·", TEXT)) == (compiled.split(TEXT), compiled.sub("·", TEXT))
        assert one.subn("·", TEXT, count=1) == compiled.subn("·", TEXT, count=1)
        assert (one.pattern, one.groups, one.flags) == (compiled.pattern, compiled.groups, compiled.flags)


def test_an_expression_compiles_at_its_first_question_and_not_before() -> None:
    broken = expression("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search(TEXT)
    asked = expression(r"\d")
    assert "search" not in vars(asked)
    assert asked.search(TEXT)
    assert vars(asked)["search"] == re.compile(r"\d").search
    assert deepcopy(asked).findall(TEXT) == ["1", "2", "3"]


EVERY = """
import gc, pkgutil, re
from importlib import import_module
from jixiao.expressions import Expression

for package in ("audit", "papers", "formats", "rollup", "scoring", "schemes", "model", "telling", "cli"):
    for module in pkgutil.walk_packages(import_module(f"jixiao.{package}").__path__, f"jixiao.{package}."):
        import_module(module.name)
known = [one for one in gc.get_objects() if type(one) is Expression]
for one in known:
    pattern, flags = one.__reduce__()[1]
    re.compile(pattern, flags)
print(len(known))
"""


def test_every_expression_of_the_house_compiles() -> None:
    told = subprocess.run((sys.executable, "-c", EVERY), check=True, capture_output=True, text=True)
    assert int(told.stdout) > 1000
