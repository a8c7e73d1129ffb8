"""Finding rounds and what was said in them, always through the person who asks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from ithrive.areas.membership import MemberRole
from ithrive.assessments.life import State
from ithrive.assessments.moderation import Raters, why_not_see_ratings
from ithrive.assessments.ratings import AgreedScore
from ithrive.assessments.ratings import Rating as RatingValue
from ithrive.framework.instrument import Instrument
from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.accounts.reach import roles_on
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.reach import Reach
from ithrive.web.assessments.models import (
    Agreed,
    InstrumentVersion,
    Purpose,
    RaterOnRound,
    Rating,
    Round,
    Submission,
)
from ithrive.web.rights import RIGHTS, Right


def rounds(reach: Reach) -> QuerySet[Round]:
    """The rounds that a person may know of.

    The area's own people know all of theirs. Others know evaluated rounds and shared reflections, and of the
    rounds that a study holds at a comparison site only if they may know of comparison sites.
    """
    others = Q(area__in=reach.having(Right.SEE_ROUNDS)) & (
        Q(purpose=Purpose.EVALUATED) | Q(shared_at__isnull=False)
    )
    found = Round.objects.select_related("area__country", "instrument").defer("instrument__content")
    if not reach.may(Right.SEE_COMPARISON):
        found = found.alias(compared=_compared())
        others &= ~Q(compared=True)
    return found.filter(Q(area__in=reach.having(Right.SEE_REFLECTION)) | others)


def rounds_of(reach: Reach, area: LocalArea) -> QuerySet[Round]:
    """The rounds of one area that a person may know of, the latest first. The missed ones stay among them."""
    return rounds(reach).filter(area=area).order_by("-due_on", "purpose", "pk")


def signed_off(reach: Reach) -> QuerySet[Round]:
    """The rounds whose scores stand, and that the person may know of."""
    return rounds(reach).filter(state=State.SIGNED_OFF)


def at_comparison_site(round: Round) -> bool:
    return Round.objects.filter(pk=round.pk).filter(_compared()).exists()


def _compared() -> Q:
    """A study's round at what is a comparison site on the due day."""
    on = OuterRef("due_on")
    role = Membership.objects.filter(
        Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gt=on),
        area=OuterRef("area"), role=MemberRole.COMPARISON,
    )  # fmt: skip
    return Q(Exists(role)) & ~Q(study="")


def due(reach: Reach, today: date) -> QuerySet[Round]:
    """What is due: windows open today, and rounds that nobody held in theirs, the most pressing first."""
    waiting = rounds(reach).filter(state__in=[State.SCHEDULED, State.OPEN], window_opens__lte=today)
    return waiting.order_by("window_closes", "area__name", "pk")


def unfinished(reach: Reach) -> QuerySet[Round]:
    """Rounds that everyone has rated and whose scores do not stand yet, the longest first."""
    waiting = rounds(reach).filter(state__in=[State.MODERATING, State.LOCKED])
    return waiting.order_by("submitted_at", "area__name", "pk")


def my_tasks(reach: Reach, person: Person) -> QuerySet[RaterOnRound]:
    """The rounds that a person is asked to rate, open or to come, and has not submitted."""
    asked = named().filter(person=person, submitted_at=None, round__in=rounds(reach))
    waiting = asked.filter(round__state__in=[State.SCHEDULED, State.OPEN])
    return waiting.select_related("round__area__country").order_by("round__window_closes", "pk")


def named() -> QuerySet[RaterOnRound]:
    """Everyone asked to rate, those taken off their round left out."""
    return RaterOnRound.objects.filter(withdrawn_at=None)


def raters_of(round: Round) -> list[RaterOnRound]:
    return list(named().filter(round=round).select_related("person").order_by("pk"))


def rater_of(round: Round, person: object) -> RaterOnRound | None:
    """The person as a rater of the round, if they are one."""
    return named().filter(round=round, person=person).first() if isinstance(person, Person) else None


def counted(raters: Iterable[RaterOnRound]) -> Raters:
    """How many rate, and how many submitted: all that is said of ratings before everyone has."""
    done = [each.submitted_at is not None for each in raters]
    return Raters(len(done), sum(done))


