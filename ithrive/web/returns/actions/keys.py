"""Keys with which a system of an area sends returns in the name of a person. Only their digests are kept."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.history.record import record
from ithrive.web.returns.models import SendingKey

LASTS = timedelta(days=365)
PREFIX = "ithrive_"  # so that a scanner for leaked secrets knows one when it sees it


def digest_of(secret: str) -> str:
    # A key has 256 random bits: nobody can guess it from its digest, so a slow hash would gain nothing.
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(*, name: str, by: Person) -> str:
    """The secret of a new key, which is shown once and kept nowhere."""
    refuse(None if name.strip() else "Say what the key is for.")
    secret = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    key = SendingKey.objects.create(
        person=by, name=name.strip(), digest=digest_of(secret), expires_at=now + LASTS
    )
    record(
        by=by, action="make a sending key", subject=by.subject,
        summary=f"Key {key.pk} made to send returns", after={"expires": key.expires_at},
    )  # fmt: skip
    return secret


@transaction.atomic
def revoke_key(*, key: SendingKey, by: Person) -> None:
    """Nothing can be sent with it from now on. Revoking it again changes nothing."""
    row = SendingKey.objects.select_for_update().get(pk=key.pk)
    if row.revoked_at:
        return
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    record(by=by, action="revoke a sending key", subject=by.subject, summary=f"Key {row.pk} revoked")
