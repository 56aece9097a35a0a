"""How a page is turned for reading, and how a place on it is told in points of the page as it is shown."""

from dataclasses import dataclass
from functools import lru_cache

from jixiao.layout import Place

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 from the upper left corner of the page as it is read


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's box in the file's own space, and its quarter turns clockwise: as shown, and as it is read."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    shown: int = 0
    turn: int = 0

    @property
    def width(self) -> float:
        """Width in points as read."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height in points as read."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Bring a point of the file's space into the page as it is read."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:  # noqa: PLR2004
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def direction(self, along: float, up: float) -> tuple[float, float]:
        """Bring a direction of the file's space into the page as it is read, y downward."""
        return ((along, -up), (up, along), (-along, up), (-up, -along))[self.turn]

    def box(self, box: Box) -> Box:
        """Bring a box of the file's space (x0, y0, x1, y1) into the page as it is read."""
        x0, y0 = self.point(box[0], box[1])
        x1, y1 = self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def place(
        self, box: Box, table: int | None = None, row: int | None = None, column: int | None = None
    ) -> Place:
        """Tell a box of the page as it is read, in points of the page as it is shown."""
        return Place(page=self.page, table=table, row=row, column=column, box=_text(self._as_shown(box)))

    def _as_shown(self, box: Box) -> Box:
        x0, y0, x1, y1 = box
        extra = (self.turn - self.shown) % 4
        if extra == 1:
            return y0, self.width - x1, y1, self.width - x0
        if extra == 2:  # noqa: PLR2004
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if extra == 3:  # noqa: PLR2004
            return self.height - y1, x0, self.height - y0, x1
        return box


def _text(box: Box) -> tuple[str, str, str, str]:
    x0, y0, x1, y1 = box
    return _told(x0), _told(y0), _told(x1), _told(y1)


@lru_cache(maxsize=2_000)
def _told(at: float) -> str:
    """Write a length in points, to a hundredth; cells share their edges."""
    return f"{at:.2f}".removesuffix("0").removesuffix(".0")
