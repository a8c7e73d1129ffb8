"""What the write API does: who sends with a key, and the same call answered once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from ithrive.measures import CellState
from ithrive.problems import BadInput, NotAllowed, Problem
from ithrive.returns import Finding
from ithrive.returns.findings import open_findings
from ithrive.web.accounts.models import Person
from ithrive.web.returns.actions import Original, submit, take_reading
from ithrive.web.returns.actions.keys import digest_of
from ithrive.web.returns.models import AnsweredCall, QuarterlyReturn, SendingKey, Version
from ithrive.web.returns.reading import read_original
from ithrive.web.returns.versions import findings_of

ENDINGS = {
    "application/json": "json",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
OTHER_CALL = "This Idempotency-Key was used for another call, with another body or address."


class FoundWrong(Exception):
    """Findings stand in the way, so that nothing was changed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} findings stand in the way.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of figures that were sent."""

    version: Version
    figures: int
    findings: tuple[Finding, ...]


def key_of_secret(secret: str) -> SendingKey | None:
    """The key that a secret opens today; None where it is unknown, revoked, ended, or its owner is gone."""
    now = timezone.now()
    found = SendingKey.objects.select_related("person").filter(
        digest=digest_of(secret), revoked_at=None, expires_at__gt=now, person__is_active=True
    )
    key = found.first()
    if key and key.last_used_on != timezone.localdate():
        SendingKey.objects.filter(pk=key.pk).update(last_used_on=timezone.localdate())
    return key


def original_sent(content: bytes, content_type: str) -> Original:
    """The body of a call as a file. Raises BadInput for a kind that is not taken."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ENDINGS:
        what = f"“{kind[:60]}” is not taken."
        raise BadInput(Problem("Content-Type", what, f"Send one of {', '.join(ENDINGS)}."))
    return Original(f"return.{ENDINGS[kind]}", content)


@transaction.atomic
def take_sent(*, found: QuarterlyReturn, original: Original, and_submit: bool, by: Person) -> Taken:
    """Take what was sent, and submit it if that is asked: both or neither.

    Raises FoundWrong with the findings, BadInput for a file that is none, NotAllowed with a reason.
    """
    reading = read_original(found, original)
    if reading.findings:
        raise FoundWrong(reading.findings)
    version = take_reading(found=found, reading=reading, original=original, came_by="api", by=by)
    version.of = found
    findings = findings_of(version)
    if and_submit:
        if open_findings(findings):
            raise FoundWrong(findings)
        submit(version=version, by=by)
        version.refresh_from_db()
    sent = sum(each.cell.state is not CellState.NOT_SUBMITTED for each in reading.figures.figures.values())
    return Taken(version, sent, findings)


def answered_once(
    key: SendingKey, name: str, asked: bytes, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The answer of a call, worked out once for each `name` that its sender gave it.

    What was refused changed nothing and is not remembered, so that it can be tried again under its name.
    """
    if not name:
        return work()
    digest = hashlib.sha256(asked).hexdigest()
    with transaction.atomic():
        SendingKey.objects.select_for_update().get(pk=key.pk)  # the same call sent twice at once waits here
        earlier = AnsweredCall.objects.filter(made_with=key, key=name).first()
        if earlier is not None:
            if earlier.asked != digest:
                raise NotAllowed(OTHER_CALL)
            return dict(earlier.answer)
        answer = work()
        AnsweredCall.objects.create(made_with=key, key=name, asked=digest, status=201, answer=answer)
        return answer
