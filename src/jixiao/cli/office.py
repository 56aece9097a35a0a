"""jixiao.toml (本单位规则): what an office has laid down for its checks, found beside the papers or above them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.api import ALL_RULES, rules_named
from jixiao.audit.office.weights import finds_arithmetic_errors
from jixiao.cli.files import STDIN, shown
from jixiao.cli.toml_files import toml_table
from jixiao.errors import SchemeError, UnknownNameError
from jixiao.model.finding import Severity
from jixiao.schemes.table import Table

NAME = "jixiao.toml"
LEDGER = "jixiao-ledger.toml"
KIND = "本单位规则"
KEYS = ("scheme", "select", "ignore", "ledger", "severity")


@dataclass(frozen=True, slots=True)
class Office:
    """An office's own rules; all empty where it has no jixiao.toml. `ledger` is None where there is no such file."""

    path: Path | None = None
    scheme: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    ledger: Path | None = None


def office_of(words: Sequence[str], given: str | None) -> Office:
    """Return the rules of the office whose papers are checked.

    Args:
        words: the files and folders that the command names; the nearest jixiao.toml in such a folder, beside such a
            file or in a folder above counts.
        given: the file that the user names instead, if any.

    Raises:
        SchemeError, UnknownNameError: the file can't be used, or the papers don't lie under the same one.
    """
    if given is not None:
        return read_office(Path(given))
    found = {_nearest(word) for word in words}
    if len(found) > 1:
        names = "、".join(sorted(shown(path.as_posix()) if path is not None else "没有的" for path in found))
        raise SchemeError(f"所查的材料不属同一份 {NAME}（{names}）；请分开检查，或用 --config 指定一份。")
    path = found.pop() if found else None
    return read_office(path) if path is not None else Office()


def read_office(path: Path) -> Office:
    """Read a jixiao.toml.

    Raises:
        SchemeError: what stands in it can't be used; the sentence names file and key.
    """
    table = toml_table(path, KIND)
    table.only(*KEYS)
    ignored = _codes(table, "ignore")
    _refuse_to_ignore(table, ignored)
    return Office(
        path,
        _scheme(table, path.parent),
        _codes(table, "select"),
        ignored,
        _severities(table),
        _ledger(table, path.parent),
    )


def told(office: Office, select: Sequence[str]) -> str:
    """Say what an office's rules changed in a check, so that nobody takes a narrow one for a whole one.

    `select` is what the user selected, which takes the place of the office's choice.
    """
    if office.path is None:
        return ""
    changes = (
        ("只查", "、".join(office.select) if not select else ""),
        ("不查", "、".join(office.ignore)),
        ("改级别", "、".join(office.severities)),
        ("台账", shown(office.ledger.as_posix()) if office.ledger is not None else ""),
    )
    words = "；".join(f"{name} {what}" for name, what in changes if what)
    return f"按本单位规则 {shown(office.path.as_posix())}{'：' if words else ''}{words}"


def _nearest(word: str) -> Path | None:
    """Return the nearest jixiao.toml, named from where the user stands if it lies there."""
    here = Path.cwd()
    start = here if word == STDIN else Path(word).absolute()
    folders: Iterable[Path] = (start, *start.parents) if start.is_dir() else start.parents
    path = next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)
    return path.relative_to(here) if path is not None and path.is_relative_to(here) else path


def _scheme(table: Table, folder: Path) -> str | None:
    """Return the rule-book's id; one of the office's own is a path from its jixiao.toml."""
    if not table.has("scheme"):
        return None
    name = table.text("scheme")
    return (folder / name).as_posix() if name.endswith(".toml") else name


def _codes(table: Table, key: str) -> tuple[str, ...]:
    words = table.words(key)
    for word in words:
        try:
            rules_named([word])
        except UnknownNameError as error:
            raise table.wrong(key, f"没有名为“{word}”的规则", "规则编号、规则族或级别") from error
    return words


def _refuse_to_ignore(table: Table, words: Sequence[str]) -> None:
    for word in words:
        certain = [rule.code for rule in rules_named([word]).known if finds_arithmetic_errors(rule)]
        if certain:
            listed = "、".join(certain[:4]) + ("等" if len(certain) > 4 else "")  # noqa: PLR2004 a line's worth
            raise table.wrong(
                "ignore", f"写的是 {word}，其中 {listed} 查的是确定的算术错误", "不含这些编号的规则"
            )


def _severities(table: Table) -> dict[str, Severity]:
    inner = table.maybe_table("severity")
    if inner is None:
        return {}
    known = {rule.code: rule for rule in ALL_RULES.known}
    weights = {}
    for code in inner.data:
        if code not in known:
            raise inner.wrong(code, "没有这个编号的规则", "大写的规则编号，如 FD05")
        severity = Severity(inner.choice(code, tuple(Severity)))
        if finds_arithmetic_errors(known[code]) and severity is not Severity.ERROR:
            raise inner.wrong(code, f"写的是 {severity}，而它查的是算术错误，不能降级", "error")
        weights[code] = severity
    return weights


def _ledger(table: Table, folder: Path) -> Path | None:
    if table.has("ledger"):
        return folder / table.text("ledger")
    path = folder / LEDGER
    return path if path.is_file() else None
