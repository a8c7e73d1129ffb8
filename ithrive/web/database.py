"""Which database: SQLite in a file by default, PostgreSQL by address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# IMMEDIATE takes the write lock when a transaction begins; without it one concurrent write in six fails.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;"
    ),
}


def database_from(address: str) -> dict[str, Any]:
    """Django's database settings from `sqlite:///file` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/"),
            "OPTIONS": SQLITE_OPTIONS,
        }
    if parts.scheme in {"postgresql", "postgres"}:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
        }
    raise ValueError(
        f"DATABASE_URL begins with {parts.scheme!r}. Use sqlite:///file or postgresql://user:password@host/name."
    )
