"""One row a referral, in its latest state, with its person, its teams and its site."""

from functools import reduce
from operator import or_

import ibis
from ibis import _

from ithrive.records.features.codes import DIGITAL_PROVIDERS, EATING_DISORDER, FIRST_EPISODE, URGENT
from ithrive.records.features.reckoning import Table, age_on, beside, first_of, month_after, newest
from ithrive.records.features.rules import Rules
from ithrive.records.features.sites import Sites
from ithrive.records.features.teams import other_teams
from ithrive.records.model import team_types
from ithrive.records.reading import Extract

# What the layers ask of a referral, besides its numbers and its site.
KEPT = (
    "provider",
    "sent_by",
    "team_type",
    "other_crisis",
    "received",
    "received_second",
    "priority",
    "reason",
    "rejected_on",
    "reject_reason",
    "closed_on",
    "close_reason",
    "ends_on",
    "born",
    "age",
    "counted",
    "hospital",
    "left_out",
    "lives_in_england",
    "most_deprived",
    "of_other_ethnicity",
    "looked_after",
    "autism_or_ld",
)


def referrals(
    extract: Extract, latest: Table, numbered: Table, people: Table, sites: Sites, rules: Rules
) -> Table:
    """`latest` is `latest_referrals` of the same extract, `numbered` their `numbers`.

    Open referrals are sent again every month; the last row tells how a referral stands.

    `ends_on` is the day of discharge or rejection, whichever came first, or NULL while the referral is open.
    One that the provider stopped sending although it sent later months ends on the first day of the month
    after; it was never discharged, so its `closed_on` stays NULL.
    """
    rows = beside(sites.provider(latest), people, "Person_ID")
    rows = rows.mutate(
        age=age_on(rows.born, rows.received),
        vanished=rows.closed_on.isnull() & rows.rejected_on.isnull() & (rows.last_month < rows.last_sent),
        day=rows.received,
    )
    rows = rows.mutate(
        ends_on=first_of(
            rows.closed_on, rows.rejected_on, rows.vanished.ifelse(month_after(rows.last_month), None)
        ),
        counted=rows.age.between(0, rules.oldest).fill_null(False),
    )
    rows = beside(rows, _with_hospital(extract), "UniqServReqID")
    rows = rows.mutate(hospital=rows.hospital.fill_null(False))
    placed = sites.place(rows.mutate(left_out=_left_out_of_clock_stops(rows)))
    known = numbered.select("UniqServReqID", "referral", "person")
    return placed.join(known, "UniqServReqID").select("referral", "person", "site", *KEPT)


def _with_hospital(extract: Extract) -> Table:
    return extract.table("MHS501").select("UniqServReqID").distinct().mutate(hospital=True)


def _left_out_of_clock_stops(rows: Table) -> ibis.Value:
    """Referrals that the four-week measures (MRS08 to MRS19) leave out; section 2.2 of the reference."""
    urgent = rows.priority.isin(URGENT)
    rules = (
        rows.hospital,
        rows.sent_by.isin(DIGITAL_PROVIDERS),
        rows.team_type.isin(sorted(team_types("single_point_of_access"))) & urgent,
        (rows.reason == EATING_DISORDER)
        & rows.team_type.notin(sorted(team_types("eating_disorder_allowed"))).fill_null(True),
        (rows.reason == FIRST_EPISODE)
        & rows.team_type.isin(sorted(team_types("early_intervention_psychosis"))),
        rows.team_type.isin(sorted(team_types("crisis_and_liaison"))),
        rows.team_type.isin(sorted(team_types("learning_disability"))),
        rows.received < ibis.date(2016, 1, 1),
    )
    return reduce(or_, (rule.fill_null(False) for rule in rules))


def months_sent(extract: Extract) -> Table:
    """One row for each month a provider sent: sent_by, month, and how many rows of referrals."""
    rows = extract.table("MHS101")
    return rows.group_by(sent_by=rows.OrgIDProv, month=rows.UniqMonthID).agg(rows=_.count())


def latest_referrals(extract: Extract, known: Table, sent: Table) -> Table:
    """One row a referral as last sent, with what MHS102 and MHS902 say of its teams (`known`, by `teams`).
    `sent` is `months_sent`.
    """
    rows = newest(extract.table("MHS101"), "UniqServReqID")
    rows = rows.filter(rows.UniqServReqID.notnull(), rows.ReferralRequestReceivedDate.notnull())
    last_sent = sent.group_by(OrgIDProv=sent.sent_by).agg(last_sent=_.month.max())
    rows = beside(rows, last_sent, "OrgIDProv")
    rows = rows.join(known, rows.UniqCareProfTeamID == known.team, how="left").drop("team")
    rows = beside(rows, _others(extract, known), "UniqServReqID")
    return rows.select(
        "UniqServReqID",
        Person_ID=rows.Person_ID.fill_null(rows.UniqServReqID),
        provider=rows.OrgIDProv,
        sent_by=rows.OrgIDProv,
        commissioner=rows.OrgIDComm,
        team=rows.CareProfTeamLocalID,
        team_type=rows.team_type.fill_null(rows.first_other_type),
        other_crisis=rows.other_crisis.fill_null(False),
        received=rows.ReferralRequestReceivedDate,
        received_second=rows.ReferralRequestReceivedTime,
        priority=rows.ClinRespPriorityType,
        reason=rows.PrimReasonReferralMH,
        rejected_on=_once_received(rows, rows.ReferRejectionDate.fill_null(rows.others_rejected_on)),
        reject_reason=rows.ReferRejectReason.fill_null(rows.others_reject_reason),
        closed_on=_once_received(rows, rows.ServDischDate),
        close_reason=rows.ReferClosReason.fill_null(rows.others_close_reason),
        last_month=rows.UniqMonthID,
        last_sent=rows.last_sent,
    )


def _once_received(rows: Table, day: ibis.Value) -> ibis.Value:
    """The day, or NULL where it lies before the referral: no end that could be counted from is known then.

    The national processing rejects such rows (MHS10128); the checks count them.
    """
    return (day >= rows.ReferralRequestReceivedDate).ifelse(day, None)


def _others(extract: Extract, known: Table) -> Table:
    """What MHS102 adds to a referral: before version 6 its teams, rejection and closure stood only there.

    A referral counts as rejected when every team rejected it.
    """
    rows = other_teams(extract, known)
    first = ibis.row_number().over(group_by="UniqServReqID", order_by=["team"])
    rows = rows.mutate(first=first == 0, crisis=rows.team_type.isin(sorted(team_types("crisis"))))
    grouped = rows.group_by("UniqServReqID").agg(
        first_other_type=rows.team_type.max(where=_.first),
        other_crisis=_.crisis.fill_null(False).cast("int64").max() == 1,
        rejections=_.rejected_on.count(),
        services=_.count(),
        rejected_last=_.rejected_on.max(),
        others_reject_reason=_.reject_reason.max(where=_.first),
        others_close_reason=_.close_reason.max(where=_.first),
    )
    everybody = grouped.rejections == grouped.services
    return grouped.mutate(
        others_rejected_on=everybody.ifelse(grouped.rejected_last, None),
        others_reject_reason=everybody.ifelse(grouped.others_reject_reason, None),
    )
