"""Two tabs must not overwrite one another unseen: a form brings back what its reader had before them."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import models

from ithrive.problems import NotAllowed
from ithrive.web.implementation.actions._line import values


def mark_of(stood: Mapping[str, Any]) -> str:
    """A short mark that changes when any of these values does."""
    return sha256(json.dumps(stood, sort_keys=True, default=str).encode()).hexdigest()[:16]


def mark(row: models.Model, fields: tuple[str, ...]) -> str:
    """The mark of a row as it stands."""
    return mark_of(values(row, *fields))


def refuse_unseen(seen: str | None, stands: str, said: str) -> None:
    """Raise NotAllowed where something no longer is as its reader saw it, saying how it is now.

    `seen`: the mark that the form brought back; None or empty where nobody looked at a form.
    """
    if not seen or seen == stands:
        return
    raise NotAllowed(
        f"Somebody changed this while you had it open. It now says: {said} Nothing of yours is saved yet; "
        "it is still in the form. To put it in the place of theirs, save again."
    )
