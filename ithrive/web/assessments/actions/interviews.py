"""Informants, their consent, and what they said. No line of history holds a word of it."""

import hashlib
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ithrive.assessments.interviewing import (
    LONGEST_NOTES,
    Covers,
    why_not_consent,
    why_not_interview,
    why_not_keep,
    why_not_narrow,
)
from ithrive.assessments.life import State
from ithrive.assessments.passages import digest_of, plain_text, why_not_change_text
from ithrive.assessments.sectors import why_not_from
from ithrive.assessments.transcripts import read_transcript
from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.areas import private_files
from ithrive.web.assessments.actions.moving import held, tell
from ithrive.web.assessments.models import Informant, Interview, Passage, Round
from ithrive.web.assessments.queries import instrument_of


@transaction.atomic
def add_informant(*, round: Round, sector: str, level: str, view: str, by: Person) -> Informant:
    """Somebody to interview, told apart by number, sector, level and view alone."""
    standing = open_evidence(round)
    known = instrument_of(standing).level_named(level)
    refuse(why_not_from(sector, view) or (None if known else "Choose a level of the instrument."))
    last = standing.informants.aggregate(last=Max("number"))["last"] or 0
    informant = Informant.objects.create(
        round=standing, number=last + 1, sector=sector, level=level, view=view
    )
    told = {"sector": sector, "level": level, "view": view}
    tell(standing, by=by, action="add an informant", happened=f"{informant} added", after=told)
    return informant


@transaction.atomic
def record_consent(*, informant: Informant, given_on: date, covered: Collection[Covers], by: Person) -> None:
    """What an informant agreed to, and when. It can be widened; narrowed only where nothing more is kept."""
    standing, current = _locked(informant)
    refuse("This consent was withdrawn. Add a new informant instead." if current.withdrawn_on else None)
    refuse(why_not_consent(given_on, covered, timezone.localdate()))
    refuse(why_not_narrow(covered, **_kept(current)))
    first = current.interviews.order_by("held_on").values_list("held_on", flat=True).first()
    refuse(
        "Something was said before that day. Choose an earlier one." if first and first < given_on else None
    )
    before = {"on": current.consented_on, "covers": current.consent_covers}
    current.consented_on = given_on
    current.consent_covers = ",".join(each for each in Covers if each in covered)
    current.save(update_fields=["consented_on", "consent_covers"])
    after = {"on": given_on, "covers": current.consent_covers}
    happened = f"consent of {current} recorded"
    tell(standing, by=by, action="record consent", happened=happened, before=before, after=after)


@transaction.atomic
def withdraw_consent(*, informant: Informant, by: Person) -> None:
    """Take away everything an informant said, in whatever state the round is. Their number stays, empty."""
    standing, current = _locked(informant)
    refuse("This consent was withdrawn already." if current.withdrawn_on else None)
    kept = _kept(current)
    for interview in current.interviews.all():
        _delete(interview)
    current.withdrawn_on, current.consented_on, current.consent_covers = timezone.localdate(), None, ""
    current.withdrawn_by, current.passages_withdrawn = by, kept["passages"]
    current.save(
        update_fields=[
            "withdrawn_on", "withdrawn_by", "passages_withdrawn", "consented_on", "consent_covers",
        ]
    )  # fmt: skip
    happened = f"consent of {current} withdrawn, and what they said removed"
    tell(standing, by=by, action="withdraw consent", happened=happened, before=kept)


@transaction.atomic
def add_notes(*, informant: Informant, held_on: date, text: str, by: Person) -> Interview:
    """Notes that were typed here."""
    standing, current = _open_informant(informant)
    _refuse_to_keep(Covers.NOTES, held_on, current)
    words = _notes(text)
    interview = Interview.objects.create(informant=current, held_on=held_on, text=words, written_by=by)
    tell(
        standing, by=by, action="add interview notes", happened=f"notes of an interview with {current} added",
        after={"interview": interview.pk, "held_on": held_on, "text_sha256": digest_of(words)},
    )  # fmt: skip
    return interview


