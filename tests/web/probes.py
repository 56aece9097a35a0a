"""What attackers type: a list of probes in the manner of the scanners, and the marks by which their effect is seen."""

from html.parser import HTMLParser

MARK = "zq7x"
HTML = (
    f'"><script>alert("{MARK}")</script>',
    f"'><img src=x onerror=alert('{MARK}')>",
    f"</textarea><svg/onload=alert('{MARK}')>",
    f"{{{{ {MARK} }}}}{{% debug %}}",
    f"javascript:alert('{MARK}')",
)
SQL = (
    "' OR '1'='1",
    "'; DROP TABLE web_user; --",
    '" UNION SELECT password FROM web_user --',
    "1) OR pg_sleep(9)--",
)
TRAVERSAL = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "%2e%2e%2fsecret",
)
ODD = (
    "\x00",
    "%00",
    "\r\nSet-Cookie: zq7x=1",
    "𠮷" * 50,
    "9" * 40,
    "-1",
    "NaN",
    "1e309",
    "A" * 5000,
    "\u202ezq7x",
    "",
)
ALL = (*HTML, *SQL, *TRAVERSAL, *ODD)
LEAKS = ("root:x:", "Traceback (most recent", "sqlite3.", "psycopg", "OperationalError", "argon2$", "DJANGO")


class Page(HTMLParser):
    """A page taken apart: its scripts, event attributes, links and forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.events: list[str] = []
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        held = dict(attrs)
        self.events += [f"<{tag} {name}>" for name in held if name.startswith("on")]
        self.events += [
            f"<{tag} {n}={v}>" for n, v in attrs if n in {"href", "src"} and str(v).startswith("javascript")
        ]
        if tag == "script":
            kind = held.get("type", "")
            self._script = "src" not in held and kind != "application/json"
        if tag == "a" and held.get("href"):
            self.links.append(held["href"])
        if tag == "form":
            self.forms.append(
                {"action": held.get("action", ""), "method": held.get("method", "get"), "fields": {}}
            )
        if tag in {"input", "textarea", "select"} and held.get("name") and self.forms:
            kind = held.get("type", tag)
            if kind != "file":
                self.forms[-1]["fields"][held["name"]] = (kind, held.get("value", ""))

    def handle_endtag(self, tag) -> None:
        self._script = self._script and tag != "script"

    def handle_data(self, data) -> None:
        if self._script and data.strip():
            self.inline.append(data.strip()[:80])
