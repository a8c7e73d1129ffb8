"""How many children live in areas: what rates over the population are out of."""

from collections.abc import Iterable
from datetime import date

from ithrive.areas.ages import CHILDREN
from ithrive.areas.populations import populations
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import LocalArea


def children_in(areas: Iterable[LocalArea], quarter: Quarter) -> dict[int, int]:
    """Children and young people who live in each area, where that is known; by the area's number."""
    people: dict[int, int] = {}
    last_day = date.fromordinal(quarter.ends.toordinal() - 1)
    for area in areas:
        gazetteer = gazetteer_of(area.country.slug)
        for geography in gazetteer.geographies:
            place = gazetteer.places_by_geography[geography.key].get(area.code)
            if geography.kind != area.kind or place is None or not geography.holds_on(last_day):
                continue
            try:
                estimate = populations(gazetteer, geography.key, CHILDREN)
            except BadInput:  # no population was loaded: there are no rates then
                continue
            people[area.pk] = estimate.people[area.code]
    return people
