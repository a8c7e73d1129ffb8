"""Taking in a whole return that was sent: a workbook, a CSV file, a return file, a call of the API.

All of it or nothing. The original is stored first, under a name that nothing knows yet; the rows that name it
and every figure come in one transaction. A server killed in between leaves a file that nobody names, which
`sweep_lost_files` removes, and a return that is as it was.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ithrive.measures import CellState
from ithrive.problems import NotAllowed
from ithrive.returns import Reading
from ithrive.returns.life import State, why_not_change
from ithrive.returns.schedule import why_not_send
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.areas import private_files
from ithrive.web.history.record import Author
from ithrive.web.returns.actions._figures import replace_figures
from ithrive.web.returns.actions._held import held, person_of, tell
from ithrive.web.returns.actions.drafts import new_version
from ithrive.web.returns.models import QuarterlyReturn, SentFile, Version
from ithrive.web.returns.versions import figures_in, text_of, under_way, versions_of

SHELF = "returns"
UNREADABLE = "Something in it cannot be read as figures of this return. Nothing was changed."
OVERTAKEN = (
    "Somebody changed this return while you had it open. Look at what stands there now; to put your file in "
    "its place, send it again."
)
BEING_FILLED_IN = (
    "Somebody is filling this return in on the website (version {number}, {state}). Go on there, or send "
    "the file on the page of the return."
)
SENT_BY_MACHINE = frozenset({"api", "records"})


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was sent."""

    name: str
    content: bytes


def place_of(versions: list[Version]) -> str:
    """The mark of where a return stands, for a page to bring back: which version, and its saves."""
    current = under_way(versions)
    return f"{current.number}:{current.saves}" if current else f"{len(versions)}:signed"


def take_reading(
    *,
    found: QuarterlyReturn,
    reading: Reading,
    original: Original,
    came_by: str,
    seen: str | None = None,
    by: Author,
) -> Version:
    """Put all that was read in the place of the draft, or of the queried version; start one if none is.

    `seen`: the `place_of` that the sender had before them. None where a machine sends: it may only replace
    what a machine sent. Raises NotAllowed, and then nothing is changed.
    """
    refuse(UNREADABLE if reading.findings else None)
    kept = private_files.keep(original.content, SHELF)
    try:
        return _taken(found, reading, original, kept, came_by=came_by, seen=seen, by=by)
    except BaseException:
        private_files.remove(kept)
        raise


@transaction.atomic
def _taken(
    found: QuarterlyReturn,
    reading: Reading,
    original: Original,
    kept: str,
    *,
    came_by: str,
    seen: str | None,
    by: Author,
) -> Version:
    row = held(found)
    version = _version(row, came_by=came_by, seen=seen, by=by)
    before = figures_in(version).figures if version.state == State.QUERIED else {}
    replace_figures(version, reading.figures)
    version.came_by, version.saves = came_by, version.saves + 1
    version.save(update_fields=["came_by", "saves", "methods", "notes"])
    digest = hashlib.sha256(original.content).hexdigest()
    SentFile.objects.create(
        version=version, name=original.name, kept=kept, digest=digest, sent_by=person_of(by)
    )
    sent = sum(each.cell.state is not CellState.NOT_SUBMITTED for each in reading.figures.figures.values())
    tell(
        row, by=by, action="take a return",
        happened=f"{sent} figures of version {version.number} taken from “{original.name}”",
        before={key.text: text_of(each) for key, each in before.items()} or None,
        after={"came by": came_by, "file": original.name, "sha256": digest},
    )  # fmt: skip
    return version


def _version(row: QuarterlyReturn, *, came_by: str, seen: str | None, by: Author) -> Version:
    refuse(why_not_send(row.expected, timezone.localdate()))
    versions = versions_of(row)
    if seen is not None and seen != place_of(versions):
        raise NotAllowed(OVERTAKEN)
    current = under_way(versions)
    if current is None:
        return new_version(row, by=by, came_by=came_by)
    refuse(why_not_change(State(current.state)))
    if seen is None and current.saves and current.came_by not in SENT_BY_MACHINE:
        raise NotAllowed(BEING_FILLED_IN.format(number=current.number, state=current.state))
    current.of = row
    return current


def original_of(file: SentFile) -> bytes:
    """The bytes as they were sent. Raises NotAllowed where they are gone, or are not what was sent."""
    return private_files.fetch(file.kept, file.digest)


def sweep_lost_files() -> int:
    """Remove originals that no row names, older than a day: what a killed server left."""
    known = set(SentFile.objects.values_list("kept", flat=True))
    return private_files.sweep(SHELF, known, older_than=timezone.now() - timedelta(days=1))
