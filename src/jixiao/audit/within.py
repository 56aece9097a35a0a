"""The words that are looked for only in cells already chosen: the table [within] of words/<name>.toml.

They stand in no automaton, for they are too common or too short to be scanned for in every text.
"""

from collections.abc import Mapping

from jixiao.audit.lexicon import Words, data_of


def lists_within(name: str) -> Mapping[str, Words]:
    """Return the lists of the table [within] by key."""
    table = data_of(name)["within"]
    if not isinstance(table, Mapping):
        raise TypeError(name)
    return {str(key): tuple(map(str, words)) for key, words in table.items()}