@transaction.atomic
def change_notes(*, interview: Interview, text: str, shown: str, by: Person) -> Interview:
    """Other words, as long as no passage is marked in them. `shown`: the digest of what was on the screen."""
    standing = open_evidence(interview.informant.round)
    current = current_interview(interview)
    before, words = digest_of(current.text), _notes(text)
    refuse("A transcript stays as it was sent." if current.original else None)
    refuse(why_not_change_text(current.passages.count()))
    if before != shown:
        raise NotAllowed(
            "Somebody changed these notes since you opened them. Copy your words and look again."
        )
    current.text = words
    current.save(update_fields=["text"])
    tell(
        standing, by=by, action="change interview notes", happened=f"notes with {current.informant} changed",
        before={"text_sha256": before}, after={"text_sha256": digest_of(words)},
    )  # fmt: skip
    return current


def add_transcript(*, informant: Informant, held_on: date, content: bytes, by: Person) -> Interview:
    """A transcript that was sent: its words are read, its original is put away. Raises BadInput."""
    transcript = read_transcript(content)
    name = private_files.keep(content)
    try:
        return _add_transcript(informant, held_on, transcript.text, content, name, transcript.kind, by)
    except BaseException:
        private_files.remove(name)
        raise


@transaction.atomic
def _add_transcript(
    informant: Informant, held_on: date, text: str, content: bytes, name: str, kind: str, by: Person
) -> Interview:
    standing, current = _open_informant(informant)
    _refuse_to_keep(Covers.TRANSCRIPT, held_on, current)
    sha256 = hashlib.sha256(content).hexdigest()
    again = Interview.objects.filter(informant__round=standing, original_sha256=sha256).exists()
    refuse("This very file was sent for this round already." if again else None)
    interview = Interview.objects.create(
        informant=current, held_on=held_on, text=text, written_by=by,
        original=name, original_kind=kind, original_sha256=sha256,
    )  # fmt: skip
    tell(
        standing, by=by, action="add a transcript", happened=f"transcript with {current} added",
        after={"interview": interview.pk, "held_on": held_on, "kind": kind, "file_sha256": sha256},
    )  # fmt: skip
    return interview


@transaction.atomic
def remove_interview(*, interview: Interview, reason: str, by: Person) -> None:
    """Take away one interview with its passages and its original."""
    standing = open_evidence(interview.informant.round)
    refuse(None if reason.strip() else "Say why the interview is removed.")
    current = current_interview(interview)
    told = {"interview": current.pk, "passages": current.passages.count()}
    happened = f"interview with {current.informant} removed. {reason.strip()}"
    _delete(current)
    tell(standing, by=by, action="remove an interview", happened=happened, before=told)


def open_evidence(round: Round) -> Round:
    """The round, locked, if its evidence can still change."""
    standing = held(round)
    refuse("This round was held elsewhere: only its scores are here." if standing.imported_from else None)
    refuse(why_not_interview(State(standing.state)))
    return standing


def current_interview(interview: Interview) -> Interview:
    """The interview as it stands, once its round is locked."""
    current = Interview.objects.select_related("informant").filter(pk=interview.pk).first()
    if current is None:
        raise NotAllowed("Somebody removed this interview in the meantime.")
    return current


def _locked(informant: Informant) -> tuple[Round, Informant]:
    standing = held(informant.round)
    return standing, Informant.objects.get(pk=informant.pk)


def _open_informant(informant: Informant) -> tuple[Round, Informant]:
    open_evidence(informant.round)
    return _locked(informant)


def _refuse_to_keep(what: Covers, held_on: date, informant: Informant) -> None:
    refuse(
        why_not_keep(
            what,
            held_on,
            timezone.localdate(),
            consented_on=informant.consented_on,
            covered=informant.covered,
        )
    )


def _kept(informant: Informant) -> dict[str, int]:
    transcripts = informant.interviews.exclude(original="").count()
    return {
        "notes": informant.interviews.filter(original="").count(),
        "transcripts": transcripts,
        "passages": Passage.objects.filter(interview__informant=informant).count(),
    }


def _notes(text: str) -> str:
    words = plain_text(text)
    refuse(None if words.strip() else "Enter what was said.")
    refuse(f"Notes have at most {LONGEST_NOTES:,} characters." if len(words) > LONGEST_NOTES else None)
    return words


def _delete(interview: Interview) -> None:
    private_files.remove_after_commit(interview.original)
    interview.delete()
