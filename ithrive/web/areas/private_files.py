"""Originals as they were sent: outside the web root, under random names, for this process alone to read.

Transcripts lie in the folder itself, returns on a shelf of their own.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ithrive.problems import NotAllowed

NAME = re.compile(r"([a-z]+/)?[0-9a-f]{32}")
OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600
GONE = "The file is no longer there, or is not the one that was sent. Ask whoever runs this site."


def keep(content: bytes, shelf: str = "") -> str:
    """Store the bytes and give back the name that fetches them. The caller removes them if it fails."""
    (folder() / shelf).mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    name = f"{shelf}/{secrets.token_hex(16)}" if shelf else secrets.token_hex(16)
    handle = os.open(_path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # the row that names it may be on disk a moment later
    return name


def fetch(name: str, sha256: str) -> bytes:
    """The bytes of that name. Raises NotAllowed where they are gone, or are not what was stored."""
    try:
        content = _path(name).read_bytes()
    except OSError as error:
        raise NotAllowed(GONE) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotAllowed(GONE)
    return content


def remove(name: str) -> None:
    _path(name).unlink(missing_ok=True)


def sweep(shelf: str, known: Collection[str], *, older_than: datetime) -> int:
    """Remove what no row names: what a server that was killed had stored and not yet recorded."""
    lost = [
        path
        for path in (folder() / shelf).glob("*")
        if f"{shelf}/{path.name}" not in known and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def remove_after_commit(name: str) -> None:
    """Take the bytes away once the change that lets go of them stands."""
    if name:
        transaction.on_commit(lambda: remove(name))


def folder() -> Path:
    return Path(settings.ITHRIVE_PRIVATE)


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError("Private files have random names of our own.")
    return folder() / name
