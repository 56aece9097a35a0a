"""The http face put together: its parts, its JSON, and what each fault is answered with."""

import json
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.renderers import BaseRenderer

from jixiao import __version__
from jixiao.errors import JixiaoError, TransitionError
from jixiao.web.rest import filings, papers


class Plain(BaseRenderer):
    """JSON in UTF-8, Chinese as Chinese."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: object, *, response_status: int) -> str:  # noqa: ARG002 - its signature
        """Return the text of an answer."""
        return json.dumps(data, ensure_ascii=False, default=str)


programs = NinjaAPI(
    title="jixiao",
    version=__version__,
    description="绩效自评材料的读取、计分、审核、写出，以及全年材料。凭密钥访问：Authorization: Bearer 密钥。",
    urls_namespace="rest",
    renderer=Plain(),
)
programs.add_router("", papers.router)
programs.add_router("/filings", filings.router)


def _answer(request: HttpRequest, status: int, said: object) -> HttpResponse:
    return programs.create_response(request, {"detail": said}, status=status)


@programs.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - a handler's signature
    """Answer a program without a key that counts here."""
    return _answer(request, 401, "密钥不对、已过期、已撤销，或不在它的范围内。请在“程序密钥”中核对。")


@programs.exception_handler(PermissionDenied)
def not_yours(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Answer who sees a filing and may not do this with it."""
    return _answer(request, 403, str(error) or "您不能这样做。")


@programs.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - a handler's signature
    """Answer for what isn't there, or isn't seen."""
    return _answer(request, 404, "没有这份材料，或您看不到它。")


@programs.exception_handler(TransitionError)
def not_now(request: HttpRequest, error: TransitionError) -> HttpResponse:
    """Answer an act that isn't open from the filing's present state."""
    return _answer(request, 409, str(error))


@programs.exception_handler(JixiaoError)
def unfit(request: HttpRequest, error: JixiaoError) -> HttpResponse:
    """Answer a file that can't be read, or a name that there isn't."""
    return _answer(request, 422, str(error))


@programs.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request whose parts are wrong, each by its place."""
    return _answer(request, 422, [_place(one) for one in error.errors])


def _place(one: Mapping[str, object]) -> dict[str, object]:
    place = one.get("loc")
    return {
        "place": [str(part) for part in place] if isinstance(place, tuple) else [],
        "message": str(one.get("msg", "")),
    }
