"""Writing one line of history, and checking that no line was altered since.

Each line carries the SHA-256 of its own words and of the line before it, so a line changed, removed or
slipped in later breaks the chain at that line. What this cannot show is a tail cut off together with
the head; `head` gives the last digest, to be written down outside the database.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

from ithrive.web.history.models import ChainHead, Change

LONGEST_SUMMARY = 500


class Author(Protocol):
    """Whoever changes something: a person, or a command."""

    @property
    def reference(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the `ithrive` tool as an author: `Command("areas load")`."""

    name: str

    @property
    def reference(self) -> str:
        return f"{COMMAND} {self.name}"


COMMAND = "ithrive"  # what the reference of every command begins with; a person's is hexadecimal


def record(
    *,
    by: Author,
    action: str,
    subject: str,
    summary: str,
    area: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    confidential_to: str = "",
) -> Change:
    """Add one line, inside the transaction of the change it tells of.

    `area` is the number of the local area concerned; `before` and `after` hold plain values by name.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A line of history belongs in the transaction of its change: use atomic().")
    last = _locked_head()
    line = Change(
        sequence=last.sequence + 1,
        at=timezone.now(),
        by=by.reference,
        action=action,
        subject=subject,
        area=area,
        confidential_to=confidential_to,
        summary=shortened(summary),
        before=plain(before),
        after=plain(after),
        previous_digest=last.digest,
    )
    line.digest = digest_of(line)
    line.save(force_insert=True)
    ChainHead.objects.filter(pk=last.pk).update(sequence=line.sequence, digest=line.digest)
    return line


def mention(subject: str) -> str:
    """How a line's summary names the person or invitation it is about: “{person 0f3a…}”, worded on reading.

    A line is for ever, and a name or an address must not be: so the history holds a reference alone. A line
    can mention its own subject and nothing else, so nobody learns an address by writing braces in a note.
    """
    return f"{{{subject}}}"


def verify() -> str | None:
    """Why the chain is broken, naming the first broken line; None if it is whole."""
    sequence, digest = 0, ""
    for line in Change.objects.order_by("sequence").iterator():
        sequence += 1
        reason = _why_broken(line, sequence, digest)
        if reason:
            return reason
        digest = line.digest
    if head() != (sequence, digest):
        return f"The history ends at line {sequence}, but its head says line {head()[0]}: lines were removed."
    return None


def head() -> tuple[int, str]:
    """The number and digest of the last line: what to keep elsewhere, to notice a history cut short."""
    last = ChainHead.objects.filter(pk=1).first()
    return (last.sequence, last.digest) if last else (0, "")


def digest_of(line: Change) -> str:
    """The SHA-256 of a line's words, as canonical JSON, and of the digest before it."""
    words = {
        "sequence": line.sequence,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": line.by,
        "action": line.action,
        "subject": line.subject,
        "area": line.area,
        "confidential_to": line.confidential_to,
        "summary": line.summary,
        "before": plain(line.before),
        "after": plain(line.after),
        "previous": line.previous_digest,
    }
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON keeps it in both databases: days and decimals as text, whole floats as integers."""
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def shortened(summary: str) -> str:
    return summary if len(summary) <= LONGEST_SUMMARY else summary[: LONGEST_SUMMARY - 1] + "…"


def _locked_head() -> ChainHead:
    """The head of the chain, locked until the transaction ends: writers queue here."""
    ChainHead.objects.bulk_create([ChainHead(pk=1)], ignore_conflicts=True)
    return ChainHead.objects.select_for_update().get(pk=1)


def _why_broken(line: Change, sequence: int, previous: str) -> str | None:
    if line.sequence != sequence:
        return f"Line {sequence} of the history is missing."
    if line.previous_digest != previous:
        return f"Line {sequence} of the history does not follow from the line before it."
    if line.digest != digest_of(line):
        return f"Line {sequence} of the history was altered after it was written."
    return None
