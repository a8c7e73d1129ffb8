"""One round in every state, put straight into the database for the table of every address."""

from datetime import timedelta

from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Agreed, Purpose, RaterOnRound, Rating, Round, Submission
from tests.cast import Cast
from tests.web.assessments.scenes import small, version


def rounds_standing(cast: Cast, area: LocalArea) -> dict[str, object]:
    """The numbers of rounds of the area by what they are for, and of a rater of the one that is open."""
    standing = {
        "round": _round(area, State.SIGNED_OFF, days=0),
        "round_scheduled": _round(area, State.SCHEDULED, days=1),
        "round_to_come": _round(area, State.SCHEDULED, days=100),
        "round_overdue": _round(area, State.OPEN, days=-60),
        "round_open": _round(area, State.OPEN, days=2),
        "round_moderating": _round(area, State.MODERATING, days=3),
        "round_locked": _round(area, State.LOCKED, days=4),
        "kept": _round(area, State.SIGNED_OFF, days=0, purpose=Purpose.REFLECTION),
        "shared": _round(area, State.SIGNED_OFF, days=1, purpose=Purpose.REFLECTION),
    }
    shared = standing["shared"]
    shared.shared_at, shared.shared_with = timezone.now(), "With our coach"
    shared.save()
    standing["round_locked"].locked_by = cast.eve
    standing["round_locked"].save()
    _rated(cast, standing)
    rater = RaterOnRound.objects.create(round=standing["round_open"], person=cast.ben)
    return {name: round.pk for name, round in standing.items()} | {"rater": rater.pk}


def _round(area: LocalArea, state: State, *, days: int, purpose: Purpose = Purpose.EVALUATED) -> Round:
    due, weeks = timezone.localdate() + timedelta(days=days), timedelta(weeks=4)
    return Round.objects.create(
        area=area, instrument=version(), purpose=purpose, state=state, due_on=due, window_opens=due - weeks,
        window_closes=due + weeks,
    )  # fmt: skip


def _rated(cast: Cast, standing: dict[str, Round]) -> None:
    """Those past rating were rated alike by Ben and Col (a reflection by Ben alone), and scored so by Eve."""
    codes = [each.code for each in small().statement]
    raters, scores = [], []
    for name, round in standing.items():
        if round.state not in {State.MODERATING, State.LOCKED, State.SIGNED_OFF}:
            continue
        people = [cast.ben] if name in {"kept", "shared"} else [cast.ben, cast.col]
        raters += [RaterOnRound(round=round, person=each, submitted_at=timezone.now()) for each in people]
        scores += [
            Agreed(
                round=round, statement=code, score=3, low=3, high=3, scored_by=len(people), agreed_by=cast.eve
            )
            for code in codes
        ]
    said = {code: {"score": 3, "cannot_rate": "", "evidence": ""} for code in codes}
    made = RaterOnRound.objects.bulk_create(raters)
    Rating.objects.bulk_create(Rating(rater=each, statement=code, score=3) for each in made for code in codes)
    Submission.objects.bulk_create(
        Submission(rater=each, at=timezone.now(), blind=True, ratings=said) for each in made
    )
    Agreed.objects.bulk_create(scores)
