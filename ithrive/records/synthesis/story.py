"""The life stories of one batch of people: all that happened, before anything is written down."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints, Rng
from ithrive.records.synthesis.besides import Besides, draw_digital, draw_onward
from ithrive.records.synthesis.calendar import Calendar
from ithrive.records.synthesis.contacts import Contacts, Indirect, draw_contacts, draw_indirect
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.people import People, draw_people
from ithrive.records.synthesis.plans import Plans, draw_plans
from ithrive.records.synthesis.referrals import Referrals, draw_referrals, seen_end, sending
from ithrive.records.synthesis.scores import Scores, draw_scores, seen_of
from ithrive.records.synthesis.settings import Settings
from ithrive.records.synthesis.stays import ActPeriods, Stays, draw_act_periods, draw_stays
from ithrive.records.synthesis.views import Recorded, Views, draw_recorded, draw_views


@dataclass(frozen=True)
class Story:
    country: Country
    people: People
    referrals: Referrals
    contacts: Contacts
    indirect: Indirect
    scores: Scores
    views: Views
    recorded: Recorded
    plans: Plans
    stays: Stays
    act_periods: ActPeriods
    onward: Besides
    digital: Besides

    @cached_property
    def months_sent(self) -> tuple[Ints, Ints, Flags]:
        """First and last month in which each referral was sent, and whether its end was not."""
        return sending(self.referrals, self.country)

    @cached_property
    def visible(self) -> Flags:
        first, last, _ = self.months_sent
        return np.asarray(first <= last)

    @cached_property
    def seen_end(self) -> Ints:
        """The day each referral ends as far as can be seen."""
        return seen_end(self.referrals, self.country)


def country_of(settings: Settings) -> Country:
    return Country(settings.sites, Calendar(settings.first_month, settings.months))


def random_of(settings: Settings, *parts: int) -> Rng:
    """Draws of their own for each part, so that any can be made alone and in any order."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([settings.seed, *parts])))


def tell(settings: Settings, batch: int) -> Story:
    """The stories of one batch, 0 … settings.batches - 1."""
    rng, country = random_of(settings, 0, batch), country_of(settings)
    first = batch * settings.batch_size
    people = draw_people(rng, country, first, min(settings.batch_size, settings.people - first))
    referrals = draw_referrals(rng, people, country)
    contacts = draw_contacts(rng, referrals, country)
    seen = seen_of(contacts, len(referrals))
    stays = draw_stays(rng, people, referrals, country)
    return Story(
        country=country,
        people=people,
        referrals=referrals,
        contacts=contacts,
        indirect=draw_indirect(rng, referrals, country),
        scores=draw_scores(rng, people, referrals, contacts, seen),
        views=draw_views(rng, referrals, contacts, seen),
        recorded=draw_recorded(rng, referrals, country),
        plans=draw_plans(rng, referrals, country),
        stays=stays,
        act_periods=draw_act_periods(rng, stays, referrals, country),
        onward=draw_onward(rng, referrals, country),
        digital=draw_digital(rng, referrals, country),
    )
