"""Questionnaires: outcomes at the beginning and later, goals, and what people said of being involved."""

from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints, Rng, age_on, between, chance, pick
from ithrive.records.synthesis.contacts import Contacts
from ithrive.records.synthesis.people import People
from ithrive.records.synthesis.referrals import Referrals

TENTHS = 10
NOT_ANSWERED = 999 * TENTHS


@dataclass(frozen=True)
class Tool:
    """A scale, in the words of MEASURES.md section 2.4. `better` is 1 where a higher score is better."""

    concept: str
    rater: Literal["self", "parent", "clinician", "goals"]
    low: int
    high: int
    needed: float  # reliable change; 0 where the published threshold is not in points of this score
    better: int
    weight: float
    newer: str = ""  # the concept of the version that took its place, where it is an older one


TOOLS = (
    Tool("718145004", "self", 0, 10, 4, -1, 20),  # SDQ emotional symptoms
    Tool(
        "718147007", "self", 0, 10, 4, 1, 6
    ),  # SDQ prosocial: more is better, whatever the national code says
    Tool("986071000000101", "parent", 0, 10, 4, -1, 15),
    Tool("986111000000107", "parent", 0, 10, 3, 1, 5),
    Tool("720433000", "self", 0, 27, 6, -1, 12),  # PHQ-9
    Tool("989861000000108", "clinician", 0, 4, 2, -1, 10),  # HoNOSCA-CR, emotional
    Tool("989711000000101", "self", 0, 4, 2, -1, 4),  # HoNOSCA-SR
    Tool("716613004", "self", 0, 40, 6.6, 1, 8),  # ORS
    Tool("718466001", "self", 7, 35, 3, 1, 5),  # SWEMWBS
    Tool("718455008", "self", 15, 75, 10, -1, 4),  # SCORE-15: more is worse
    Tool("718655001", "self", 0, 30, 0, -1, 10),  # RCADS depression: its threshold is in T-scores
    # Some first scores still carry the concept of a version before: never drawn by themselves.
    Tool("506701000000100", "self", 0, 27, 6, -1, 0, newer="720433000"),
    Tool("960251000000100", "self", 0, 40, 6.6, 1, 0, newer="716613004"),
)
GOALS = (
    Tool("1034351000000101", "goals", 0, 10, 3, 1, 3),
    Tool("959951000000108", "goals", 0, 10, 3, 1, 1),
)
EXPERIENCE = {  # CHI-ESQ items 1, 4, 6 and 7 of each form
    "9 to 11": ("1035981000000107", "1036011000000105", "1036031000000102", "1036041000000106"),
    "12 to 18": ("1035861000000109", "1035891000000103", "1035911000000100", "1035921000000106"),
    "parent": ("1035681000000101", "1035731000000105", "1035761000000100", "1035771000000107"),
}
SESSION = ("1047381000000103", "1047391000000101")  # SFQ items 1 and 2
BEST_OF_EXPERIENCE, BEST_OF_SESSION = 3, 5
MEASURED = (*TOOLS, *GOALS)
_PLACES = {tool.concept: place for place, tool in enumerate(MEASURED)}
NEWEST = np.array([_PLACES[tool.newer or tool.concept] for tool in MEASURED])
# The version before each, or itself.
BEFORE = np.array(
    [
        next((_PLACES[t.concept] for t in MEASURED if t.newer == tool.concept), _PLACES[tool.concept])
        for tool in MEASURED
    ]
)
CONCEPTS = (
    *(tool.concept for tool in MEASURED),
    *(concept for form in EXPERIENCE.values() for concept in form),
    *SESSION,
)
FIRST_EXPERIENCE = len(MEASURED)
FIRST_SESSION = FIRST_EXPERIENCE + 12
FIRST_GOAL = len(TOOLS)


@dataclass(frozen=True)
class Scores:
    """One row a scored answer. `contact` is where it was given, -1 where it stands on the referral alone."""

    referral: Ints
    contact: Ints  # place in Contacts
    day: Ints
    concept: Ints  # place in CONCEPTS
    score: Ints  # in tenths

    @property
    def answered(self) -> Flags:
        return np.asarray(self.score != NOT_ANSWERED)

    def only(self, wanted: Any) -> "Scores":
        return Scores(*(getattr(self, field.name)[wanted] for field in fields(self)))


@dataclass(frozen=True)
class Seen:
    """The attended contacts of each referral, in order: the place of the n-th is `rows[starts + n]`."""

    rows: Ints
    starts: Ints
    counts: Ints

    def contact(self, referral: Ints, turn: Ints) -> Ints:
        """The contact of that turn, the last where there are fewer."""
        return self.rows[self.starts[referral] + np.minimum(turn, self.counts[referral] - 1)]


def seen_of(contacts: Contacts, referrals: int) -> Seen:
    rows = np.flatnonzero(contacts.attended)
    counts = np.bincount(contacts.referral[rows], minlength=referrals)
    return Seen(rows, np.cumsum(counts) - counts, counts)


