"""A chart as a value: drawn by static/jixiao/chart.js, and a table beside it from the same numbers.

Numbers go to the browser as texts of exact decimals; only the drawing makes them approximate. Each point may carry the
address of what is behind it, which its figure in the table links to as well.
"""

from dataclasses import dataclass
from enum import StrEnum

from jixiao.web.tables import Cell, Column, Number, Table, counted


class Kind(StrEnum):
    """How a chart is drawn."""

    BAR = "bar"  # columns over labels
    LYING = "lying"  # bars beside labels: for long names
    STACK = "stack"  # the same, parts of a whole
    LINE = "line"
    POINTS = "points"  # one number against another


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each label of the chart, and where each leads; `links` is empty or as long as `values`."""

    name: str
    values: tuple[Number, ...]
    links: tuple[str, ...] = ()
    color: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A named thing with two numbers, and where it leads."""

    name: str
    x: Number
    y: Number
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points of one kind."""

    name: str
    points: tuple[Point, ...]
    color: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Series over labels. `key` is unique on its page; `across` and `up` name what labels and numbers are."""

    key: str
    title: str
    kind: Kind
    across: str
    up: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    said: str = ""
    least: Number = None
    most: Number = None

    @property
    def drawing(self) -> dict[str, object]:
        """What the browser draws it from."""
        return {
            "kind": self.kind.value, "across": self.across, "up": self.up, "labels": self.labels,
            "least": _text(self.least), "most": _text(self.most),
            "series": [
                {"name": s.name, "values": [_text(v) for v in s.values], "links": s.links, "color": s.color}
                for s in self.series
            ],
        }  # fmt: skip

    @property
    def table(self) -> Table:
        """The same as a table."""
        rows = tuple(
            (Cell(label), *(counted(s.values[n], s.links[n] if s.links else "") for s in self.series))
            for n, label in enumerate(self.labels)
        )
        columns = (Column(self.across), *(Column(s.name, number=True) for s in self.series))
        return Table(self.title, columns, rows)


@dataclass(frozen=True, slots=True)
class Scatter:
    """Clouds of points: `across` against `up`, drawn from `least_across` to `most_across` where these are given."""

    key: str
    title: str
    across: str
    up: str
    clouds: tuple[Cloud, ...]
    said: str = ""
    least_across: Number = None
    most_across: Number = None

    @property
    def drawing(self) -> dict[str, object]:
        """What the browser draws it from."""
        return {
            "kind": Kind.POINTS.value, "across": self.across, "up": self.up, "labels": (), "least": None, "most": None,
            "from": _text(self.least_across), "to": _text(self.most_across),
            "series": [
                {"name": c.name, "color": c.color,
                 "points": [{"name": p.name, "x": _text(p.x), "y": _text(p.y), "link": p.link} for p in c.points]}
                for c in self.clouds
            ],
        }  # fmt: skip

    @property
    def table(self) -> Table:
        """The same as a table."""
        rows = tuple(
            (Cell(c.name), Cell(p.name, address=p.link), counted(p.x), counted(p.y))
            for c in self.clouds
            for p in c.points
        )
        heads = (
            Column("类别"),
            Column("名称"),
            Column(self.across, number=True),
            Column(self.up, number=True),
        )
        return Table(self.title, heads, rows)


def _text(value: Number) -> str | None:
    return None if value is None else counted(value).text
