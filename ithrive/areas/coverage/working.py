"""Coverage handed out: a row for each area to download, and the sentence the programme publishes."""

from math import floor

from ithrive.areas.coverage.change import CoverageChange
from ithrive.areas.coverage.values import Coverage, MemberShare
from ithrive.areas.timeline import plain_day


def working_rows(coverage: Coverage) -> list[dict[str, object]]:
    """A row for each area of the geography, to be downloaded. People add up to the totals exactly."""
    return [
        {
            "geography": coverage.geography.key,
            "code": line.code,
            "name": line.name,
            "on": coverage.on.isoformat(),
            "ages": coverage.ages.label,
            "mid_year": coverage.mid_year,
            "population": line.population,
            "covered_share": line.share,
            "covered_people": line.covered,
            "covered_people_at_most": line.at_most,
            "members": "; ".join(_said(share) for share in line.members),
        }
        for line in coverage.lines
    ]


def _said(share: MemberShare) -> str:
    member = share.member
    role, where = member.membership.role, f"{member.place.code}, {member.geography.key}"
    return f"{member.place.name} ({where}, {role}): {share.share:.6f}"


def sentence(coverage: Coverage) -> str:
    """The figure as the programme says it, with a share that never rounds to none or to all."""
    whose = f"{coverage.country}'s children and young people aged {coverage.ages.label} live"
    if not coverage.areas_counted:
        return f"No local areas are members, so none of {whose} in one"
    areas = "1 local area" if coverage.areas_counted == 1 else f"{coverage.areas_counted} local areas"
    least, most = rounded(coverage.share), rounded(coverage.share_at_most)
    return f"{areas}, in which {least if least == most else f'at least {least}'} of {whose}"


def change_sentence(change: CoverageChange) -> str:
    """How many more or fewer children and young people live in member areas than on the first day."""
    since, ages = plain_day(change.before.on), change.after.ages.label
    if not change.people:
        return f"As many children and young people aged {ages} live in member areas as on {since}"
    direction = "more" if change.people > 0 else "fewer"
    points = 100 * abs(change.share)
    size = "less than 0.1" if points < 0.05 else f"{points:.1f}"
    return (
        f"{abs(change.people):,} {direction} children and young people aged {ages} live in member areas "
        f"than on {since} ({size} percentage points {direction})"
    )


def rounded(share: float) -> str:
    """A whole per cent; "less than 1%" and "more than 99%" rather than a false none or all."""
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 <= share < 1:
        return "more than 99%"
    return f"{floor(100 * share + 0.5)}%"
