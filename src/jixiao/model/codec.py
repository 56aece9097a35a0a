"""Values to JSON and back, each pair of ways in one place: a Codec puts a value into JSON and takes it out again.

Holds the pieces (texts, decimals, tuples, dataclasses) and the figures, targets and results; the papers stand in
record.py. JSON never holds a float. What can't be taken is an UnreadableError that names the key.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Never, TypeAlias

from jixiao.errors import UnreadableError

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Codec:
    """Both ways of one kind of value.

    `take` gets the JSON and the path of its key, for messages. `inline` codecs put their keys into the object around
    them and take from it. `exact` is for values whose contract form says less than they hold: where taking back what
    was put gives another value, the value stands under "exactly" as well. A `spare` key is left out when empty.
    """

    put: Callable[[object], Json]
    take: Callable[[Json, str], object]
    inline: bool = False
    exact: "Codec | None" = None
    spare: bool = False


def refuse(path: str, wanted: str, found: Json) -> Never:
    """Stop: the JSON under `path` isn't `wanted`."""
    shown = "空" if found is None else f"“{str(found)[:40]}”"
    raise UnreadableError(
        f"记录读不出：“{path.strip('.')}”应是{wanted}，读到的是{shown}。请重新导出这份记录。"
    )


def _put_as_is(value: object) -> Json:
    return value if isinstance(value, str | int) else None


def _take_text(json: Json, path: str) -> object:
    return json if isinstance(json, str) else refuse(path, "文字", json)


def _take_integer(json: Json, path: str) -> object:
    return json if isinstance(json, int) and not isinstance(json, bool) else refuse(path, "整数", json)


def _take_flag(json: Json, path: str) -> object:
    return json if isinstance(json, bool) else refuse(path, "是或否", json)


def _take_decimal(json: Json, path: str) -> object:
    if not isinstance(json, str) or not re.fullmatch(r"-?\d+(?:\.\d+)?", json, re.ASCII):
        refuse(path, "写成文字的十进制数", json)
    return Decimal(json)


def _take_fraction(json: Json, path: str) -> object:
    if not isinstance(json, str) or not re.fullmatch(r"-?\d+(?:/0*[1-9]\d*)?", json, re.ASCII):
        refuse(path, "写成文字的分数", json)
    return Fraction(json)


def _put_decimal(value: object) -> Json:
    return format(value, "f")


TEXT = Codec(_put_as_is, _take_text)
WORDS = Codec(_put_as_is, lambda json, path: "" if json is None else _take_text(json, path))
INTEGER = Codec(_put_as_is, _take_integer)
FLAG = Codec(_put_as_is, _take_flag)
DECIMAL = Codec(_put_decimal, _take_decimal)
FRACTION = Codec(str, _take_fraction)


def optional(codec: Codec) -> Codec:
    """None or what `codec` holds."""
    exact = None if codec.exact is None else optional(codec.exact)
    return Codec(
        lambda value: None if value is None else codec.put(value),
        lambda json, path: None if json is None else codec.take(json, path),
        exact=exact,
    )


def spare(codec: Codec) -> Codec:
    """The same, its key left out when there is nothing in it."""
    return replace(codec, spare=True)


def or_empty(codec: Codec) -> Codec:
    """An object whose every key may be silent: a missing one is the empty one."""
    return Codec(codec.put, lambda json, path: codec.take({} if json is None else json, path))


def listed(codec: Codec) -> Codec:
    """A tuple; a missing key is the empty one."""

    def put(value: object) -> Json:
        return [codec.put(item) for item in value] if isinstance(value, tuple) else []

    def take(json: Json, path: str) -> object:
        if not isinstance(json, list | None):
            refuse(path, "列表", json)
        return tuple(codec.take(item, f"{path}.{number}") for number, item in enumerate(json or []))

    return Codec(put, take)


def mapped(codec: Codec) -> Codec:
    """A mapping from texts; a missing key is the empty one."""

    def put(value: object) -> Json:
        return (
            {str(key): codec.put(item) for key, item in value.items()} if isinstance(value, Mapping) else {}
        )

    def take(json: Json, path: str) -> object:
        return {key: codec.take(item, f"{path}.{key}") for key, item in keys_of(json or {}, path).items()}

    return Codec(put, take)


def chosen(names: type[StrEnum]) -> Codec:
    """One of the members of an enumeration, by its value."""

    def take(json: Json, path: str) -> object:
        if not isinstance(json, str) or json not in {member.value for member in names}:
            refuse(path, "、".join(member.value for member in names) + " 之一", json)
        return names(json)

    return Codec(str, take)


def keys_of(json: Json, path: str) -> dict[str, Json]:
    """Return the object, or refuse anything else."""
    return json if isinstance(json, dict) else refuse(path or "记录", "对象", json)


def record(make: type, fields: Mapping[str, Codec], **renamed: str) -> Codec:
    """A dataclass: a key per field, in the order given; `renamed` gives the JSON key of a field under another name."""
    keyed = tuple((name, renamed.get(name, name), codec) for name, codec in fields.items())
    return Codec(
        lambda value: _put_fields(value, keyed),
        lambda json, path: make(**_take_fields(keys_of(json, path), path, keyed)),
    )


_Keyed = tuple[tuple[str, str, Codec], ...]


def _put_fields(value: object, fields: _Keyed) -> Json:
    out: dict[str, Json] = {}
    exactly: dict[str, Json] = {}
    for name, key, codec in fields:
        item = getattr(value, name)
        shown = codec.put(item)
        if codec.inline:
            out.update(keys_of(shown, name))
        elif shown not in ("", None, [], {}) or not codec.spare:
            out[key] = shown
        if codec.exact is not None and not _comes_back(codec, shown, item):
            exactly[key] = codec.exact.put(item)
    return {**out, "exactly": exactly} if exactly else out


def _take_fields(given: dict[str, Json], path: str, fields: _Keyed) -> dict[str, object]:
    exactly = keys_of(given.get("exactly") or {}, f"{path}.exactly")
    values: dict[str, object] = {}
    for name, key, codec in fields:
        if codec.inline:
            values[name] = codec.take(given, path)
        elif codec.exact is not None and key in exactly:
            values[name] = codec.exact.take(exactly[key], f"{path}.exactly.{key}")
        else:
            values[name] = codec.take(given.get(key), f"{path}.{key}")
    return values


def _comes_back(codec: Codec, shown: Json, item: object) -> bool:
    try:
        return codec.take(shown, "") == item
    except UnreadableError:
        return False


def variant(codecs: Mapping[str, tuple[type, Codec]]) -> Codec:
    """One of several dataclasses; the key "type" names which."""

    def put(value: object) -> Json:
        for name, (kind, codec) in codecs.items():
            if isinstance(value, kind):
                return {"type": name, **keys_of(codec.put(value), name)}
        raise TypeError(type(value))

    def take(json: Json, path: str) -> object:
        name = keys_of(json, path).get("type")
        if not isinstance(name, str) or name not in codecs:
            refuse(f"{path}.type", "、".join(codecs) + " 之一", name)
        return codecs[name][1].take(json, path)

    return Codec(put, take)
