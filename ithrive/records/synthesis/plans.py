"""Care plans: made, agreed with somebody, and renewed. They are sent while the referral is."""

from dataclasses import dataclass, fields

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, Rng, between, chance, pick, some_days
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.pathways import of_pathway
from ithrive.records.synthesis.referrals import Referrals, sending

PLAN_TYPES = ("10", "11", "12", "13", "14")
SAFETY = (1, 2)  # urgent and emergency care plan, crisis plan
AGREED_BY = ("10", "12", "13", "14")
BY_THE_YOUNG_PERSON = 0
FAMILY = ("Y", "N", "X", "")
WITH_FAMILY = 0


@dataclass(frozen=True)
class Plans:
    """One row a plan that was sent. `renewed` and `agreed` are NEVER where it was not, or nobody sent it."""

    referral: Ints
    kind: Ints
    created: Ints
    renewed: Ints
    agreed: Ints
    agreed_by: Ints
    family: Ints

    @property
    def shared(self) -> Flags:
        """Agreed with the young person or family."""
        together = (self.agreed_by == BY_THE_YOUNG_PERSON) | (self.family == WITH_FAMILY)
        return np.asarray((self.agreed < NEVER) & together)


def draw_plans(rng: Rng, referrals: Referrals, country: Country) -> Plans:
    crisis = of_pathway(lambda each: each.crisis)[referrals.pathway] > 0
    wanted = (referrals.booked > 0) & chance(rng, np.where(crisis, 0.6, 0.4), len(referrals))
    of = np.flatnonzero(wanted)
    count = len(of)
    until = np.minimum(np.minimum(referrals.active_until, referrals.ended), country.calendar.closes - 1)[of]
    created = between(rng, referrals.received[of], until + 1, count)
    later = created + 1 + some_days(rng, 80, count)
    renewed = np.where(chance(rng, 0.4, count) & (later <= until), later, NEVER)
    then = created + some_days(rng, 6, count)
    agreed = np.where(chance(rng, 0.8, count) & (then <= until), then, NEVER)
    kinds = np.where(crisis[of], pick(rng, (20, 20, 55, 0, 5), count), pick(rng, (70, 4, 12, 6, 8), count))
    drawn = Plans(
        referral=of,
        kind=kinds,
        created=created,
        renewed=renewed,
        agreed=agreed,
        agreed_by=pick(rng, (55, 15, 20, 10), count),
        family=pick(rng, (15, 40, 10, 35), count),
    )
    return _as_sent(drawn, referrals, country)


def _as_sent(plans: Plans, referrals: Referrals, country: Country) -> Plans:
    """What a reader can know: a plan goes with its referral, from the month on in which it happened."""
    _, last, _ = sending(referrals, country)

    def known(day: Ints) -> Flags:
        month = country.calendar.month_of(np.minimum(day, country.calendar.closes))
        provider = referrals.provider[plans.referral]
        return np.asarray((day < NEVER) & (country.next_sent[provider, month] <= last[plans.referral]))

    values = {field.name: getattr(plans, field.name) for field in fields(plans)}
    values["renewed"] = np.where(known(plans.renewed), plans.renewed, NEVER)
    values["agreed"] = np.where(known(plans.agreed), plans.agreed, NEVER)
    there = known(plans.created)
    return Plans(**{name: value[there] for name, value in values.items()})
