"""The folder of the data (JIXIAO_HOME): made so that only its owner enters, with a secret of its own."""

import os
from pathlib import Path
from secrets import token_urlsafe

_LENGTH = 48


def stands(home: Path) -> bool:
    """Tell whether there is a site's database: in the folder, or, as the environment says, elsewhere."""
    return "JIXIAO_DATABASE" in os.environ or (home / "jixiao.sqlite3").is_file()


def furnish(home: Path) -> Path:
    """Make the folder and its secret where they are wanting; what is there stays as it is."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = home / "secret"
    if not secret.exists():
        number = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as stream:
            stream.write(token_urlsafe(_LENGTH))
    return home
