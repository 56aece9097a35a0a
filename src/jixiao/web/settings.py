"""Django's settings: one file, everything that differs between offices comes from the environment.

JIXIAO_HOME      the folder of the data: database, uploaded files, secret (default: `jixiao` in the working folder)
JIXIAO_MODE      office (one desk, no accounts; the default) or county (accounts, the year as a workflow)
JIXIAO_DATABASE  postgresql://user:password@host:port/name; without it SQLite in JIXIAO_HOME
JIXIAO_SECRET    the key that signs sessions; without it the file `secret` in JIXIAO_HOME, made by `jixiao serve`
JIXIAO_HOSTS     names that the site answers to, separated by commas (default: this machine alone)
JIXIAO_HTTPS     1 where it is reached by https: cookies then never leave by http
JIXIAO_PROXIES   how many proxies stand in front, whose word on the sender is taken (default: 1 with https, else 0)
JIXIAO_PASSWORD_DAYS  after how many days a password must be changed (default: 0, never by age alone)
JIXIAO_MAIL      smtp://user:password@host:port?from=name@host, or smtps://…: notices go out by mail too (default: none)
JIXIAO_ADDRESS   how people reach the site, for mails: https://jixiao.example.org (default: the first of the hosts)
JIXIAO_DIGEST    sha256 (default) or sm3: the digest of files and of the log's chain
JIXIAO_DEBUG     1 on a developer's machine alone
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

HERE = Path(__file__).parent
HOME = Path(os.environ.get("JIXIAO_HOME", "jixiao")).absolute()
MODE = os.environ.get("JIXIAO_MODE", "office")
DEBUG = os.environ.get("JIXIAO_DEBUG") == "1"
HTTPS = os.environ.get("JIXIAO_HTTPS") == "1"
PROXIES = int(os.environ.get("JIXIAO_PROXIES", "1" if HTTPS else "0"))
DIGEST = os.environ.get("JIXIAO_DIGEST", "sha256")


def _secret() -> str:
    kept = HOME / "secret"
    return os.environ.get("JIXIAO_SECRET") or (kept.read_text("ascii").strip() if kept.is_file() else "")


SECRET_KEY = _secret() or ("django-insecure-developer" if DEBUG else "")
ALLOWED_HOSTS = [
    name for name in os.environ.get("JIXIAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name
]


MAIL = os.environ.get("JIXIAO_MAIL", "")
_POST = urlsplit(MAIL)
EMAIL_HOST = _POST.hostname or "localhost"
EMAIL_USE_SSL = _POST.scheme == "smtps"
EMAIL_PORT = _POST.port or (465 if EMAIL_USE_SSL else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_POST.username or ""), unquote(_POST.password or "")
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = parse_qs(_POST.query).get("from", [EMAIL_HOST_USER or "jixiao@localhost"])[0]
ADDRESS = os.environ.get("JIXIAO_ADDRESS", f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}").rstrip("/")


def _database(address: str) -> dict[str, object]:
    """Return Django's entry for a database: SQLite that web and worker share, or the one at an address."""
    if not address:
        options = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "jixiao.sqlite3", "OPTIONS": options}
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},  # seconds; a server that is gone is told of, not waited for
    }


DATABASES = {"default": _database(os.environ.get("JIXIAO_DATABASE", ""))}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "jixiao.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jixiao.web.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jixiao.web.gate.gate",
    "jixiao.web.limits.limits",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jixiao.web.urls"
WSGI_APPLICATION = "jixiao.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jixiao.web.site.site",
            ],
            "builtins": ["jixiao.web.templatetags.jixiao"],
        },
    }
]

FORM_RENDERER = "jixiao.web.inputs.Inputs"

AUTH_USER_MODEL = "web.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"jixiao.web.passwords.{name}", "OPTIONS": options}
    for name, options in (
        ("UnlikeItsOwner", {"user_attributes": ("username", "name")}),
        ("LongEnough", {"min_length": 10}),
        ("Uncommon", {}),
        ("NotOnlyDigits", {}),
    )
]
LOGIN_URL = "log_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "log_in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # who came and went stands in our own log, in its chain
AXES_CLIENT_IP_CALLABLE = "jixiao.web.addresses.sender"
PASSWORD_DAYS = int(os.environ.get("JIXIAO_PASSWORD_DAYS", "0"))
PASSWORDS_KEPT = 5  # so many former passwords are not taken again

SESSION_COOKIE_AGE = SESSION_LONGEST = 12 * 3600  # seconds; from log-in to its end, however busy
SESSIONS_AT_ONCE = 3  # of one person; a further log-in ends the oldest
SESSION_IDLE = 30 * 60  # seconds; `gate` ends a session that nobody used for so long
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "jixiao"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jixiao.web.faults.csrf"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True  # Django's own sentences in Chinese; ours stand where they arise (decision 0008)

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
UPLOAD_BYTES = 300 << 20  # of one request with all its files; `limits` refuses more
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
