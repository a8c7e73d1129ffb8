"""The steps of a return's life: submitted, queried, answered, signed off by somebody else, sent again."""

from django.db import transaction
from django.utils import timezone

from ithrive.measures import FigureKey
from ithrive.problems import NotAllowed
from ithrive.returns.life import (
    State,
    why_not_query,
    why_not_resubmit,
    why_not_sign_off,
    why_not_submit,
)
from ithrive.returns.schedule import why_not_send
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.history.record import Author
from ithrive.web.returns.actions._figures import write_figures
from ithrive.web.returns.actions._held import held, move, person_of, standing, tell
from ithrive.web.returns.models import QuarterlyReturn, Query, Version
from ithrive.web.returns.versions import (
    figures_in,
    findings_of,
    form_of,
    in_force,
    seen_mark,
    under_way,
    versions_of,
)


@transaction.atomic
def submit(*, version: Version, by: Person) -> None:
    """Hand a version in. What must be mended refuses it; what is asked needs an answer first."""
    row = standing(version)
    refuse(why_not_send(row.of.expected, timezone.localdate()))
    refuse(why_not_submit(State(row.state), findings_of(row)))
    refuse(_unanswered(row))
    again, now = row.first_submitted_at is not None, timezone.now()
    move(
        row, State.SUBMITTED, submitted_by=by, submitted_at=now,
        first_submitted_at=row.first_submitted_at or now,
    )  # fmt: skip
    tell(
        row.of, by=by, action="submit a return",
        happened=f"version {row.number} submitted{' again' if again else ''}",
    )  # fmt: skip


def _unanswered(row: Version) -> str | None:
    left = row.queries.filter(answered_at=None).count()
    if not left:
        return None
    return f"{left} {'query needs' if left == 1 else 'queries need'} an answer first."


@transaction.atomic
def ask(*, version: Version, question: str, key: FigureKey | None = None, by: Person) -> Query:
    """Ask about one figure (`key`) or the whole return, and send it back to its area. More can be asked."""
    row = standing(version)
    if row.state != State.QUERIED or not question.strip():
        refuse(why_not_query(State(row.state), question=question))
    if key is not None and key not in form_of(row.of).by_key:
        raise NotAllowed(f"“{key.text}” is not in this form. Choose a figure from the list.")
    if row.state != State.QUERIED:
        move(row, State.QUERIED)
    asked = Query.objects.create(version=row, key=key.text if key else "", asks=question.strip(), asked_by=by)
    about = f" about {key.text}" if key else ""
    tell(
        row.of, by=by, action="query a return",
        happened=f"version {row.number} queried{about}", after={"question": asked.asks},
    )  # fmt: skip
    return asked


@transaction.atomic
def answer(*, query: Query, words: str, by: Person, seen: str | None = None) -> None:
    """Answer a question. Once the return is submitted again, its answers stand.

    `seen`: the mark of the answer that its writer had before them, so that nobody overwrites another unseen.
    """
    row = standing(query.version)
    asked = Query.objects.get(pk=query.pk)
    if row.state != State.QUERIED:
        raise NotAllowed(f"This return is {row.state}. Queries are answered before it is submitted again.")
    refuse(None if words.strip() else "Write the answer.")
    before = asked.answer
    if before and seen is not None and seen_mark(before) not in {seen, seen_mark(words.strip())}:
        who = asked.answered_by.name if asked.answered_by else "Somebody"
        stands = f"{who} answered “{before}” meanwhile, and that stands."
        raise NotAllowed(f"{stands} Put both together and save again.")
    asked.answer, asked.answered_by, asked.answered_at = words.strip(), by, timezone.now()
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    tell(
        row.of, by=by, action="answer a query",
        happened=f"a query on version {row.number} answered",
        before={"answer": before} if before else None, after={"answer": asked.answer},
    )  # fmt: skip


@transaction.atomic
def sign_off(*, version: Version, by: Person) -> None:
    """Let the figures stand, by somebody other than who submitted them. The version before is kept."""
    row = standing(version)
    reason = why_not_sign_off(
        State(row.state),
        findings_of(row),
        submitted_by=row.submitted_by.reference if row.submitted_by else "",
        by=by.reference,
    )
    refuse(reason)
    replaced = in_force(versions_of(row.of))
    if replaced:
        move(replaced, State.REPLACED)
    move(row, State.SIGNED_OFF, signed_off_by=by, signed_off_at=timezone.now())
    instead = f" in the place of version {replaced.number}" if replaced else ""
    tell(
        row.of, by=by, action="sign off a return",
        happened=f"version {row.number} signed off{instead}",
    )  # fmt: skip


@transaction.atomic
def resubmit(*, found: QuarterlyReturn, reason: str, by: Author) -> Version:
    """A new draft that begins with the figures in force, which stand until it is signed off."""
    row = held(found)
    refuse(why_not_send(row.expected, timezone.localdate()))
    versions = versions_of(row)
    last, newer = in_force(versions), under_way(versions)
    if last is None:
        raise NotAllowed("Nothing is signed off yet. A new version follows one that was signed off.")
    refuse(
        why_not_resubmit(
            State(last.state), reason=reason, newer_version=State(newer.state) if newer else None
        )
    )
    made = Version.objects.create(
        of=row, number=len(versions) + 1, state=State.DRAFT, came_by="form", started_by=person_of(by),
        resubmitted_because=reason.strip(), methods=last.methods, notes=last.notes,
    )  # fmt: skip
    write_figures([(made, figures_in(last).figures)])
    tell(
        row, by=by, action="send a return again",
        happened=f"version {made.number} started", after={"reason": made.resubmitted_because},
    )  # fmt: skip
    return made
