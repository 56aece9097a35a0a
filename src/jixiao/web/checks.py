"""Mistakes of a deployment, as Django's system checks: `manage.py check --deploy` names each with its remedy."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 - Django's word

from jixiao.web.digests import METHODS


@register(Tags.security)
def mode(app_configs: object, **kwargs: Any) -> Sequence[Error]:  # noqa: ANN401, ARG001 - Django's signature
    """Return what is wrong with the words in the environment."""
    found = []
    if settings.MODE not in {"office", "county"}:
        found.append(
            Error("JIXIAO_MODE 应为 office 或 county", hint="改正环境变量后重新启动", id="jixiao.E001")
        )
    if settings.DIGEST not in METHODS:
        found.append(
            Error("JIXIAO_DIGEST 应为 sha256 或 sm3", hint="改正环境变量后重新启动", id="jixiao.E002")
        )
    return found


@register(Tags.security, deploy=True)
def exposed(app_configs: object, **kwargs: Any) -> Sequence[Warning]:  # noqa: ANN401, ARG001 - Django's signature
    """Return what is unsafe where others can reach the site."""
    found = []
    if settings.MODE == "office" and set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}:
        found.append(
            Warning(
                "单机方式没有账号，却对其他机器开放",
                hint="设 JIXIAO_MODE=county，或从 JIXIAO_HOSTS 中去掉其他机器名",
                id="jixiao.W001",
            )
        )
    if settings.MODE == "county" and not settings.HTTPS:
        found.append(
            Warning("账号和密码以明文传输", hint="在前面放置 HTTPS 代理并设 JIXIAO_HTTPS=1", id="jixiao.W002")
        )
    return found
