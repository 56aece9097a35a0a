"""From where a request comes: its sender's address, told by the proxy in front where there is one."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def sender(request: HttpRequest) -> str:
    """Return the address of whoever sent a request.

    Behind JIXIAO_PROXIES proxies it is the one that the outermost of them saw: as many from the right of
    X-Forwarded-For. What stands further left was written by the sender, and is never believed.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    passed = [
        word.strip() for word in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if word.strip()
    ]
    proxies: int = settings.PROXIES
    if not proxies or len(passed) < proxies:
        return direct
    return passed[-proxies] if _is_address(passed[-proxies]) else direct


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True
