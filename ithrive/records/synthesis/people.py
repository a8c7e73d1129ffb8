"""Young people who never were: from birth to 25, of every ethnic group, in places that are nowhere."""

from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import Ints, Rng, between, chance, pick
from ithrive.records.synthesis.country import MOST_DEPRIVED, NEIGHBOURHOODS, Country

GENDERS = ("1", "2", "3", "X")
ETHNICITIES = ("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "Z", "99")
_ETHNIC_WEIGHTS = (62, 1, 6, 2, 1, 1, 2, 2, 4, 2, 2, 1, 3, 1, 1, 2, 4, 3)
LOOKED_AFTER = ("N", "Y", "X")
CONDITIONS = ("1", "2", "3", "4", "5", "U", "")  # the last: nothing recorded
ABROAD = "W01Z00001"  # over the border, in no neighbourhood that is
# How often somebody of each age from 0 to 25 is first referred.
_AGES = (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 16, 15, 12, 5, 4, 3, 3, 2, 2, 2, 1)


@dataclass(frozen=True)
class People:
    """One row a person of the batch. `home` is a place in `Country.homes`, then ABROAD, then not known."""

    number: Ints  # unique over batches
    site: Ints
    born: Ints
    first_referred: Ints
    gender: Ints
    ethnicity: Ints
    home: Ints
    looked_after: Ints
    autism: Ints
    learning_disability: Ints


def draw_people(rng: Rng, country: Country, first: int, count: int) -> People:
    calendar = country.calendar
    site = pick(rng, country.weights, count)
    referred = between(rng, calendar.opens, calendar.closes, count)
    age = pick(rng, _AGES, count)
    born = referred - np.floor(age * 365.2425).astype(np.int64) - between(rng, 0, 365, count)
    return People(
        number=np.arange(first, first + count),
        site=site,
        born=born,
        first_referred=referred,
        gender=pick(rng, (47, 47, 3, 3), count),
        ethnicity=pick(rng, _ETHNIC_WEIGHTS, count),
        home=_homes(rng, country, site),
        looked_after=pick(rng, (88, 5, 7), count),
        autism=pick(rng, (5, 3, 3, 3, 62, 6, 18), count),
        learning_disability=pick(rng, (2, 1, 1, 1, 70, 5, 20), count),
    )


def _homes(rng: Rng, country: Country, site: Ints) -> Ints:
    """The most deprived fifth of neighbourhoods holds more than a fifth of those referred."""
    count, nowhere = len(site), len(country.homes) + 1
    deprived = chance(rng, 0.3, count)
    low = np.where(deprived, 0, MOST_DEPRIVED)
    high = np.where(deprived, MOST_DEPRIVED, NEIGHBOURHOODS)
    home = site * NEIGHBOURHOODS + between(rng, low, high, count)
    special = rng.random(count)
    return np.where(special < 0.01, nowhere - 1, np.where(special < 0.025, nowhere, home))