def draw_scores(rng: Rng, people: People, referrals: Referrals, contacts: Contacts, seen: Seen) -> Scores:
    with_contact = np.flatnonzero(seen.counts > 0)
    parts = [
        *_measured(rng, with_contact, 0, TOOLS, 0.6, contacts, seen),
        *_measured(rng, with_contact, 0, TOOLS, 0.25, contacts, seen),
        *_measured(rng, with_contact, FIRST_GOAL, GOALS, 0.35, contacts, seen),
        *_experience(rng, people, referrals, with_contact, contacts, seen),
    ]
    whole = Scores(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Scores))
    )
    order = np.lexsort((whole.score, whole.concept, whole.day, whole.referral))
    return _not_twice(whole.only(order))


def _not_twice(scores: Scores) -> Scores:
    """One answer to one question on one day: two tools of the same kind would give two."""
    same = np.zeros(len(scores.day), dtype=bool)
    same[1:] = (
        (scores.referral[1:] == scores.referral[:-1])
        & (scores.day[1:] == scores.day[:-1])
        & (scores.concept[1:] == scores.concept[:-1])
    )
    return scores.only(~same)


def _measured(
    rng: Rng,
    referrals: Ints,
    first: int,
    tools: tuple[Tool, ...],
    share: float,
    contacts: Contacts,
    seen: Seen,
) -> list[Scores]:
    """A scale at the first or second contact, again at the last, and now and then between."""
    of = referrals[chance(rng, share, len(referrals))]
    count = len(of)
    tool = pick(rng, [each.weight for each in tools], count)
    low, high = (np.array([getattr(each, name) for each in tools])[tool] for name in ("low", "high"))
    needed = np.array([each.needed or 6 for each in tools])[tool]
    better = np.array([each.better for each in tools])[tool]
    begins = _round(low + (high - low) * (0.5 - better * rng.uniform(0, 0.35, count)))
    way = np.array([1, -1, 0])[pick(rng, (50, 12, 38), count)] * better
    step = np.where(way == 0, rng.uniform(-0.8, 0.8, count) * needed, way * needed * rng.uniform(1, 2, count))
    ends = np.clip(_round(begins / TENTHS + step), low * TENTHS, high * TENTHS)
    turn = between(rng, 0, 2, count)
    final, middle = chance(rng, 0.72, count), chance(rng, 0.2, count)
    last = np.full(count, 10_000)
    as_sent = np.where(chance(rng, 0.1, count), BEFORE[first + tool], first + tool)
    parts = [
        _row(rng, of, turn, as_sent, begins, contacts, seen),
        _row(rng, of[final], last[final], first + tool[final], ends[final], contacts, seen),
        _row(rng, of[middle], turn[middle] + 2, first + tool[middle], begins[middle], contacts, seen),
    ]
    return [_unanswered(rng, part, high_of(part.concept)) for part in parts]


def high_of(concept: Ints) -> Ints:
    return np.array([tool.high for tool in MEASURED])[concept]


def _round(score: Any) -> Ints:
    return np.asarray(np.round(score)).astype(np.int64) * TENTHS


def _row(
    rng: Rng, of: Ints, turn: Ints, concept: Ints, score: Ints, contacts: Contacts, seen: Seen
) -> Scores:
    """At a contact of that turn; a few are dated some days before it, and stand on the referral."""
    contact = seen.contact(of, turn)
    alone = chance(rng, 0.5, len(of)) | (contacts.procedure[contact] < 0)
    return Scores(of, np.where(alone, -1, contact), contacts.day[contact], concept, score)


def _unanswered(rng: Rng, scores: Scores, high: Ints) -> Scores:
    """Some scores say that there was none (999), a few lie outside the scale."""
    kind = rng.random(len(scores.day))
    beyond = np.where(kind < 0.04, (high + 7) * TENTHS, scores.score)
    score = np.where(kind < 0.03, NOT_ANSWERED, beyond)
    return Scores(scores.referral, scores.contact, scores.day, scores.concept, score)


def _experience(
    rng: Rng, people: People, referrals: Referrals, with_contact: Ints, contacts: Contacts, seen: Seen
) -> list[Scores]:
    """Answers at the last contact, every item on the same day; some leave one out."""
    parts = []
    for first, items, best, share in ((FIRST_EXPERIENCE, 4, 3, 0.12), (FIRST_SESSION, 2, 5, 0.05)):
        of = with_contact[chance(rng, share, len(with_contact))]
        turn = np.full(len(of), 10_000)
        age = age_on(people.born[referrals.person[of]], referrals.received[of])
        form = np.where(age >= 12, 1, np.where(age >= 9, 0, 2)) if items == 4 else np.zeros_like(of)
        pleased = chance(rng, 0.5, len(of))
        short = between(rng, 0, 40, len(of))  # the item left out, if it is one of the form's
        for item in range(items):
            score = np.where(pleased, best, between(rng, 1, best + 1, len(of))) * TENTHS
            row = _row(rng, of, turn, first + items * form + item, score, contacts, seen)
            there = short != item
            parts.append(row.only(there))
    return parts
