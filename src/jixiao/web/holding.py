"""What a person is, and whether anything was given to them: read in one query for the request that brought them."""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from jixiao.web.models import User

# In the database's own words: built out of Django's, it costs more at each request than the query that it saves.
_GIVEN = RawSQL(
    "EXISTS (SELECT 1 FROM web_assignment a WHERE a.ended_at IS NULL AND "
    "(a.user_id = web_membership.user_id OR a.organization_id = web_membership.organization_id))",
    (),
    BooleanField(),
)


def read(user: User) -> None:
    """Keep with a person what they are; and that nothing was given to them, where nothing was, which is as usual."""
    rows = list(user.memberships.select_related("organization").order_by("pk").annotate(given=_GIVEN))
    user.held = tuple(rows)
    if rows and not any(row.given for row in rows):
        user.given = {}
