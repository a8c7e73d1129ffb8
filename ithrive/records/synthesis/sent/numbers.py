"""Identifiers that belong to nobody and yet check out.

NHS numbers: 999 000 0000 to 999 999 9999 are kept for tests and given to nobody. About 900,000 of them have
a right check digit; where there are more people, the others have none, and Person_ID alone tells them apart.
"""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ithrive.records.synthesis.arrays import Ints
from ithrive.records.synthesis.sent.columns import Column, codes, identifiers
from ithrive.records.synthesis.story import Story

REFERRALS_OF_ONE = 100  # at most, so that their numbers do not meet
CONTACTS_OF_ONE = 1_000


@cache
def nhs_numbers() -> Ints:
    """Every number of the range for tests whose check digit is right, in order."""
    first_nine = np.arange(999_000_000, 1_000_000_000)
    total = sum(first_nine // 10 ** (8 - place) % 10 * (10 - place) for place in range(9))
    check = (11 - total % 11) % 11
    whole = first_nine * 10 + check
    # Ten times the same digit is no number, whatever its check digit says.
    return np.asarray(whole[(check < 10) & (whole != 9_999_999_999)])


def nhs_number(person: Ints) -> Column:
    known = nhs_numbers()
    missing = person >= len(known)
    return pc.cast(pa.array(known[np.where(missing, 0, person)], mask=missing), pa.string())


def local_patients(story: Story, person: Ints) -> Column:
    return identifiers("P", story.people.number[person])


def person_ids(story: Story, person: Ints) -> Column:
    return identifiers("SYNTHETIC", story.people.number[person])


def referral_numbers(story: Story) -> Ints:
    """A number of each referral, unique over batches: the person's, and the how-manyeth it is of theirs."""
    person = story.referrals.person
    first = np.searchsorted(person, person, side="left")
    return np.asarray(story.people.number[person] * REFERRALS_OF_ONE + np.arange(len(person)) - first)


def teams(places: Ints, listed: tuple[str, ...]) -> Column:
    """Local identifiers of teams: every provider has one of each kind."""
    return codes(places, [f"T-{code}" for code in listed])
