"""Scored answers as they are sent: with the activity they were given in (MHS607), or a referral (MHS606)."""

from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import Ints
from ithrive.records.synthesis.scores import CONCEPTS, TENTHS
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import referral_numbers
from ithrive.records.synthesis.sent.of_contacts import contact_numbers
from ithrive.records.synthesis.sent.sheet import Sheet, send
from ithrive.records.synthesis.story import Story
from ithrive.records.synthesis.views import VIEW_CONCEPTS

EVERY = (*CONCEPTS, *VIEW_CONCEPTS)
_AT_NOON = 43_200


@dataclass(frozen=True)
class _Answers:
    referral: Ints
    contact: Ints
    day: Ints
    concept: Ints
    score: Ints


def score_sheets(story: Story) -> list[Sheet]:
    answers = _every_answer(story)
    return [_alone(story, answers), _in_contacts(story, answers)]


def _every_answer(story: Story) -> _Answers:
    scores, views = story.scores, story.views
    items = views.ratings.shape[1]

    def both(one: Ints, other: Ints) -> Ints:
        return np.concatenate([one, other])

    return _Answers(
        referral=both(scores.referral, np.repeat(views.referral, items)),
        contact=both(scores.contact, np.repeat(views.contact, items)),
        day=both(scores.day, np.repeat(views.day, items)),
        concept=both(scores.concept, len(CONCEPTS) + np.tile(np.arange(items), len(views.day))),
        score=both(scores.score, views.ratings.ravel() * TENTHS),
    )


def _alone(story: Story, answers: _Answers) -> Sheet:
    rows = np.flatnonzero(answers.contact < 0)
    month = story.country.calendar.month_of(answers.day[rows])
    sent = send(story.country, rows, month, story.referrals.provider[answers.referral[rows]])
    row = sent.row
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[answers.referral[row]]),
        "CodedAssToolType": to.codes(answers.concept[row], EVERY),
        "PersScore": to.tenths(answers.score[row]),
        "AssToolCompTimestamp": to.moments(answers.day[row], np.full(len(row), _AT_NOON)),
    }
    return Sheet("MHS606CodedScoreAssessmentRefer", sent, columns)


def _in_contacts(story: Story, answers: _Answers) -> Sheet:
    rows = np.flatnonzero(answers.contact >= 0)
    month = story.country.calendar.month_of(answers.day[rows])
    sent = send(story.country, rows, month, story.referrals.provider[answers.referral[rows]])
    row = sent.row
    columns = {
        "CareActID": to.identifiers("A", contact_numbers(story)[answers.contact[row]]),
        "CodedAssToolType": to.codes(answers.concept[row], EVERY),
        "PersScore": to.tenths(answers.score[row]),
    }
    return Sheet("MHS607CodedScoreAssessmentAct", sent, columns)
