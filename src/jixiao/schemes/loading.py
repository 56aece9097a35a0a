"""From TOML files to a Scheme: read the chain of books, lay the nearer over the farther, check the whole.

The unit of inheritance is the part: a part that a book states replaces its parent's, one that it doesn't
state is inherited with the source it came from. Thresholds, items and tier words are inherited one by one.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from jixiao.errors import SchemeError
from jixiao.model.citation import NO_CITATION, Citation
from jixiao.schemes.book import NEEDED, Book, Cited, Classes, read_book
from jixiao.schemes.scheme import Part, Scheme, Tier
from jixiao.schemes.table import Table

MOST_STEPS_UP = 2

T = TypeVar("T")


def load_file(path: Path, parents: Path) -> Scheme:
    """Load the rule-book in `path`; a book it extends is looked for beside it, then in `parents`.

    Args:
        path: a TOML file; its stem is the rule-book's id.
        parents: the folder of the books that come with jixiao.

    Raises: SchemeError: the file, or one it extends, can't be used; the sentence names file, key and what
    was expected.
    """
    books, digest = _chain(path, parents)
    scheme = _merge(books, digest)
    _check_total(books, scheme)
    return scheme


def _chain(path: Path, parents: Path) -> tuple[tuple[Book, ...], str]:
    """Return the book and those it extends, nearest first, and the digest of their files."""
    books: list[Book] = []
    digest = sha256()
    following: Path | None = path
    while following is not None:
        book, own = _kept(following) if following.parent == parents else _read(following)
        digest.update(own)
        books.append(book)
        following = _parent(books, path.parent, parents)
    return tuple(books), digest.hexdigest()


def _read(path: Path) -> tuple[Book, bytes]:
    data = _bytes(path)
    return read_book(path.stem, _table(path.name, data)), sha256(data).digest()


_kept = cache(_read)  # the books that come with jixiao don't change while it runs: decision 0010


def _parent(books: Sequence[Book], beside: Path, parents: Path) -> Path | None:
    book = books[-1]
    if book.extends is None:
        return None
    if book.extends in (other.id for other in books):
        line = " → ".join([*(other.id for other in books), book.extends])
        raise book.table.wrong("extends", f"循环引用 {line}", "不引用自己的口径")
    if len(books) > MOST_STEPS_UP:
        raise book.table.wrong("extends", f"{books[0].id} 已是第三层引用", f"至多向上 {MOST_STEPS_UP} 层")
    for folder in (beside, parents):
        found = folder / f"{book.extends}.toml"
        if found.is_file():
            return found
    there = "、".join(sorted(file.stem for file in parents.glob("*.toml")))
    raise book.table.wrong("extends", f"写的是 {book.extends}，没有这个口径", f"{there} 之一")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SchemeError(f"口径文件 {path.name} 打不开（{error.strerror}）。请核对路径和权限。") from error


def _table(file: str, data: bytes) -> Table:
    try:
        return Table(file, "", tomllib.loads(data.decode("utf-8"), parse_float=Decimal))
    except UnicodeDecodeError as error:
        raise SchemeError(
            f"口径文件 {file} 第 {error.start} 个字节不是 UTF-8 文字。请用 UTF-8 另存后再试。"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"口径文件 {file} 不合 TOML 格式：{error}。请改正该处后再试。") from error


def _merge(books: tuple[Book, ...], digest: str) -> Scheme:
    own = books[0]
    level1 = _nearest(books, lambda book: book.level1)
    total = _needed(books, "total", lambda book: book.total)
    grades = _needed(books, "grades", lambda book: book.grades)
    rounding = _needed(books, "rounding", lambda book: book.rounding)
    unit = _nearest(books, lambda book: book.fund_unit)
    sections = _nearest(books, lambda book: book.sections)
    framework = _nearest(books, lambda book: book.framework)
    return Scheme(
        id=own.id,
        title=own.title,
        region=own.region,
        parts=_parts(books),
        level1=level1.value.points if level1 else {},
        level1_source=level1.source if level1 else NO_CITATION,
        total=total.value.points,
        grades=grades.value,
        grades_source=grades.source,
        rounding=rounding.value,
        rounding_source=rounding.source,
        form=_nearest(books, lambda book: book.form),
        match=own.match,
        effective_from=own.effective_from,
        effective_to=own.effective_to,
        thresholds={key: cited.value for book in reversed(books) for key, cited in book.thresholds.items()},
        chain=tuple(book.id for book in books[1:]),
        digest=digest,
        notes=tuple(note for book in books for note in book.notes),
        items={key: cited.value for book in reversed(books) for key, cited in book.items.items()},
        sources=_sources(books),
        absent=_nearest(books, lambda book: book.absent),
        fund_unit=unit.value if unit else None,
        sections=sections.value if sections else (),
        framework=framework.value if framework else (),
        total_checked=total.value.checked,
        standards=_nearest(books, lambda book: book.standards or None) or (),
    )


def _nearest(books: Sequence[Book], pick: Callable[[Book], T | None]) -> T | None:
    return next((found for book in books if (found := pick(book)) is not None), None)


def _needed(books: Sequence[Book], key: str, pick: Callable[[Book], T | None]) -> T:
    found = _nearest(books, pick)
    if found is None:
        raise books[0].table.wrong(
            key, "没有写，所引用的口径也没有", "本部分，或用 extends 引用写有本部分的口径"
        )
    return found


def _parts(books: Sequence[Book]) -> dict[str, Part]:
    parts = {key: part for book in reversed(books) for key, part in book.parts.items()}
    for key in NEEDED:
        if key not in parts:
            raise books[0].table.wrong(
                key, "没有写，所引用的口径也没有", "本部分，或用 extends 引用写有本部分的口径"
            )
    words = _words(books)
    return {key: replace(part, tiers=_with_words(part.tiers, words)) for key, part in parts.items()}


def _words(books: Sequence[Book]) -> dict[str, tuple[str, ...]]:
    """The words of each tier: a nearer book's word belongs to the tier that the nearer book says."""
    tier_of = {
        word: tier for book in reversed(books) for tier, cited in book.words.items() for word in cited.value
    }
    return {tier: tuple(word for word, of in tier_of.items() if of == tier) for tier in tier_of.values()}


