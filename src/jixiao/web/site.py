"""What every page shows around itself: who is here, in which year, where one can go, what lies on the desk."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from jixiao import __version__
from jixiao.web import access, desk, places, years
from jixiao.web.models import User


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the main navigation: where it goes (the name of its URL), what it says, its icon."""

    name: str
    title: str
    icon: str

    @property
    def href(self) -> str:
        """Its address."""
        return reverse(self.name)


# In this order; each is shown to those who may open it (`access.PAGES`).
WAYS: tuple[Way, ...] = (
    Way("home", "首页", "home"),
    Way("filings", "年度材料", "folder"),
    Way("board", "看板", "chart-bar"),
    Way("checks", "检查文件", "file-check"),
    Way("published", "公开", "eye"),
    Way("organizations", "单位", "sitemap"),
    Way("people", "人员", "users"),
    Way("deadlines", "期限", "calendar"),
    Way("log", "操作日志", "history"),
    Way("rulebooks", "口径和规则", "book"),
)


# Pages below none of these addresses, and where they belong.
_WITHIN = (
    ("/checked/", "checks"), ("/rules/", "rulebooks"), ("/projects/", "organizations"), ("/import/people/", "people"),
    ("/import/memberships/", "people"), ("/import/targets/", "filings"), ("/import/", "organizations"),
)  # fmt: skip


def _here(path: str, *, office: bool) -> str:
    """Return the way to which a page belongs; "" where it belongs to none."""
    if path == "/":
        return "checks" if office else "home"
    starts = ((way.href, way.name) for way in WAYS if way.name != "home")
    return next((name for start, name in (*starts, *_WITHIN) if path.startswith(start)), "")


def site(request: HttpRequest) -> dict[str, object]:
    """Return what the base template needs; a context processor."""
    found = getattr(request, "user", None)
    user = found if isinstance(found, User) else None
    office = settings.MODE == "office"
    opens = access.OFFICE if office else access.openable((way.name for way in WAYS), user)
    year = years.current(request) if hasattr(request, "session") else years.usual()
    return {
        "release": __version__,
        "office": office,
        "mails": bool(settings.MAIL),
        "person": user,
        "year": year,
        "years_offered": years.offered,
        "memberships": lambda: access.held(user) if user else (),
        "place": lambda: places.current(request),
        "places_offered": lambda: places.offered(user) if user else [],
        "desk_count": cache(
            lambda: places.narrowed(request, desk.on_desk(user, year)).count() if user else 0
        ),
        "ways": [way for way in WAYS if way.name in opens and not (office and way.name == "home")],
        "here": _here(request.path, office=office),
    }
