"""Being written."""

from jixiao.layout import Block
from jixiao.model.claims import Unknown
from jixiao.model.reading import Kind, Reading


def looks_like(blocks: tuple[Block, ...]) -> bool:
    """Tell nothing yet."""
    return False and bool(blocks)


def read(blocks: tuple[Block, ...]) -> Reading:
    """Read nothing yet."""
    return Reading(Kind.UNKNOWN, Unknown(None, f"{len(blocks)}"))
