"""A release of the demonstration's figures: the latest quarter that most areas have signed off."""

from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Country
from ithrive.web.overview.demonstration.cast import CAST
from ithrive.web.overview.release_figures import figures_at, public_members, quarters_at_hand
from ithrive.web.overview.releases import prepare
from ithrive.web.publications.actions import release_figures
from ithrive.web.publications.models import Release
from ithrive.web.rights import Role

# A few, so that it loads quickly. Small numbers are many in M1 and R1, few in D1, and others shield them.
SHOWN = ("H2", "H3", "M1", "R1", "D1")
MOST_OF_THEM = 0.6


def load_release(country: Country) -> Release | None:
    """Prepared by the programme's person and released by the evaluator, as two people would. None where
    no quarter was signed off by most members.
    """
    quarter = next(
        (
            each
            for each in quarters_at_hand(country)
            if (members := [area.pk for area in public_members(country, [each])])
            and len(figures_at(members, [each], None, "H3")) >= MOST_OF_THEM * len(members)
        ),
        None,
    )
    if quarter is None:
        return None
    found = prepare(
        country=country,
        title=f"Figures for {quarter.label}",
        quarters=[quarter],
        chosen=SHOWN,
        rule="programme",
        by=_person(Role.PROGRAMME),
    )
    release_figures(release=found, by=_person(Role.EVALUATOR))
    return found


def _person(role: Role) -> Person:
    acted = next(each for each in CAST if each.role is role)
    return Person.objects.get(email=acted.email)
