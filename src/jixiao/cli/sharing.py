"""What many papers have alike, held once: ten thousand filings of a county say 产出指标 and 10.00 a million times."""

from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar, cast

from jixiao.layout import Place
from jixiao.model.finding import FieldPath

Value = TypeVar("Value")


@dataclass(slots=True)
class Shared:
    """The words, figures, field paths and places that have been met; what is told the same way is the same object."""

    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Decimal] = field(default_factory=dict)
    shares: dict[Fraction, Fraction] = field(default_factory=dict)
    paths: dict[FieldPath, FieldPath] = field(default_factory=dict)
    places: dict[Place, Place] = field(default_factory=dict)
    kinds: dict[type, tuple[str, ...]] = field(default_factory=dict)

    def path(self, path: FieldPath) -> FieldPath:
        """Give the field path that is held."""
        return self.paths.setdefault(path, path)

    def place(self, place: Place) -> Place:
        """Give the place that is held."""
        return self.places.setdefault(place, place)

    def alike(self, value: Value) -> Value:
        """Give a value whose words and figures are those that are held; records change theirs for these in place.

        A figure is its digits: 10 and 10.00 stay two.
        """
        return cast("Value", self._held(value))

    def _held(self, value: object) -> object:
        if type(value) is str:
            return self.texts.setdefault(value, value)
        if type(value) is Decimal:
            return self.figures.setdefault(str(value), value)
        if type(value) is Fraction:
            return self.shares.setdefault(value, value)
        if type(value) is tuple:
            return self._tuple(value)
        for name in self._fields(type(value)):
            before = getattr(value, name)
            after = self._held(before)
            if after is not before:
                object.__setattr__(value, name, after)  # an equal one: nobody can tell
        return value

    def _tuple(self, values: tuple[object, ...]) -> tuple[object, ...]:
        held = tuple(map(self._held, values))
        return values if all(new is old for new, old in zip(held, values, strict=True)) else held

    def _fields(self, kind: type) -> tuple[str, ...]:
        """Name the fields of a record that may hold something shared; none of what is no record."""
        if kind not in self.kinds:
            plain = not is_dataclass(kind) or issubclass(kind, Enum) or kind is Place
            self.kinds[kind] = () if plain else tuple(each.name for each in fields(kind))
        return self.kinds[kind]
