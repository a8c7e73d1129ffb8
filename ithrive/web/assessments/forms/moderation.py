"""What a moderation page sends: for every statement on it a score, a reason, and which score was seen."""

from django.http import QueryDict

from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.actions import Decision
from ithrive.web.assessments.forms.rating import CANNOT, one_of, plain


def decisions(sent: QueryDict, instrument: Instrument) -> dict[str, Decision]:
    """The decisions by statement; those on which nothing was chosen are left for later."""
    found = {}
    for each in instrument.statement:
        choice = one_of(str(sent.get(f"score-{each.code}", "")))
        if choice:
            score = None if choice == CANNOT else int(choice)
            found[each.code] = Decision(
                score, plain(str(sent.get(f"reason-{each.code}", ""))), _seen(sent, each.code)
            )
    return found


def _seen(sent: QueryDict, code: str) -> int:
    number = str(sent.get(f"seen-{code}", ""))
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