def _with_words(tiers: tuple[Tier, ...], words: dict[str, tuple[str, ...]]) -> tuple[Tier, ...]:
    own = {word for tier in tiers for word in tier.words}
    return tuple(
        replace(tier, words=tier.words + tuple(word for word in words.get(tier.name, ()) if word not in own))
        for tier in tiers
    )


def _sources(books: Sequence[Book]) -> dict[str, Citation]:
    sources: dict[str, Citation] = {}
    for book in reversed(books):
        sources |= {f"thresholds.{key}": cited.source for key, cited in book.thresholds.items()}
        sources |= {f"items.{key}": cited.source for key, cited in book.items.items()}
        sources |= {f"words.{key}": cited.source for key, cited in book.words.items()}
        stated = {
            "total": book.total, "fund_unit": book.fund_unit, "sections": book.sections, "framework": book.framework,
        }  # fmt: skip
        sources |= {key: cited.source for key, cited in stated.items() if cited is not None}
    return sources


def _check_total(books: Sequence[Book], scheme: Scheme) -> None:
    """Refuse first-level points that, with execution, don't make up the full mark."""
    stated = _nearest(books, lambda book: book.level1)
    execution = scheme.parts["execution"]
    if execution.points is None and not execution.within:
        raise books[0].table.wrong(
            "execution.points", "没有写", "预算执行率的分值，或用 within 写明含在哪一类之内"
        )
    if stated is None or not stated.value.points:
        return
    outside = Decimal(0) if execution.within else execution.points or Decimal(0)
    points = sum(stated.value.points.values(), outside)
    if points > scheme.total or (points < scheme.total and not _open(stated)):
        raise books[0].table.wrong(
            "level1",
            f"各类分值与预算执行率（{outside}）合计 {points}",
            f"满分 {scheme.total}；如只规定其中几类，请写 open = true",
        )


def _open(stated: Cited[Classes]) -> bool:
    return stated.value.open
