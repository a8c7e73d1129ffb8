"""People in each quarter: one row for each site, person and quarter."""

from typing import Any

import ibis
from ibis import _

from ithrive.measures.figures import grouping_codes
from ithrive.records.features.reckoning import Table, age_on, beside
from ithrive.records.model import team_types

FLAGS = ("qualifies", "supported", "at_access", "at_crisis", "at_risk")


def people_frame(
    time: Table, referred: Table, framed: Table, contacts: Table, indirect: Table, plans: Table
) -> Table:
    """Flags: qualifies (MHS95, twelve months); supported, at_access, at_crisis (in the quarter); at_risk (in
    Getting Risk Support at the quarter's end); with_plan (crisis or safety plan within twelve months).
    """
    acts = ibis.union(_direct(referred, contacts), _indirect(referred, indirect))
    quarters = time.select("quarter", "opens", "closes", "year_opens")
    rows = acts.join(quarters, [acts.acted <= quarters.quarter, acts.acted >= quarters.quarter - 3])
    now = rows.acted == rows.quarter
    rows = rows.select(
        "site",
        "person",
        "quarter",
        "qualifies",
        **{name: rows[name] & now for name in ("supported", "at_access", "at_crisis")},
        at_risk=ibis.literal(False),
    )
    at_risk = framed.filter(framed.counted, framed.is_open, framed.grouping == "getting-risk-support").select(
        "site",
        "person",
        "quarter",
        **dict.fromkeys(("qualifies", "supported", "at_access", "at_crisis"), ibis.literal(False)),
        at_risk=ibis.literal(True),
    )
    every = (
        ibis.union(rows, at_risk)
        .group_by("site", "person", "quarter")
        .agg(**{name: _[name].cast("int64").max() == 1 for name in FLAGS})
    )
    every = beside(beside(every, quarters, "quarter"), _grouping(framed), "site", "person", "quarter")
    every = beside(every, _circumstances(referred), "person")
    return beside(every, _with_plan(plans, quarters), "person", "quarter").mutate(
        with_plan=_.with_plan.fill_null(False)
    )


def _direct(referred: Table, contacts: Table) -> Table:
    rows = contacts.join(referred, "referral")
    access = rows.team_type.isin(sorted(team_types("single_point_of_access"))).fill_null(False)
    crisis = rows.team_type.isin(sorted(team_types("crisis_response"))).fill_null(False)
    own = rows.first_at_own.notnull()
    return _acts(
        rows,
        qualifying=rows.first_qualifying,
        supported=rows.attended > 0,
        at_access=rows.first_at_access.notnull() | (own & access),
        at_crisis=rows.first_at_crisis.notnull() | (own & crisis),
    )


def _indirect(referred: Table, indirect: Table) -> Table:
    rows = indirect.join(referred, "referral")
    access = rows.team_type.isin(sorted(team_types("single_point_of_access"))).fill_null(False)
    own = rows.indirect_at_own.notnull()
    return _acts(
        rows,
        qualifying=rows.first_indirect,
        supported=ibis.literal(True),
        at_access=rows.indirect_at_access.notnull() | (own & access),
        at_crisis=ibis.literal(False),
    )


def _acts(rows: Table, *, qualifying: Any, **flags: Any) -> Table:
    """Access (MHS95) needs a child at referral and at the contact, resident in England or of unknown home."""
    child = age_on(rows.born, qualifying).between(0, 17).fill_null(False)
    counts = rows.counted & child & rows.lives_in_england.fill_null(True)
    flags = {name: flag & rows.counted for name, flag in flags.items()}
    return rows.select("site", "person", acted=rows.quarter, qualifies=counts, **flags)


def _grouping(framed: Table) -> Table:
    """The grouping of the newest spell that was open at any time of the twelve months, one known first."""
    lately = framed.ends_on.isnull() | (framed.ends_on >= framed.year_opens)
    rows = framed.filter(lately, framed.grouping.notnull())
    # As one whole number, the newest is the least, and engines need not put spells in order.
    places = dict(enumerate(grouping_codes()))
    place = rows.grouping.cases(*((code, place) for place, code in places.items()))
    rows = rows.mutate(word=rows.from_newest * len(places) + place)
    said = rows.group_by("site", "person", "quarter").agg(word=_.word.min())
    return said.mutate(grouping=(said.word % len(places)).cases(*places.items())).drop("word")


def _circumstances(referred: Table) -> Table:
    return referred.select(
        "person", "most_deprived", "of_other_ethnicity", "looked_after", "autism_or_ld"
    ).distinct()


def _with_plan(plans: Table, quarters: Table) -> Table:
    rows = plans.cross_join(quarters).filter(_.day >= _.year_opens, _.day < _.closes)
    return rows.select("person", "quarter").distinct().mutate(with_plan=True)
