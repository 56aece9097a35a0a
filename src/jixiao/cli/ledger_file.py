"""Reads the ledger (处理台账), a TOML file of [[entry]] tables; what an entry does stands in audit/office/ledger.py."""

from datetime import date, datetime
from pathlib import Path

from jixiao.api import ALL_RULES
from jixiao.audit.office.ledger import Entry
from jixiao.cli.toml_files import toml_table
from jixiao.schemes.table import Table

KIND = "处理台账"
KEYS = ("rule", "file", "project", "year", "id", "who", "why", "until")


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a ledger.

    Raises:
        SchemeError: an entry lacks something or says what can't be; the sentence names file, entry and key.
    """
    table = toml_table(path, KIND)
    table.only("entry")
    return tuple(_entry(row, number) for number, row in enumerate(table.tables("entry"), 1))


def _entry(row: Table, number: int) -> Entry:
    row.only(*KEYS)
    if row.has("file") == row.has("project"):
        found = "file 和 project 都写了" if row.has("file") else "没有写是哪份材料"
        raise row.wrong("file", found, "file（文件名）或 project（项目名称）之一")
    return Entry(
        rule=_rule(row),
        who=row.text("who"),
        why=row.text("why"),
        until=_until(row),
        file=row.text("file") if row.has("file") else None,
        project=row.text("project") if row.has("project") else None,
        year=_year(row),
        id=row.text("id") if row.has("id") else None,
        number=number,
    )


def _rule(row: Table) -> str:
    code = row.text("rule")
    known = {rule.code: rule for rule in ALL_RULES.known}
    if code not in known:
        raise row.wrong("rule", f"写的是 {code}，没有这个编号的规则", "大写的规则编号，如 FD05")
    return code


def _until(row: Table) -> date:
    value = row.data.get("until")
    if isinstance(value, datetime) or not isinstance(value, date):
        raise row.wrong(
            "until", "没有写日期" if value is None else f"写的是 {value}", "日期（不加引号），如 2025-12-31"
        )
    return value


def _year(row: Table) -> int | None:
    value = row.data.get("year")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise row.wrong("year", f"写的是 {value}", "年度（不加引号），如 2024")
    return value
