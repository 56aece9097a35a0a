"""Regular expressions that are compiled when they are first asked: a command uses a fifth of those that it imports.

Thirteen hundred of them take 0.4 s of a processor to compile, which every start of a command and of the site's
processes would pay. What is kept is what the compiled pattern answers, in the expression itself (decision 0052).
"""

import re
from typing import Any, cast

_ASKED = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what answers as `re.compile(pattern, flags)` does, and compiles at the first question."""
    return cast("re.Pattern[str]", Expression(pattern, flags))


class Expression:
    """A pattern that isn't compiled yet; its first question puts the compiled one's methods into it.

    From then on a question costs what it costs of `re.Pattern` itself. Two threads that ask first at once both compile,
    to the same end.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        """Keep what is to be compiled."""
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever re.Pattern answers
        """Compile; called only for what isn't there, and so once."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _ASKED})
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, tuple[str, int]]:
        """Travel to another process as text."""
        return expression, (self.pattern, self._flags)
