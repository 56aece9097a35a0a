"""Where a rule comes from: document, article, and whether somebody has read that text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a rule: `document` (财预〔2020〕10号, or the paper's own name), `article` (表后注3), `verified`.

    `verified` is False while nobody has checked the sentence in the issued text; every explanation then says so.
    """

    document: str
    article: str = ""
    verified: bool = False

    def __str__(self) -> str:
        """Return the citation as printed to users, with the mark of an unverified text."""
        words = f"{self.document} {self.article}".strip()
        return words if self.verified else f"{words}（条文未核对）"


NO_CITATION = Citation("")
