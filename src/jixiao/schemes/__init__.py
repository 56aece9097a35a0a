"""The rule-books: load one by id, list them, or choose the one that a paper falls under."""

from jixiao.schemes.choosing import Choice, choose_scheme, find_scheme
from jixiao.schemes.shelf import list_schemes, load_scheme

__all__ = ["Choice", "choose_scheme", "find_scheme", "list_schemes", "load_scheme"]
