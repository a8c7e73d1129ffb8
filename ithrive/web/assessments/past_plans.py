"""What a list of past rounds would change: shown first, then taken exactly as it was shown."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.past_rounds import NamedArea, PastList, PastRound, agreed_scores
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.framework.instrument import Instrument
from ithrive.problems import Problem
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Agreed, InstrumentVersion, Purpose, Round


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round of the list: a new one, or one imported before whose scores the list changes."""

    past: PastRound
    area: LocalArea
    standing: Round | None
    agreed: Mapping[str, AgreedScore]
    differing: int  # agreed scores that would be other than now


@dataclass(frozen=True, slots=True)
class PastPlan:
    """What the list asks for, and how many of its rounds are here just so already."""

    rounds: tuple[PlannedRound, ...]
    unchanged: int

    @property
    def digest(self) -> str:
        """Stands for the plan: it differs as soon as one score, or what it starts from, does."""
        told = (
            f"{each.area.pk} {each.standing and each.standing.pk} {each.differing} {each.past!r}"
            for each in self.rounds
        )
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_past_rounds(
    pasts: PastList,
    *,
    version: InstrumentVersion,
    instrument: Instrument,
    areas: Iterable[LocalArea],
) -> PastPlan:
    """What the rounds change in these areas, where the person may sign off. Raises BadInput with every round
    that cannot stand, and with every cell of the list that could not be read."""
    by_code: dict[str, list[LocalArea]] = defaultdict(list)
    for area in areas:
        by_code[area.code].append(area)

    def meant(named: NamedArea | PastRound) -> list[LocalArea]:
        return [area for area in by_code[named.code] if named.kind in ("", area.kind)]

    problems = [problem for each in pasts.named if (problem := _why_not_area(each, meant(each)))]
    placed = [(each, area) for each in pasts.rounds for area in meant(each) if len(meant(each)) == 1]
    planned, unchanged = list[PlannedRound](), 0
    for past, area in placed:
        standing = _standing(area, past)
        if problem := _why_not_change(past, standing, version):
            problems.append(problem)
            continue
        agreed = agreed_scores(past, instrument)
        differing = _differing(standing, agreed)
        if standing and not differing and _same_ratings(standing, past.ratings):
            unchanged += 1
        else:
            planned.append(PlannedRound(past, area, standing, agreed, differing))
    pasts.refuse(*problems)
    return PastPlan(tuple(planned), unchanged)


def scores_of(round: Round) -> dict[str, AgreedScore]:
    """The agreed scores in force, by statement."""
    rows = Agreed.objects.filter(round=round, superseded_at=None)
    return {
        each.statement: AgreedScore(each.statement, each.score, each.reason, each.low, each.high)
        for each in rows
    }


def changed(now: Mapping[str, AgreedScore], then: Mapping[str, AgreedScore]) -> set[str]:
    """The statements on which two sets of agreed scores differ."""
    return {code for code in now.keys() | then.keys() if now.get(code) != then.get(code)}


def _standing(area: LocalArea, past: PastRound) -> Round | None:
    same = Round.objects.filter(area=area, purpose=Purpose.EVALUATED, study=past.study, due_on=past.due)
    return same.select_related("area__country", "instrument").first()


def _differing(standing: Round | None, agreed: Mapping[str, AgreedScore]) -> int:
    return len(changed(scores_of(standing) if standing else {}, agreed))


def _same_ratings(standing: Round, ratings: Sequence[Rating]) -> bool:
    kept = standing.past_ratings.values_list("statement", "rater", "score", "cannot_rate")
    return {Rating(*each) for each in kept} == set(ratings)


def _why_not_area(named: NamedArea, found: Sequence[LocalArea]) -> Problem | None:
    place = f"Row {named.row}, column code"
    if not found:
        what = f"You cannot sign off rounds of an area with the code “{named.code}”."
        return Problem(place, what, "Check the code in the list of areas, or leave the row out.")
    if len(found) > 1:
        kinds = " and ".join(area.kind for area in found)
        return Problem(place, f"“{named.code}” is a {kinds}.", "Say which in a column “kind”.")
    return None


def _why_not_change(past: PastRound, standing: Round | None, version: InstrumentVersion) -> Problem | None:
    if standing is None:
        return None
    place = f"Row {past.row}, column due"
    if not standing.imported_from:
        what = f"A round of this area due on {past.due:%-d %B %Y} is kept here already."
        return Problem(place, what, "Leave it out: its scores are agreed on its own pages.")
    if standing.instrument_id != version.pk:
        what = f"This round was imported with {standing.instrument}."
        return Problem(place, what, "Choose that version for this list.")
    return None
