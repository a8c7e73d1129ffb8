"""The layers of an extract, built once and kept: from here on no table of the extract is read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis

from ithrive.periods import Quarter
from ithrive.records.engine import Engine
from ithrive.records.features import Rules, Sites
from ithrive.records.features.assessments import assessments, first_scores
from ithrive.records.features.clock_stops import clock_stops, first_marks
from ithrive.records.features.contacts import (
    contact_quarters,
    contacts,
    first_contacts,
    first_contacts_of_spells,
    indirect_activity,
    indirect_quarters,
)
from ithrive.records.features.crisis import crisis_responses
from ithrive.records.features.hospital import act_periods, adult_ward_stays, hospital_stays
from ithrive.records.features.numbers import numbers, of_referrals
from ithrive.records.features.people import people
from ithrive.records.features.plans import agreements, safety_plans
from ithrive.records.features.reckoning import Table, quarters_table
from ithrive.records.features.referrals import latest_referrals, months_sent, referrals
from ithrive.records.features.spells import spells, with_spells
from ithrive.records.features.teams import teams
from ithrive.records.features.treatments import activities, eating_disorder_starts, first_interventions
from ithrive.records.grouping.assignment import grouping_events, with_grouping
from ithrive.records.indicators.asked import asked
from ithrive.records.indicators.events import answers, digital_starts, drop_ins, in_quarters, sessions
from ithrive.records.indicators.people_frame import people_frame
from ithrive.records.indicators.referral_frame import referral_frame
from ithrive.records.indicators.registry import Over
from ithrive.records.indicators.spell_frame import spell_frame, spell_quarters
from ithrive.records.outcomes.pairs import outcome_pairs
from ithrive.records.reading import Extract


@dataclass(frozen=True)
class Layers:
    """What indicators are worked out from. `of` maps what they go over to one table, a row for each and
    quarter, with `site`, `quarter` and `grouping` (NULL where not known).
    """

    engine: Engine
    of: Mapping[Over, Table]
    quarters: tuple[Quarter, ...]
    sites: tuple[str, ...]
    months: Table  # site, quarter, months: how many of the three months somebody of the site submitted
    read: Mapping[str, int]  # rows of each table read


# What the layers of referrals and of people take from that of spells.
ASKED_BY_OTHERS = ("spell", "person", "ends_on", "year_opens", "from_newest")


class _Keeper:
    """Computes a table once, under a name of our own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, name: str, table: Table) -> Table:
        kept = self._engine.materialise(f"layer_{name}", table)
        # DuckDB makes a sum of whole numbers wider than any; Spark does not. Layers hold int64 on both.
        wide = [column for column, kind in kept.schema().items() if kind.is_decimal()]
        return kept.mutate(**{column: kept[column].cast("int64") for column in wide}) if wide else kept


