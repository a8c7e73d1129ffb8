"""What happened, as the tables of the data set in version 6: who sends which row in which month."""

from collections.abc import Iterator

from ithrive.records.synthesis.arrays import Rng
from ithrive.records.synthesis.sent.of_contacts import activity_sheet, contact_sheet, indirect_sheet
from ithrive.records.synthesis.sent.of_people import people_sheets
from ithrive.records.synthesis.sent.of_plans import plan_sheets
from ithrive.records.synthesis.sent.of_referrals import (
    digital_sheet,
    months_of_referrals,
    onward_sheet,
    other_team_sheet,
    referral_sheet,
)
from ithrive.records.synthesis.sent.of_scores import score_sheets
from ithrive.records.synthesis.sent.of_services import service_sheets
from ithrive.records.synthesis.sent.of_stays import stay_sheets
from ithrive.records.synthesis.sent.sheet import MARK, MARKED, Sheet
from ithrive.records.synthesis.story import Story

__all__ = ["MARK", "MARKED", "Sheet", "service_sheets", "sheets"]


def sheets(story: Story, rng: Rng, copies: float) -> Iterator[Sheet]:
    """Every table of a batch, one after the other: only one need be in memory."""
    of, month = months_of_referrals(story)
    yield from people_sheets(story, of, month)
    yield referral_sheet(story, of, month)
    yield other_team_sheet(story, of, month)
    yield onward_sheet(story)
    yield contact_sheet(story, rng, copies)
    yield activity_sheet(story)
    yield indirect_sheet(story)
    yield digital_sheet(story)
    yield from score_sheets(story)
    yield from plan_sheets(story)
    yield from stay_sheets(story)
