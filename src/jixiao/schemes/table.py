"""A TOML table with its place, so that every complaint names file and key and says what was expected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.errors import SchemeError
from jixiao.model.citation import Citation


@dataclass(frozen=True, slots=True)
class Table:
    """The table `key` of the file `file` (its name); `key` is empty for the file as a whole.

    `kind` is what the user calls such a file: a rule-book, unless another is named.
    """

    file: str
    key: str
    data: Mapping[str, object]
    kind: str = "口径文件"

    def wrong(self, key: str, found: str, expected: str) -> SchemeError:
        """Return the error about `key` of this table: what was found and what was expected, in Chinese."""
        return SchemeError(
            f"{self.kind} {self.file} 的 {self.path(key)}：{found}，应为{expected}。请改正该文件后再试。"
        )

    def path(self, key: str) -> str:
        """Return the dotted path of `key` in the file; of the table itself for an empty key."""
        return ".".join(part for part in (self.key, key) if part)

    def only(self, *known: str) -> None:
        """Refuse any key that isn't `known`.

        Raises:
            SchemeError: names the first unknown key and lists those that may stand here.
        """
        for key in self.data:
            if key not in known:
                raise self.wrong(key, "没有这个键", "、".join(known) + " 之一")

    def has(self, key: str) -> bool:
        """Tell whether `key` stands in the table."""
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`; without a default it must be there and not be empty."""
        value = self.data.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.wrong(key, _found(value), "一段不为空的文字（加引号）")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at `key`, empty where it is absent."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(w, str) and w.strip() for w in value):
            raise self.wrong(key, _found(value), '文字的列表，如 ["甲", "乙"]')
        return tuple(value)

    def number(self, key: str) -> Decimal:
        """Return the number at `key`, exact and finite; it must be there."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise self.wrong(key, _found(value), "一个数（不加引号）")
        return Decimal(value)

    def maybe_number(self, key: str) -> Decimal | None:
        """Return the number at `key`, None where it is absent."""
        return self.number(key) if self.has(key) else None

    def truth(self, key: str, default: bool | None = None) -> bool:  # noqa: FBT001 the value of a key, no switch
        """Return true or false at `key`; without a default it must be there."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, _found(value), "true 或 false")
        return value

    def choice(self, key: str, among: tuple[str, ...], default: str | None = None) -> str:
        """Return the word at `key`, which must be one of `among`."""
        value = self.data.get(key, default)
        if value not in among:
            raise self.wrong(key, _found(value), "、".join(among) + " 之一")
        return str(value)

    def maybe_year(self, key: str, *, month: int, day: int) -> date | None:
        """Return the date at `key`, None where it is absent; a bare 2023 becomes `month`, `day` of it."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and date.min.year <= value <= date.max.year:
            return date(value, month, day)
        if type(value) is not date:
            raise self.wrong(key, _found(value), "年份（2023）或日期（2023-01-01）")
        return value

    def table(self, key: str) -> "Table":
        """Return the table at `key`; it must be there."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self.wrong(key, _found(value), "一个表")
        return Table(self.file, self.path(key), value, self.kind)

    def maybe_table(self, key: str) -> "Table | None":
        """Return the table at `key`, None where it is absent."""
        return self.table(key) if self.has(key) else None

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the tables listed at `key` ([[key]]), empty where it is absent."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.wrong(key, _found(value), "若干个表（[[...]]）")
        return tuple(
            Table(self.file, f"{self.path(key)}[{n}]", row, self.kind) for n, row in enumerate(value, 1)
        )

    def named_tables(self) -> Iterator[tuple[str, "Table"]]:
        """Yield every key with its table; anything else than a table is refused."""
        for key in self.data:
            yield key, self.table(key)

    def source(self) -> Citation:
        """Return the citation of this table: source, article and verified.

        Raises:
            SchemeError: source is missing or empty, or verified is missing.
        """
        if not self.has("source"):
            raise self.wrong("source", "没有写出处", "条文或表注的名称，每一部分都要写")
        if not self.has("verified"):
            raise self.wrong("verified", "没有写是否核对过原文", "true（有人读过原文）或 false")
        return Citation(self.text("source"), self.text("article", ""), verified=self.truth("verified"))


CITED = ("source", "article", "verified")


def _found(value: object) -> str:
    if value is None:
        return "没有写"
    shown = str(value)
    return f"写的是 {shown if len(shown) <= 40 else shown[:40] + '…'}"  # noqa: PLR2004 one line of a terminal
