"""Two tests of change in Ada's area, of which the second follows from what the first one found. Invented."""

from datetime import timedelta

from django.utils import timezone

from ithrive.improvement import Decision
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.improvement.cycle_actions import begin_cycle, finish_cycle

MEASURE = "H3"
AIM = "Fewer young people wait more than four weeks for help that means something"


def load_cycles(area: LocalArea, by: Author) -> None:
    """One that was adapted, and its next cycle, which is under way."""
    today = timezone.localdate()
    first = begin_cycle(
        area=area,
        measure=MEASURE,
        change="Two duty clinicians call every family within three days of a referral",
        aim=AIM,
        prediction="Half of the families need no second appointment before help begins",
        plan="The two clinicians of the north clinic, for six weeks; a tally on paper of every call.",
        started=today - timedelta(days=300),
        by=by,
    )
    finish_cycle(
        row=first,
        ended=today - timedelta(days=258),
        found=(
            "A third needed no second appointment, not half. Calls before five o'clock mostly found nobody "
            "at home; the tally shows that calls in the evening reached three in four."
        ),
        decision=Decision.ADAPT,
        by=by,
    )
    begin_cycle(
        area=area,
        measure=MEASURE,
        change="The same calls, between five and seven in the evening",
        aim=AIM,
        prediction="Three in four families are reached at the first call",
        plan="The same two clinicians on Tuesdays and Thursdays, for a quarter; the same tally.",
        started=today - timedelta(days=120),
        after=first,
        by=by,
    )
