"""The rule-books that come with jixiao, by id; parsed once and kept (decision 0010)."""

from functools import cache
from pathlib import Path

from jixiao.errors import UnknownNameError
from jixiao.schemes.loading import load_file
from jixiao.schemes.scheme import Scheme

RULEBOOKS = Path(__file__).parent / "rulebooks"


def list_schemes() -> tuple[str, ...]:
    """Return the ids of the rule-books that come with jixiao, sorted."""
    return tuple(sorted(path.stem for path in RULEBOOKS.glob("*.toml")))


def load_scheme(scheme_id: str) -> Scheme:
    """Load a rule-book by its id, or from the .toml file at a path (read anew each time).

    Raises:
        UnknownNameError: there is none of this id; the sentence lists those there are.
        SchemeError: the file can't be used; the sentence names file, key and what was expected.
    """
    if scheme_id.endswith(".toml"):
        return load_file(Path(scheme_id), RULEBOOKS)
    known = list_schemes()
    if scheme_id not in known:
        raise UnknownNameError(
            f"没有名为“{scheme_id}”的评分口径。现有：{'、'.join(known)}；"
            "也可以写自己的口径文件的路径（以 .toml 结尾）。"
        )
    return _kept(scheme_id)


@cache
def all_schemes() -> tuple[Scheme, ...]:
    """Return every rule-book that comes with jixiao, by id."""
    return tuple(_kept(scheme_id) for scheme_id in list_schemes())


@cache
def _kept(scheme_id: str) -> Scheme:
    return load_file(RULEBOOKS / f"{scheme_id}.toml", RULEBOOKS)
