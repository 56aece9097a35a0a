"""Files that a browser saves."""

from urllib.parse import quote

from django.http import HttpResponse

_KIND = "application/octet-stream"


def attachment(data: bytes, name: str, kind: str = _KIND) -> HttpResponse:
    """Return a file to be saved under a name, never to be shown: whatever is in it, it doesn't run on this site."""
    plain = "".join(letter for letter in name if letter.isprintable() and letter not in '/\\:*?"<>|').strip(
        ". "
    )
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(plain or 'file')}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
