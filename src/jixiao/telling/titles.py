"""Every code that a finding can have, with its title: the rules of the audit, and the notices of the ledger."""

from collections.abc import Mapping

from jixiao.api import ALL_RULES
from jixiao.audit.ledger import NOTICES, Notice
from jixiao.audit.rule import CollectionRule, Rule

Paged = Rule | CollectionRule | Notice
CODES: tuple[Paged, ...] = tuple({one.code: one for one in (*ALL_RULES.known, *NOTICES)}.values())


def headline(one: Paged) -> str:
    """Return the first sentence of a rule's page: the fault in words."""
    return one.page.partition("\n")[0].partition("：")[0].rstrip("。")


TITLES: Mapping[str, str] = {one.code: headline(one) for one in CODES}
