"""Passwords for one log-in: made here, told once, to be changed by their person before anything else."""

from secrets import choice, token_urlsafe

from django.contrib.auth.hashers import Argon2PasswordHasher

# Without those that are read one for another: 0 and O, 1, l and I.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 14


class _Quick(Argon2PasswordHasher):
    """Argon2 at its least, for words of 80 random bits, which nobody guesses; the first log-in hashes anew, slowly."""

    time_cost, memory_cost, parallelism = 1, 1024, 1


def made() -> str:
    """Return a password for one log-in, easy to read from paper."""
    return "".join(choice(_LETTERS) for _ in range(_LENGTH))


def hashed(word: str) -> str:
    """Return the hash of such a password, quickly, so that a whole county's people can be made at once."""
    return _Quick().encode(word, token_urlsafe(16))
