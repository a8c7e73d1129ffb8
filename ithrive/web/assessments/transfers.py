"""What of rounds a person may take away: in a number of queries that does not grow with the rounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from ithrive.assessments.export import ExportedRound
from ithrive.assessments.life import State
from ithrive.assessments.moderation import why_not_see_ratings
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.web.accounts.models import Person
from ithrive.web.areas.reach import Reach
from ithrive.web.assessments import queries
from ithrive.web.assessments.access import may
from ithrive.web.assessments.models import Agreed, PastRating, RaterOnRound, Round, Submission
from ithrive.web.rights import Right


def exported(rounds: Iterable[Round], reach: Reach, person: Person) -> list[ExportedRound]:
    """Each round with the scores that this person may see; those with nothing to see are left out.

    `rounds` come from `queries.rounds`. Raters' own scores are for those who rated, moderate or sign off, and
    only once they are no longer blind; agreed scores are for all who know the round, once it is signed off.
    """
    given = list(rounds)
    raters, agreed = _raters(given), _agreed(given)
    blind, past = _blind(given), _past(given)
    found = []
    for round in given:
        named = raters[round.pk]
        sees = _sees_ratings(round, named, reach, person)
        ratings, views = _ratings(round, named, blind, past) if sees else (None, {})
        stands = agreed[round.pk] if round.state == State.SIGNED_OFF else None
        if ratings is not None or stands is not None:
            found.append(_exported(round, ratings, views, stands))
    return found


def _exported(
    round: Round,
    ratings: Sequence[Rating] | None,
    views: Mapping[str, str],
    agreed: Mapping[str, AgreedScore] | None,
) -> ExportedRound:
    return ExportedRound(
        country=round.area.country.slug,
        area_kind=round.area.kind,
        area_code=round.area.code,
        area_name=round.area.name,
        number=round.pk,
        purpose=round.purpose,
        study=round.study,
        due_on=round.due_on,
        held_on=timezone.localdate(round.submitted_at)
        if round.submitted_at and not round.imported_from
        else None,
        imported=bool(round.imported_from),
        instrument=queries.instrument_of(round),
        ratings=ratings,
        views=views,
        agreed=agreed,
    )


def _sees_ratings(round: Round, named: Sequence[RaterOnRound], reach: Reach, person: Person) -> bool:
    if round.imported_from:
        return True
    if why_not_see_ratings(State(round.state), queries.counted(named)):
        return False
    rated = any(each.person_id == person.pk for each in named)
    return rated or may(reach, Right.MODERATE, round) or may(reach, Right.SIGN_OFF, round)


def _ratings(
    round: Round,
    named: Sequence[RaterOnRound],
    blind: Mapping[int, Sequence[Rating]],
    past: Mapping[int, Sequence[Rating]],
) -> tuple[list[Rating], dict[str, str]]:
    """The ratings of a round under labels without names, and the view of each label."""
    if round.imported_from:
        by_rater: dict[str, list[Rating]] = defaultdict(list)
        for each in past[round.pk]:
            by_rater[each.rater].append(each)
        return _labelled((given, "") for given in by_rater.values())
    return _labelled((blind[each.pk], each.view) for each in named)


def _labelled(given: Iterable[tuple[Sequence[Rating], str]]) -> tuple[list[Rating], dict[str, str]]:
    ratings, views = list[Rating](), dict[str, str]()
    for number, (each, view) in enumerate(given, 1):
        label = f"Rater {number}"
        views[label] = view
        ratings += [Rating(rating.statement, label, rating.score, rating.cannot_rate) for rating in each]
    return ratings, views


def _raters(rounds: Sequence[Round]) -> Mapping[int, list[RaterOnRound]]:
    found: dict[int, list[RaterOnRound]] = defaultdict(list)
    for each in queries.named().filter(round__in=rounds).order_by("pk"):
        found[each.round_id].append(each)
    return found


def _blind(rounds: Sequence[Round]) -> Mapping[int, list[Rating]]:
    """What each rater said while blind, by the rater's number: the last time they submitted so."""
    found: dict[int, list[Rating]] = defaultdict(list)
    submitted = Submission.objects.filter(rater__round__in=rounds, blind=True).order_by("at", "pk")
    for each in submitted:
        found[each.rater_id] = [
            Rating(statement, "", said["score"], said["cannot_rate"])
            for statement, said in each.ratings.items()
        ]
    return found


def _past(rounds: Sequence[Round]) -> Mapping[int, list[Rating]]:
    found: dict[int, list[Rating]] = defaultdict(list)
    for each in PastRating.objects.filter(round__in=rounds).order_by("pk"):
        found[each.round_id].append(Rating(each.statement, each.rater, each.score, each.cannot_rate))
    return found


def _agreed(rounds: Sequence[Round]) -> Mapping[int, dict[str, AgreedScore]]:
    found: dict[int, dict[str, AgreedScore]] = defaultdict(dict)
    rows = Agreed.objects.filter(round__in=rounds, superseded_at=None)
    told = rows.values_list("round", "statement", "score", "reason", "low", "high")
    for round, statement, score, reason, low, high in told:
        found[round][statement] = AgreedScore(statement, score, reason, low, high)
    return found
