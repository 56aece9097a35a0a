"""Help pages in Chinese: the library's few English words are replaced in the finished page."""

from typer import Context
from typer.core import TyperCommand, TyperGroup

_WORDS = {
    "Usage: ": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "COMMAND [ARGS]...": "命令 …",
    "[OPTIONS]": "[选项]",
    "Show this message and exit.": "显示这一页",
    "  [required]": "",
    "[x>=1]": "",
    "{FILE...}...": "FILE...",
    " <list[str]>": "",
    " <str>": "",
    " [string]": "",
    "{ID}": "ID",
    "{CODE}": "CODE",
}


class Verb(TyperCommand):
    """A command whose help page is Chinese."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # the library passes its public Context
        """Return the page."""
        return _chinese(super().get_help(ctx))


class Verbs(TyperGroup):
    """The list of commands, in Chinese and in the order in which they are written."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # the library passes its public Context
        """Return the page."""
        return _chinese(super().get_help(ctx))


def _chinese(page: str) -> str:
    for english, ours in _WORDS.items():
        page = page.replace(english, ours)
    return page
