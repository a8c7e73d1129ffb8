"""Priorities proposed from an area's last signed-off round, with what other areas show. People decide."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Candidate, Proposal, Scored, movability, proposed
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.assessments import queries
from ithrive.web.assessments.models import Agreed, Round
from ithrive.web.implementation import queries as work
from ithrive.web.implementation.actions import Origin
from ithrive.web.implementation.values import as_wished
from ithrive.web.overview.rounds import known_to_all, programmes_view


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a round proposes. `known_to_all`: whether the plan may say which round it was, and why."""

    round: Round
    proposals: tuple[Proposal, ...]
    known_to_all: bool

    def named(self, statement: str) -> Proposal | None:
        return next((each for each in self.proposals if each.candidate.statement == statement), None)

    def origin(self, proposal: Proposal) -> Origin:
        """Where a priority came from, as everybody who reads the plan may know it."""
        statement = proposal.candidate.statement
        if not self.known_to_all:
            return Origin(statement)
        because = f"From the round due on {plain_day(self.round.due_on)}. {proposal.reason}"
        return Origin(statement, self.round.pk, because)


def proposed_for(area: LocalArea, reach: Reach, today: date) -> Proposed | None:
    """What the area's last signed-off round proposes, as far as this person may know of it."""
    signed = queries.signed_off(reach).filter(area=area).order_by("-due_on", "-signed_off_at", "-pk")
    last = signed.first()
    if last is None:
        return None
    before = signed.filter(
        purpose=last.purpose, instrument__code=last.instrument.code, due_on__lt=last.due_on
    )
    candidates = _candidates(last, before.first(), _elsewhere(last, today))
    return Proposed(last, proposed(candidates), known_to_all(last, today))


def _candidates(last: Round, before: Round | None, elsewhere: dict[int, list[Scored]]) -> list[Candidate]:
    now = queries.agreed_scores(last)
    earlier = queries.agreed_scores(before) if before else {}
    instrument = queries.instrument_of(last)
    wished = {row.statement: as_wished(row).times for row in work.wishes_of(last.area, last.pk)}
    others = {str(number): rounds for number, rounds in elsewhere.items()}
    found = []
    for statement in instrument.statement:
        score = now[statement.code].score if statement.code in now else None
        if score is None:
            continue
        old = earlier[statement.code].score if statement.code in earlier else None
        level = instrument.level_named(statement.level)
        found.append(
            Candidate(
                statement.code,
                statement.principle,
                level.name if level else statement.level,
                score,
                change=None if old is None else score - old,
                wanted=wished.get(statement.code),
                movability=movability(others, statement.code, score),
            )
        )
    return found


def _elsewhere(round: Round, today: date) -> dict[int, list[Scored]]:
    """What other areas' rounds with the same instrument agreed: of those that all may know of. One query."""
    rounds = queries.signed_off(programmes_view(today)).exclude(area=round.area)
    rows = Agreed.objects.filter(
        round__in=rounds.filter(instrument__code=round.instrument.code).values("pk"),
        superseded_at=None,
    ).values_list("round__area", "statement", "round__due_on", "score")
    found: dict[int, list[Scored]] = defaultdict(list)
    for area, statement, on, score in rows:
        if score is not None:
            found[area].append(Scored(statement, on, score))
    return found
