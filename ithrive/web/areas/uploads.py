"""Lists that were sent and wait to be confirmed: kept on the server for an hour, for their sender alone."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.http import Http404

KEPT_FOR = 3600  # seconds
LONGEST_NAME = 80


class Expired(Http404):
    """The list is no longer there: it was confirmed, it is too old, or it is another person's."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A list as it was sent."""

    kind: str  # "memberships" or "support"
    country: str
    sender: str
    name: str
    content: bytes


def keep(upload: Upload) -> str:
    """Keep a list; the token that fetches it."""
    token = secrets.token_urlsafe(16)
    cache.set(_key(token), upload, KEPT_FOR)
    return token


def fetch(token: str, *, kind: str, country: str, sender: str) -> Upload:
    """The list that this person sent here. Raises Expired."""
    upload = cache.get(_key(token))
    if not isinstance(upload, Upload) or (upload.kind, upload.country, upload.sender) != (
        kind,
        country,
        sender,
    ):
        raise Expired("This list is no longer kept. Send it again.")
    return upload


def forget(token: str) -> None:
    cache.delete(_key(token))


def plain_name(name: str) -> str:
    """A file's name fit to be shown and recorded: without folders, control characters or great length."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable())[:LONGEST_NAME] or "list.csv"


def _key(token: str) -> str:
    return f"upload:{token}"
