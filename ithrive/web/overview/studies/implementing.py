"""How much was implemented at each site and when: steps, pulses, attributes and dated evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose
from ithrive.assessments.relationships import Answer, pulse_result
from ithrive.evaluation.protocol import Moderator, Protocol
from ithrive.evaluation.study import DatedEvidence
from ithrive.framework.approach import approach
from ithrive.implementation import Evidence, Kind, Shows, progress
from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.assessments.models import Pulse, PulseAnswer, Round
from ithrive.web.implementation.models import Post
from ithrive.web.implementation.queries import actions_in, dated_evidence, posts_in, priorities_in
from ithrive.web.implementation.values import area_key

# What support that was given counts as: see `ithrive.evaluation.study.implementation.KINDS`.
SUPPORT = {
    Support.Kind.COACHING: "contact",
    Support.Kind.WORKSHOP: "training",
    Support.Kind.TRAINING: "training",
    Support.Kind.CONSULTANCY: "contact",
    Support.Kind.EVENT: "event",
    Support.Kind.CALL: "contact",
}
STEERING = (Post.Kind.STEERING, Post.Kind.CHAIR)


def moderators(
    protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime
) -> dict[tuple[str, str], float]:
    """What pulses and attributes say of each site, measured by each moderator's wave."""
    found: dict[tuple[str, str], float] = {}
    for each in protocol.moderators:
        if each.source == "pulse":
            found |= _from_pulses(protocol, each, areas, at)
        if each.source == "attribute":
            found |= _from_attributes(each, areas)
    return found


def _from_pulses(
    protocol: Protocol, moderator: Moderator, areas: Mapping[str, LocalArea], at: datetime
) -> dict[tuple[str, str], float]:
    """The mean answer, from 1 to 5, of the last pulse that closed by the end of the wave. Too few answers
    to be shown are no answer here either.
    """
    sites = {area.pk: site for site, area in areas.items()}
    last = (protocol.waves.baseline + moderator.wave).ends
    pulses = Pulse.objects.filter(
        round__area__in=list(sites), closed_at__lte=at, closed_at__date__lt=last
    ).select_related("round")
    latest = {each.round.area_id: each for each in pulses.order_by("closed_at", "pk")}
    answers = _answers([each.pk for each in latest.values()])
    means = {sites[area]: _mean(answers[pulse.pk]) for area, pulse in latest.items()}
    return {(site, moderator.id): mean for site, mean in means.items() if mean is not None}


def _answers(pulses: Sequence[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = PulseAnswer.objects.filter(pulse__in=pulses).order_by("pk")
    for pulse, sector, scores in rows.values_list("pulse", "sector", "scores"):
        found[pulse].append(Answer(sector, scores))
    return found


def _mean(answers: Sequence[Answer]) -> float | None:
    overall = pulse_result(answers).overall
    if isinstance(overall, NotComputable) or isinstance(overall.mean, NotComputable):
        return None
    return overall.mean


def _from_attributes(moderator: Moderator, areas: Mapping[str, LocalArea]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for site, area in areas.items():
        place = area.places.filter(values__attribute__key=moderator.figure).order_by("-geography__starts")
        value = place.values_list("values__value", flat=True).first()
        if value is not None:
            found[site, moderator.id] = float(value)
    return found


def step_shares(
    protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime
) -> dict[tuple[str, Quarter], float]:
    """The share of the steps of the Approach to Implementation that each site had reached by each quarter's
    end. Empty unless the protocol asks for it.
    """
    asked = [each.source for each in protocol.moderators] + ([protocol.dose.source] if protocol.dose else [])
    if not {"implementation", "both"} & set(asked):
        return {}
    told = dated_evidence([area.pk for area in areas.values()])
    over = [each for each in protocol.quarters if each.ends <= timezone.localdate(at)]
    return {
        (site, quarter): _share(area, [each for each in told if each.area == area_key(area.pk)], quarter.ends)
        for site, area in areas.items()
        for quarter in over
    }


def _share(area: LocalArea, told: Sequence[Evidence], day: date) -> float:
    phases = progress(area_key(area.pk), told, approach(), day).phases
    counted = sum(len(each.steps) - each.skipped for each in phases)
    return sum(each.reached for each in phases) / counted if counted else 0.0


def evidence(
    protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime
) -> tuple[DatedEvidence, ...]:
    """Dated facts in the study's quarters: steps, plans, actions done, roles taken, support given, and rounds
    that were signed off. What an area did in years before is no part of the study.
    """
    first, last = protocol.quarters[0].starts, protocol.quarters[-1].ends
    every = _everything_dated(areas, at=at)
    within = (each for each in every if first <= each.on < last)
    return tuple(sorted(within, key=lambda each: (each.site, each.on, each.kind)))


def _everything_dated(areas: Mapping[str, LocalArea], *, at: datetime) -> Iterator[DatedEvidence]:
    sites = {area.pk: site for site, area in areas.items()}
    day = timezone.localdate(at)
    keys = {area_key(number): site for number, site in sites.items()}
    for each in dated_evidence(list(sites)):
        if each.on <= day and each.kind is not Kind.ACTION:  # plans and actions are counted as such below
            yield DatedEvidence(keys[each.area], each.on, _kind(each))
    plans = priorities_in(list(sites)).filter(chosen_on__lte=day).order_by("chosen_on", "pk")
    for area, on in plans.values_list("area", "chosen_on"):
        yield DatedEvidence(sites[area], on, "plan-agreed")
    done = actions_in(list(sites)).filter(done_on__lte=day).order_by("done_on", "pk")
    for area, finished in done.values_list("priority__area", "done_on"):
        if finished:
            yield DatedEvidence(sites[area], finished, "action-done")
    posts = posts_in(list(sites)).filter(starts__lte=day).order_by("starts", "pk")
    for area, on, role in posts.values_list("area", "starts", "kind"):
        yield DatedEvidence(sites[area], on, "steering-group" if role in STEERING else "role-taken")
    given = Support.objects.filter(area__in=list(sites), on__lte=day).order_by("on", "pk")
    for area, on, kind in given.values_list("area", "on", "kind"):
        yield DatedEvidence(sites[area], on, SUPPORT[Support.Kind(kind)])
    rounds = Round.objects.filter(
        area__in=list(sites), purpose=Purpose.EVALUATED.value, signed_off_at__lte=at
    ).order_by("due_on", "pk")
    for area, moment in rounds.values_list("area", "signed_off_at"):
        yield DatedEvidence(sites[area], timezone.localdate(moment), "round")


def _kind(each: Evidence) -> str:
    return "step-reached" if each.shows is Shows.REACHED else "step-begun"
