"""Scored assessments of every kind, with the referral and the day: MHS606, and MHS607 through its contact."""

import ibis

from ithrive.records.features.codes import NO_SCORE
from ithrive.records.features.numbers import of_referrals
from ithrive.records.features.reckoning import Table
from ithrive.records.model import concepts
from ithrive.records.reading import Extract


def assessments(extract: Extract, activities: Table, numbered: Table) -> Table:
    """Columns: referral, day, concept, score (NULL where it is none: 888, 999, no number)."""
    both = ibis.union(_with_referral(extract, numbered), _in_contacts(extract, activities))
    score = both.given.try_cast("float64")
    rows = both.mutate(score=score.isin(NO_SCORE).ifelse(None, score)).drop("given")
    return rows.filter(rows.day.notnull(), rows.concept.notnull())


def _with_referral(extract: Extract, numbered: Table) -> Table:
    rows = extract.table("MHS606")
    rows = rows.select(
        "UniqServReqID",
        day=rows.AssToolCompTimestamp.date(),
        concept=rows.CodedAssToolType,
        given=rows.PersScore,
    )
    return of_referrals(rows, numbered).select("referral", "day", "concept", "given")


def _in_contacts(extract: Extract, activities: Table) -> Table:
    rows = extract.table("MHS607")
    rows = rows.select("UniqCareActID", "UniqMonthID", concept=rows.CodedAssToolType, given=rows.PersScore)
    rows = rows.join(
        activities, [rows.UniqCareActID == activities.activity, rows.UniqMonthID == activities.month]
    )
    return rows.select("referral", "day", "concept", "given")


def first_scores(scored: Table) -> Table:
    """One row a referral with any assessment, and the first day of each kind: of an outcome (outcome_on with
    a score, outcome_official_on whatever its score), of a goal's score (goal_on), of a rating on Current View
    (current_view_on).
    """
    view = scored.concept.isin(sorted(current_view_concepts()))
    goal = scored.concept.isin(sorted(concepts("goal_scores")))
    rows = scored.mutate(
        is_outcome=~view & scored.score.notnull(),
        is_official=~view,
        is_goal=goal & scored.score.between(0, 10).fill_null(False),
        is_rating=view & scored.score.between(0, 3).fill_null(False),
    )
    return rows.group_by("referral").agg(
        outcome_on=rows.day.min(where=rows.is_outcome),
        outcome_official_on=rows.day.min(where=rows.is_official),
        goal_on=rows.day.min(where=rows.is_goal),
        current_view_on=rows.day.min(where=rows.is_rating),
    )


def current_view_concepts() -> frozenset[str]:
    """The items of Current View, which describes a young person and measures no outcome."""
    names = ("current_view_problem", "current_view_context", "current_view_education")
    return frozenset().union(*(concepts(name) for name in names))
