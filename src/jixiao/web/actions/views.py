"""Lists that a person keeps under a name: their own affair, so that no log tells of them."""

from jixiao.web.models import SavedView, User


def keep(user: User, page: str, name: str, query: str) -> SavedView:
    """Keep a list's filters under a name; the same name again means the new ones."""
    return SavedView.objects.update_or_create(user=user, page=page, name=name, defaults={"query": query})[0]


def forget(view: SavedView) -> None:
    """Forget a kept list."""
    view.delete()
