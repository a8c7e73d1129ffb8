"""The pulse on working relationships: opening it, making links, answering, closing.

Answering is the one change of state that leaves no line of history: a line has a time, and other tables
hold the times at which people were here. What is left of an answer is its sector and its scores, under a
key made anew whenever another comes in.
"""

import hashlib
import secrets
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.assessments.pulse import why_not_close, why_not_make_links, why_not_open_pulse
from ithrive.assessments.relationships import Answer, checked_answers, questionnaire
from ithrive.assessments.sectors import SECTORS
from ithrive.problems import BadInput, NotAllowed, Problem
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.assessments.actions.moving import held, tell
from ithrive.web.assessments.models import Pulse, PulseAnswer, PulseLink, Round
from ithrive.web.history.record import Author

USED = "This link was used already, or the pulse is closed. Nothing was stored now."
TOKEN_BYTES = 16
SHUFFLED = secrets.SystemRandom()


@transaction.atomic
def open_pulse(*, round: Round, by: Author) -> Pulse:
    """Begin a pulse with the questions as they are now."""
    standing = held(round)
    opened = Pulse.objects.filter(round=standing).exists()
    imported = bool(standing.imported_from)
    refuse(why_not_open_pulse(State(standing.state), opened=opened, imported=imported))
    pulse = Pulse.objects.create(round=standing, questionnaire=questionnaire().reference)
    tell(
        standing, by=by, action="open a pulse", happened="pulse on working relationships opened",
        after={"questionnaire": pulse.questionnaire},
    )  # fmt: skip
    return pulse


@transaction.atomic
def make_links(*, pulse: Pulse, number: int, by: Author) -> list[str]:
    """Tokens for one-use links. They are told this once: only their digests are kept, all alike."""
    standing = held(pulse.round)
    current = _locked(pulse)
    refuse(why_not_make_links(number, made=current.links_made, closed=current.closed_at is not None))
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in range(number)]
    PulseLink.objects.bulk_create(
        PulseLink(pulse=current, token_digest=digest) for digest in sorted(map(digest_of_token, tokens))
    )
    before, current.links_made = current.links_made, current.links_made + number
    current.save(update_fields=["links_made"])
    tell(
        standing, by=by, action="make pulse links", happened=f"links made for the pulse: {number}",
        before={"links": before}, after={"links": current.links_made},
    )  # fmt: skip
    return tokens


def answer_pulse(*, token: str, sector: str, scores: Mapping[str, int | None]) -> None:
    """Spend a link and store what was answered, both or neither. Raises NotAllowed, or BadInput."""
    if sector not in SECTORS:
        raise BadInput(Problem("Sector", "No sector is chosen.", "Choose the sector you work in."))
    checked_answers([Answer(sector, scores)], questionnaire())
    with transaction.atomic():
        pulse = open_pulse_of(token)
        refuse(USED if pulse is None else None)
        assert pulse is not None  # refused in the line above
        current = _locked(pulse)
        spent, _ = PulseLink.objects.filter(pulse=current, token_digest=digest_of_token(token)).delete()
        if not spent or current.closed_at is not None:
            raise NotAllowed(USED)
        _store_shuffled(current, sector, scores)


@transaction.atomic
def close_pulse(*, pulse: Pulse, by: Author) -> None:
    """End it for good. Only now are results shown: nobody can watch them change with the next answer."""
    standing = held(pulse.round)
    current = _locked(pulse)
    refuse(why_not_close(closed=current.closed_at is not None))
    current.links.all().delete()
    current.closed_at = timezone.now()
    current.save(update_fields=["closed_at"])
    tell(standing, by=by, action="close a pulse", happened="pulse on working relationships closed")


def open_pulse_of(token: str) -> Pulse | None:
    """The pulse that this link answers, as long as it does."""
    link = PulseLink.objects.filter(token_digest=digest_of_token(token), pulse__closed_at=None)
    found = link.select_related("pulse__round__area__country").first()
    return found.pulse if found else None


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(pulse: Pulse) -> Pulse:
    """Whoever answers, makes links or closes waits here for the others."""
    return Pulse.objects.select_for_update().get(pk=pulse.pk)


def _store_shuffled(pulse: Pulse, sector: str, scores: Mapping[str, int | None]) -> None:
    """Write every answer of the pulse anew, in chance order under new keys.

    A database keeps rows where they were put, and SQLite numbers them as well: written one by one, the rows
    would tell the order in which people answered, and the last of them who it was.
    """
    given = [(each.sector, each.scores) for each in pulse.answers.all()] + [(sector, dict(scores))]
    pulse.answers.all().delete()
    SHUFFLED.shuffle(given)
    PulseAnswer.objects.bulk_create(
        PulseAnswer(id=uuid.uuid4(), pulse=pulse, sector=sector, scores=scores) for sector, scores in given
    )