def build(
    extract: Extract,
    *,
    quarters: Sequence[Quarter],
    sites: Sites,
    rules: Rules | None = None,
    recorded: Table | None = None,
) -> Layers:
    """Every layer of an extract, for these quarters and sites. Both modes stand on the same layers.

    `recorded` holds groupings that sites recorded themselves: UniqServReqID, day, grouping (our codes).
    The extract must hold no duplicate rows and only the last submission of each provider and month.
    """
    rules = rules or Rules()
    keep = _Keeper(extract.engine)
    time = keep("time", quarters_table(quarters))
    known_teams = keep("teams", teams(extract))
    sent = keep("months_sent", months_sent(extract))
    latest = keep("latest_referrals", latest_referrals(extract, known_teams, sent))
    numbered = keep("numbers", numbers(latest))
    persons = keep("persons", people(extract, rules))
    placed = keep("placed_referrals", referrals(extract, latest, numbered, persons, sites, rules))
    referred = keep("referred", with_spells(placed))
    met = keep("contacts", contacts(extract, known_teams, numbered))
    acts = keep("activities", activities(extract, met))
    indirect = keep("indirect", indirect_activity(extract, known_teams, numbered))
    scored = keep("scored", assessments(extract, acts, numbered))
    by_quarter = keep("contact_quarters", contact_quarters(met))
    indirect_by_quarter = keep("indirect_quarters", indirect_quarters(indirect))
    firsts = keep("first_contacts", first_contacts(met))
    agreed = keep("agreed", agreements(extract, sites, numbered, rules))
    whole = keep("spells", spells(referred))
    marks = first_marks(
        referred, firsts, indirect, first_scores(scored), first_interventions(acts, indirect, rules)
    )
    frame = spell_frame(
        time,
        whole,
        referred,
        keep("spell_quarters", spell_quarters(referred, by_quarter, indirect_by_quarter)),
        first_contacts_of_spells(firsts, referred),
        keep("clock_stops", clock_stops(whole, marks, agreed)),
        of_referrals(extract.table("MHS105").select("UniqServReqID", "OnwardReferDate"), numbered),
    )
    events = keep("grouping_events", grouping_events(extract, scored, referred, numbered, rules, recorded))
    framed = keep(
        "spell_frame", asked(with_grouping(frame, events, time, rules), Over.SPELLS, *ASKED_BY_OTHERS)
    )
    by_referral = referral_frame(
        time,
        referred,
        framed,
        by_quarter,
        indirect_by_quarter,
        firsts,
        crisis_responses(met, referred),
        eating_disorder_starts(acts, referred, rules),
        outcome_pairs(scored, firsts, rules),
    )
    by_person = people_frame(
        time, referred, framed, by_quarter, indirect_by_quarter, safety_plans(extract, numbered)
    )
    stays = keep("stays", hospital_stays(extract, referred, numbered))
    return Layers(
        engine=extract.engine,
        of={
            Over.SPELLS: framed,
            Over.REFERRALS: keep("referral_frame", asked(by_referral, Over.REFERRALS)),
            Over.PEOPLE: keep("people_frame", asked(by_person, Over.PEOPLE)),
            Over.STAYS: in_quarters(time, stays, "starts", "ends"),
            Over.WARD_STAYS: in_quarters(
                time, keep("ward_stays", adult_ward_stays(extract, stays)), "starts", "ends", year=True
            ),
            Over.ACT_PERIODS: in_quarters(
                time, act_periods(extract, referred, numbered, rules), "day", "day", year=True
            ),
            Over.SESSIONS: in_quarters(time, sessions(extract, sites), "day", "day"),
            Over.DROP_INS: in_quarters(time, drop_ins(extract, sites, rules), "day", "day"),
            Over.DIGITAL_STARTS: in_quarters(time, digital_starts(extract, referred, numbered), "day", "day"),
            Over.ANSWERS: in_quarters(time, keep("answers", answers(scored, referred, rules)), "day", "day"),
        },
        quarters=tuple(quarters),
        sites=sites.names,
        months=_months(sent, referred),
        read=_rows_read(extract),
    )


COUNTED_TABLES = (
    "MHS101",
    "MHS201",
    "MHS204",
    "MHS301",
    "MHS302",
    "MHS205",
    "MHS401",
    "MHS501",
    "MHS502",
    "MHS606",
    "MHS607",
)


def _rows_read(extract: Extract) -> dict[str, int]:
    counts = [
        extract.table(name).aggregate(table=ibis.literal(name), rows=ibis._.count())
        for name in COUNTED_TABLES
    ]
    found = extract.engine.connection.to_pyarrow(ibis.union(*counts)).to_pylist()
    return {row["table"]: row["rows"] for row in found}


def _months(sent: Table, referred: Table) -> Table:
    """For each site and quarter, how many months any of its providers submitted."""
    rows = (
        sent.join(referred.select("site", "sent_by").distinct(), "sent_by").select("site", "month").distinct()
    )
    # UniqMonthID 1 is April 1900, and quarter 7600 begins with January 1900.
    rows = rows.mutate(quarter=((rows.month + 2) // 3 + 7600).cast("int64"))
    return rows.group_by("site", "quarter").agg(months=ibis._.count())
