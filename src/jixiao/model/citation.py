"""Where a rule comes from: document, article, and whether somebody has read that text."""

from dataclasses import dataclass

from jixiao.expressions import expression

# What tells an issued text from a description: a title, a number, a standard, an article, a note under a form.
_ISSUED = expression(r"[《〔]|\d+号|GB/T|GF \d|第[\d一二三四五六七八九十]+条|附件\d|表后注")


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a rule: `document` (财预〔2020〕10号, or the paper's own name), `article` (表后注3), `verified`.

    `verified` is False while nobody has checked the sentence in the issued text; every explanation then says so. What
    names no issued text (复核人员通用核对办法) has no sentence to be checked.
    """

    document: str
    article: str = ""
    verified: bool = False

    def __str__(self) -> str:
        """Return the citation as printed to users, with the mark of an unverified text."""
        words = f"{self.document} {self.article}".strip()
        return words if self.verified or not _ISSUED.search(words) else f"{words}（条文未核对）"


NO_CITATION = Citation("")
