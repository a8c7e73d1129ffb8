"""The agreed scores of the rounds that a study held, overall and by level, and how reliable they are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import Any

from django.db.models import QuerySet

from ithrive.assessments.agreement import reliability_of_means
from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.sectors import STAFF
from ithrive.evaluation.dose import Reliability
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study import Assessed
from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Agreed, PastRating, RaterOnRound, Round, Submission
from ithrive.web.assessments.queries import instrument_of


def assessed(protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime) -> Assessed:
    """The mean agreed score of each round that the study held, in the quarter in which it was due."""
    sites = {area.pk: site for site, area in areas.items()}
    held = list(rounds_of(protocol, areas, at=at))
    scores = _agreed(held)
    of = {each.pk: (sites[each.area_id], Quarter.of(each.due_on)) for each in held}
    return Assessed(
        {of[each.pk]: fmean(scores[each.pk].values()) for each in held if scores[each.pk]},
        {
            (*of[each.pk], level): score
            for each in held
            for level, score in _by_level(each, scores[each.pk]).items()
        },
        _reliability(protocol, [each for each in held if _has_a_dose(protocol, *of[each.pk])]),
    )


def rounds_of(protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime) -> QuerySet[Round]:
    """The rounds of these areas that the study held and that were signed off by then, by day due."""
    held = Round.objects.filter(
        area__in=[area.pk for area in areas.values()],
        purpose=Purpose.EVALUATED.value,
        state=State.SIGNED_OFF.value,
        study=protocol.id,
        signed_off_at__lte=at,
    )
    return held.select_related("instrument").defer("instrument__content").order_by("due_on", "pk")


def _agreed(held: Sequence[Round]) -> Mapping[int, Mapping[str, int]]:
    """The scores in force, by round and statement, where there is one."""
    rows = Agreed.objects.filter(
        round__in=[each.pk for each in held], superseded_at=None, score__isnull=False
    ).order_by("round", "statement")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for number, statement, score in rows.values_list("round", "statement", "score"):
        if score is not None:
            found[number][statement] = score
    return found


def _by_level(of: Round, scores: Mapping[str, int]) -> Mapping[str, float]:
    """The mean score of each level of the round's instrument, by the level's name."""
    instrument = instrument_of(of)
    names = {each.code: each.name for each in instrument.level}
    found: dict[str, list[int]] = defaultdict(list)
    for each in instrument.statement:
        if each.code in scores:
            found[names[each.level]].append(scores[each.code])
    return {level: fmean(given) for level, given in found.items()}


def _has_a_dose(protocol: Protocol, site: str, quarter: Quarter) -> bool:
    """Whether a round is one of those that tell how much accelerator sites had implemented."""
    return protocol.site(site).arm == "accelerator" and quarter in protocol.quarters


def _reliability(protocol: Protocol, held: Sequence[Round]) -> Reliability | None:
    """That of a round's mean among the accelerator sites' rounds; None where it cannot be told.

    Told of levels alone: a change is less reliable than either of the scores it lies between.
    """
    if protocol.dose is not None and protocol.dose.form == "change":
        return None
    # A round with one rater tells nothing of how far raters differ, and is not counted.
    given = [raters for raters in map(_rating, _given(held).values()) if len(raters) > 1]
    found = reliability_of_means([[fmean(scores) for scores in raters] for raters in given])
    if isinstance(found, NotComputable):
        return None
    ratings = sum(len(scores) for raters in given for scores in raters)
    return Reliability(found, rounds=len(given), raters=sum(map(len, given)), ratings=ratings)


def _given(held: Sequence[Round]) -> Mapping[int, Mapping[str, list[int]]]:
    """What each rater of the staff's view gave before they saw the others, by round and rater.

    Young people see other things than staff do, and that is no error of anybody's.
    """
    numbers = [each.pk for each in held]
    asked = RaterOnRound.objects.filter(round__in=numbers, view=STAFF, withdrawn_at=None)
    found: dict[int, dict[str, list[int]]] = defaultdict(dict)
    said = Submission.objects.filter(rater__in=asked, blind=True).order_by("at", "pk")
    for number, rater, ratings in said.values_list("rater__round", "rater", "ratings"):
        found[number][str(rater)] = list(_scores(ratings))  # a later one takes the place of an earlier
    past = PastRating.objects.filter(round__in=numbers, score__isnull=False).order_by("pk")
    for number, label, score in past.values_list("round", "rater", "score"):
        if score is not None:
            found[number].setdefault(label, []).append(score)
    return {number: found[number] for number in numbers if number in found}


def _scores(ratings: Mapping[str, Any]) -> Iterator[int]:
    return (each["score"] for _, each in sorted(ratings.items()) if each["score"] is not None)


def _rating(given: Mapping[str, Sequence[int]]) -> Sequence[Sequence[int]]:
    """What each rater gave who gave anything."""
    return [scores for _, scores in sorted(given.items()) if scores]
