"""Brings the demonstration's returns into the database: past ones whole and at once, the last by steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Avg
from django.utils import timezone

from ithrive.areas.ages import CHILDREN
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.populations import populations
from ithrive.assessments.life import Purpose
from ithrive.evaluation.demonstration import StudySite
from ithrive.evaluation.demonstration.sites import STARTS, STARTS_LATE, relationships_of
from ithrive.evaluation.demonstration.truth import USUAL_DOSE
from ithrive.measures import Cell, FigureKey
from ithrive.returns import ReturnedFigure
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Agreed
from ithrive.web.history.record import Author
from ithrive.web.overview.demonstration.community import JOINING, KIND, LEADING
from ithrive.web.overview.demonstration.returns.asked_about import send_and_ask
from ithrive.web.overview.demonstration.returns.filled_in import filled_in, methods_of
from ithrive.web.overview.demonstration.returns.story import FIRST, ReturnTold, returns_told
from ithrive.web.overview.demonstration.round_rows import noon
from ithrive.web.overview.demonstration.round_story import STUDY
from ithrive.web.overview.demonstration.seed import SEED
from ithrive.web.returns.actions import PastReturn, PastVersion, bring_in_returns
from ithrive.web.returns.models import QuarterlyReturn

SENT_AGAIN = FIRST + 13  # the quarter for which Ada's area sent a second version
WHY_AGAIN = "Eleven referrals of one team were counted twice."
COUNTED_TWICE = {FigureKey("A4", "received"): 11, FigureKey("A4", "not-accepted"): 3}
NOTES = "Figures of the demonstration: nobody was counted."

Doses = Mapping[str, Sequence[tuple[date, float]]]


def load_returns(
    gazetteer: Gazetteer, roles: Sequence[Membership], areas: Mapping[str, LocalArea], by: Author
) -> None:
    """Every return owed by today. `areas` are the local areas by code."""
    today = timezone.localdate()
    by_name = {area.name: code for code, area in areas.items() if area.ends is None}
    sites, doses = _sites(gazetteer, roles), _doses()
    told = list(returns_told(roles, today, due=by_name[LEADING], queried=by_name[JOINING]))
    people = {person.email.split("@")[0]: person for person in Person.objects.all()}
    past = [_past(each, sites[each.code], doses, areas[each.code], people) for each in told]
    made = bring_in_returns(returns=past, by=by)
    asked_about = max(
        (each for each in zip(told, made, strict=True) if each[0].code == by_name[JOINING]),
        key=lambda each: each[0].quarter,
    )
    _ask(*asked_about, sites[by_name[JOINING]], people)


def _ask(owed: ReturnTold, found: QuarterlyReturn, site: StudySite, people: Mapping[str, Person]) -> None:
    send_and_ask(
        found=found,
        figures=filled_in(owed, site, USUAL_DOSE, everything=False),
        methods=methods_of(everything=False),
        sender=people["cam"],
        asker=people["eve"],
    )


def _sites(gazetteer: Gazetteer, roles: Sequence[Membership]) -> dict[str, StudySite]:
    """Every area as a site of the figures' story. The last accelerator by code begins two quarters late."""
    accelerators = sorted(each.code for each in roles if each.role is MemberRole.ACCELERATOR)
    starts = dict.fromkeys(accelerators, STARTS) | {accelerators[-1]: STARTS_LATE}
    people: dict[str, int] = {}
    for geography in gazetteer.geographies:
        if geography.kind == KIND:
            people |= populations(gazetteer, geography.key, CHILDREN).people
    return {
        code: StudySite(code, count, relationships_of(code, SEED), starts.get(code))
        for code, count in people.items()
    }


def _doses() -> Doses:
    """The mean agreed score of every evaluated round of the study, by area, the earliest first. One query."""
    agreed = Agreed.objects.filter(
        round__purpose=Purpose.EVALUATED.value, round__study=STUDY, superseded_at=None
    )
    rows = agreed.order_by("round__due_on").values_list("round__area__code", "round__due_on")
    found: dict[str, list[tuple[date, float]]] = {}
    for code, day, score in rows.annotate(mean=Avg("score")):
        found.setdefault(code, []).append((day, score))
    return found


def _dose(doses: Doses, owed: ReturnTold) -> float:
    """What was agreed last before the quarter began: a dose comes before what it is to explain."""
    known = [score for day, score in doses.get(owed.code, ()) if day < owed.quarter.starts]
    return known[-1] if known else USUAL_DOSE


def _past(
    owed: ReturnTold, site: StudySite, doses: Doses, area: LocalArea, people: Mapping[str, Person]
) -> PastReturn:
    versions: list[PastVersion] = []
    submitted, signed_off = noon(owed.submitted_on), noon(owed.signed_off_on)
    if submitted and signed_off:
        leading = area.name == LEADING
        figures = filled_in(owed, site, _dose(doses, owed), everything=leading)
        version = PastVersion(
            figures,
            submitted,
            signed_off,
            submitted_by=people["ben"] if leading else None,
            signed_off_by=people["liv"] if leading else None,
            methods=methods_of(everything=leading),
            notes=NOTES,
        )
        versions = _sent_again(version) if leading and owed.quarter == SENT_AGAIN else [version]
    return PastReturn(area, owed.quarter, owed.due_on, owed.closes_on, versions, owed.study)


def _sent_again(version: PastVersion) -> list[PastVersion]:
    """The version as it was first, with some counted twice, and the one that took its place."""
    wrong = {
        key: ReturnedFigure(Cell.of((version.figures[key].cell.number or 0) + more))
        for key, more in COUNTED_TWICE.items()
    }
    days = version.signed_off_at - version.submitted_at
    later = replace(
        version,
        submitted_at=version.signed_off_at + days * 3,
        signed_off_at=version.signed_off_at + days * 4,
        resubmitted_because=WHY_AGAIN,
    )
    return [replace(version, figures={**version.figures, **wrong}), later]