def ratings_of(rater: RaterOnRound) -> dict[str, Rating]:
    """One rater's own ratings by statement, as last saved: for that rater alone until all have submitted."""
    return {each.statement: each for each in rater.ratings.all()}


def ratings_of_all(round: Round, raters: Sequence[RaterOnRound]) -> list[RatingValue]:
    """What every rater says now; nothing while ratings are blind. One query for any number of raters."""
    if why_not_see_ratings(State(round.state), counted(raters)):
        return []
    found = Rating.objects.filter(rater__in=raters).order_by("rater", "pk")
    return [as_value(each, str(each.rater_id)) for each in found]


def blind_ratings(round: Round, raters: Sequence[RaterOnRound]) -> list[RatingValue]:
    """What every rater said before they could see the others: what agreement is worked out from."""
    if why_not_see_ratings(State(round.state), counted(raters)):
        return []
    found: list[RatingValue] = []
    seen: set[int] = set()
    for each in Submission.objects.filter(rater__in=raters, blind=True).order_by("-at", "-pk"):
        if each.rater_id not in seen:
            seen.add(each.rater_id)
            found += [
                RatingValue(statement, str(each.rater_id), **said) for statement, said in each.ratings.items()
            ]
    return found


def as_value(rating: Rating, rater: str) -> RatingValue:
    return RatingValue(rating.statement, rater, rating.score, rating.cannot_rate, rating.evidence)


def agreed_now(round: Round) -> dict[str, Agreed]:
    """The agreed scores in force, by statement: for those who moderate until the round is signed off."""
    return {each.statement: each for each in round.agreed.filter(superseded_at=None)}


def agreed_scores(round: Round) -> dict[str, AgreedScore]:
    """The scores that stand for the area, by statement; none before the round is signed off."""
    if round.state != State.SIGNED_OFF:
        return {}
    return {code: as_agreed(each) for code, each in agreed_now(round).items()}


def as_agreed(row: Agreed) -> AgreedScore:
    return AgreedScore(row.statement, row.score, row.reason, row.low, row.high)


def every_agreed(round: Round) -> list[Agreed]:
    """Every score ever agreed on a round, with those that later ones took the place of, oldest first."""
    return list(round.agreed.select_related("agreed_by").order_by("statement", "agreed_at", "pk"))


def instruments() -> list[InstrumentVersion]:
    """Every version that a round can be made with, the newest of each first."""
    return list(InstrumentVersion.objects.defer("content").order_by("title", "-imported_at", "-pk"))


def countries_of(areas: QuerySet[LocalArea]) -> list[tuple[str, str]]:
    """The countries in which these areas lie, by name: (name, slug) of each."""
    found = areas.order_by("country__name").values_list("country__name", "country__slug")
    return list(found.distinct())


def instrument_of(round: Round) -> Instrument:
    """The version that the round was made with, whatever was imported since."""
    return _read(round.instrument_id, round.instrument.imported_at)


@lru_cache(maxsize=32)
def _read(number: int, imported_at: datetime) -> Instrument:
    # What was imported never changes; the moment tells it from another database's row of that number.
    content = InstrumentVersion.objects.values_list("content", flat=True).get(pk=number)
    return Instrument.model_validate(content)


def newer_version(round: Round) -> InstrumentVersion | None:
    """A later version of the round's instrument, if one was imported since."""
    same = InstrumentVersion.objects.filter(code=round.instrument.code).defer("content")
    return same.filter(imported_at__gt=round.instrument.imported_at).order_by("-imported_at").first()


def may_rate(round: Round, today: date) -> list[Person]:
    """Who could be asked to rate: by a role in the area, or everywhere; inside the wall for a reflection."""
    needed = {Right.RATE} | ({Right.SEE_REFLECTION} if round.purpose == Purpose.REFLECTION else set())
    roles = [role for role, rights in RIGHTS.items() if needed <= rights]
    held = roles_on(today).filter(Q(area=round.area_id) | Q(area=None), role__in=roles)
    return list(Person.objects.filter(is_active=True, roles__in=held).distinct().order_by("name", "pk"))


def leads_of(area: LocalArea, today: date) -> list[Person]:
    held: QuerySet[RoleHeld] = roles_on(today).filter(area=area, role="lead", person__is_active=True)
    return [each.person for each in held.select_related("person").order_by("person__name", "pk")]
