"""The truth that was planted: every figure that records can tell, worked out from the stories as drawn.

Nothing here reads a table or runs an indicator. Definitions are those of MEASURES.md section 9, corrected
where the official rule has a quirk; beside them, where they part, what the official rule gives.
"""

import numpy as np

from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.sent.of_referrals import months_of_referrals
from ithrive.records.synthesis.services import Services
from ithrive.records.synthesis.story import Story
from ithrive.records.synthesis.truth import of_events
from ithrive.records.synthesis.truth.figures import TrueFigure, true_figures
from ithrive.records.synthesis.truth.of_people import OfPeople
from ithrive.records.synthesis.truth.of_referrals import OfReferrals
from ithrive.records.synthesis.truth.of_spells import OfSpells
from ithrive.records.synthesis.truth.outcomes import outcomes_of
from ithrive.records.synthesis.truth.quarters import window
from ithrive.records.synthesis.truth.referral_facts import ReferralFacts
from ithrive.records.synthesis.truth.spell_facts import SpellFacts
from ithrive.records.synthesis.truth.tally import OFFICIALLY, Tally

__all__ = ["Tally", "TrueFigure", "empty_tally", "tally_services", "tally_story", "true_figures"]


def empty_tally(country: Country) -> Tally:
    nothing = np.zeros_like(country.sent)
    return Tally(len(country.sites), len(country.calendar.quarters), nothing)


def tally_story(story: Story) -> Tally:
    """What one batch of people adds to each figure."""
    quarters = story.country.calendar.quarters
    tally = empty_tally(story.country)
    of, month = months_of_referrals(story)
    tally.sent[story.referrals.provider[of], month] = True
    referrals = ReferralFacts(story)
    spells = SpellFacts(referrals)
    outcomes = {"": outcomes_of(referrals), OFFICIALLY: outcomes_of(referrals, official=True)}
    for place, quarter in enumerate(quarters):
        here = window(place, quarter)
        OfSpells(spells, here, tally).add()
        OfReferrals(spells, outcomes, here, tally).add()
        OfPeople(spells, here, tally).add()
        of_events.add_stays(referrals, here, tally)
        of_events.add_act_periods(referrals, here, tally)
        of_events.add_answers(referrals, here, tally)
        of_events.add_digital_starts(referrals, here, tally)
    return tally


def tally_services(services: Services) -> Tally:
    """What services add that name nobody."""
    tally = empty_tally(services.country)
    for place, quarter in enumerate(services.country.calendar.quarters):
        of_events.add_services(services, window(place, quarter), tally)
    return tally
