"""All plantings: a module per family of rules, found by their type as the rules are."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module

from tests.proof.planting import Planting, UnitPlanting


def _members() -> Iterator[tuple[str, object]]:
    for module in pkgutil.iter_modules(__path__):
        yield from vars(import_module(f"{__name__}.{module.name}")).items()


def plantings() -> tuple[Planting | UnitPlanting, ...]:
    """Every planting by its rule's code; a rule may have several."""
    found = {id(one): one for _, one in _members() if isinstance(one, Planting | UnitPlanting)}
    return tuple(sorted(found.values(), key=lambda one: one.code))


def not_planted() -> Mapping[str, str]:
    """The rules without a planting, each with its reason: every family's NOT_PLANTED."""
    told: dict[str, str] = {}
    for name, value in _members():
        if name == "NOT_PLANTED" and isinstance(value, dict):
            told.update(value)
    return told
