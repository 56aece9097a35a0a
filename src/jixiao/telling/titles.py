"""Every code that a finding can have, with its title: the rules of the audit, and the notices of the ledger."""

from collections.abc import Mapping

from jixiao.api import ALL_RULES
from jixiao.audit.office.ledger import NOTICES, Notice
from jixiao.audit.rule import CollectionRule, Rule, headline

Paged = Rule | CollectionRule | Notice
CODES: tuple[Paged, ...] = tuple({one.code: one for one in (*ALL_RULES.known, *NOTICES)}.values())
TITLES: Mapping[str, str] = {one.code: headline(one.page) for one in CODES}
