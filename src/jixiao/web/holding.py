"""What a person is, and whether anything was given to them: read in one query for the request that brought them."""

from django.db.models import Exists, OuterRef, Q

from jixiao.web.models import Assignment, User


def read(user: User) -> None:
    """Keep with a person what they are; and that nothing was given to them, where nothing was, which is as usual."""
    to = Q(user=OuterRef("user")) | Q(organization=OuterRef("organization"))
    given = Exists(Assignment.objects.filter(to, ended_at=None))
    rows = list(user.memberships.select_related("organization").order_by("pk").annotate(given=given))
    user.held = tuple(rows)
    if rows and not any(row.given for row in rows):
        user.given = {}
