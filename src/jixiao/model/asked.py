"""A property that is worked out when it is first asked for, and then a plain attribute (docs/decisions/0011).

functools.cached_property does the same under a lock in Python 3.11; the lock costs more than most of what is worked
out here, and no case is shared between threads.
"""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
T = TypeVar("T")


class asked_once(Generic[Owner, T]):  # noqa: N801 - a decorator, named as one
    """Decorate a method of a frozen, unslotted dataclass: its result follows from the fields and is kept."""

    def __init__(self, work: Callable[[Owner], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> Self: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> T: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Self | T:
        """Work it out; from then on the instance's own attribute stands before this one."""
        if owner is None:
            return self
        found = owner.__dict__[self._name] = self._work(owner)
        return found
