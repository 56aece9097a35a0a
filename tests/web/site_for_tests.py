"""Django's settings for tests: the application's own, with a secret, a folder that goes away, and a fast hash."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="jixiao-tests-", ignore_cleanup_errors=True)
os.environ["JIXIAO_HOME"] = _HOME.name
os.environ["JIXIAO_SECRET"] = "of the tests alone, and of nobody else; long enough to be taken for a secret"  # noqa: S105
os.environ["JIXIAO_DATABASE"] = os.environ.get("JIXIAO_TEST_DATABASE", "")

from jixiao.web.settings import *  # noqa: E402, F403 - what differs stands below

ALLOWED_HOSTS = ["*"]
# A file, as on duty: in memory, threads of one process lock each other out.
if not os.environ["JIXIAO_DATABASE"]:
    DATABASES["default"]["TEST"] = {"NAME": HOME / "tests.sqlite3"}  # noqa: F405
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - of the settings; whitenoise warns where it isn't there
# A style is looked for once it is asked for: each of the browsers that tests open would go through all of them first.
WHITENOISE_AUTOREFRESH = True
