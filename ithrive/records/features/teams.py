"""What kind of team each team is: from MHS902 since version 6, from the referral's own row before it."""

from ithrive.records.features.reckoning import Table, newest
from ithrive.records.reading import Extract


def teams(extract: Extract) -> Table:
    """One row a team: `team` (unique in the country) and `team_type`, as last sent."""
    details = newest(extract.table("MHS902"), "UniqCareProfTeamID")
    known = details.filter(details.UniqCareProfTeamID.notnull())
    return known.select(team=known.UniqCareProfTeamID, team_type=known.ServTeamTypeMH)


def other_teams(extract: Extract, known: Table) -> Table:
    """One row for each team of a referral in MHS102: second and later ones in version 6, all before it."""
    rows = newest(extract.table("MHS102"), "UniqServReqID", "OtherCareProfTeamLocalID")
    joined = rows.left_join(known, rows.UniqOtherCareProfTeamLocalID == known.team)
    return joined.select(
        "UniqServReqID",
        team=joined.OtherCareProfTeamLocalID,
        team_type=joined.ServTeamTypeRefToMH.fill_null(joined.team_type),
        rejected_on=joined.ReferRejectionDate,
        reject_reason=joined.ReferRejectReason,
        close_reason=joined.ReferClosReason,
    )
