"""Roles in the Community of Practice, laid on the areas drawn."""

from collections.abc import Iterable, Mapping
from datetime import date

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.spread.layer import Layer, LegendEntry, Shown, legend_of
from ithrive.areas.spread.reach import SCRAP, WHOLE, parts_in
from ithrive.areas.timeline import plain_day

# In the order in which a map names them. Not a ranking: `LEFT` stands last because it is the past.
PUBLIC_ROLES = (MemberRole.ACCELERATOR, MemberRole.MEMBER, MemberRole.PAUSED, MemberRole.LEFT)
ROLE_WORDS = {
    MemberRole.ACCELERATOR: "Accelerator site",
    MemberRole.MEMBER: "Member",
    MemberRole.PAUSED: "Paused",
    MemberRole.LEFT: "Left",
}
COMPARISON_WORDS = "Comparison site (confidential)"
NO_ROLE_WORDS = "Not a member"


def role_shares(
    gazetteer: Gazetteer, memberships: Iterable[Membership], *, geography: str, on: date
) -> dict[str, dict[MemberRole, float]]:
    """For each area of a geography, the share of its children who live where each role is held on a day."""
    found: dict[str, dict[MemberRole, float]] = {}
    for membership in memberships:
        if membership.holds_on(on):
            for part in parts_in(gazetteer, membership.kind, membership.code, geography):
                shares = found.setdefault(part.to_code, {})
                # Two areas of different vintages may overlap: together they are never more than all.
                shares[membership.role] = min(1.0, shares.get(membership.role, 0.0) + part.share_of_to)
    return found


def role_layer(gazetteer: Gazetteer, memberships: Iterable[Membership], *, geography: str, on: date) -> Layer:
    """Roles in the Community of Practice on a day. Memberships the reader may not know of are not given."""
    known = [each for each in memberships if each.holds_on(on)]
    shares = role_shares(gazetteer, known, geography=geography, on=on)
    codes = gazetteer.places_by_geography[geography]
    shown = {code: role_shown(shares.get(code, {})) for code in codes}
    confidential = any(MemberRole.COMPARISON in each for each in shares.values())
    return Layer(
        key="role",
        title=f"Role in the Community of Practice on {plain_day(on)}",
        heading="Role",
        shown=shown,
        legend=legend_of(shown, _ROLE_LEGEND),
        amount_heading="Share of children living where the role is held (%)",
        notes=_left_out(gazetteer, known, geography),
        confidential=confidential,
    )


def _left_out(gazetteer: Gazetteer, memberships: Iterable[Membership], geography: str) -> tuple[str, ...]:
    """Which members cannot be drawn on these areas: never left out in silence."""
    codes = [each.code for each in memberships if not parts_in(gazetteer, each.kind, each.code, geography)]
    if not codes:
        return ()
    return (f"No lineage joins {', '.join(sorted(codes))} to these areas, so their roles are not shown.",)


def role_shown(shares: Mapping[MemberRole, float]) -> Shown:
    """One area's role: the public role held by most of its children, and whether it is also compared."""
    comparison = shares.get(MemberRole.COMPARISON, 0.0)
    role = max(PUBLIC_ROLES, key=lambda each: shares.get(each, 0.0))
    share = shares.get(role, 0.0)
    if share < SCRAP:
        if comparison >= SCRAP:
            return Shown("role-comparison", COMPARISON_WORDS, 100 * comparison)
        return Shown("role-none", NO_ROLE_WORDS, None)
    also = f"; {COMPARISON_WORDS.lower()}" if comparison >= SCRAP else ""
    if share >= WHOLE:
        return Shown(f"role-{role}", ROLE_WORDS[role] + also, 100.0)
    return Shown(f"role-{role}-part", f"{ROLE_WORDS[role]} in part ({share:.0%}){also}", 100 * share)


_ROLE_LEGEND = (
    *(
        LegendEntry(f"role-{role}{ending}", f"{ROLE_WORDS[role]}{words}")
        for role in PUBLIC_ROLES
        for ending, words in (("", ""), ("-part", " in part of the area"))
    ),
    LegendEntry("role-comparison", COMPARISON_WORDS),
    LegendEntry("role-none", NO_ROLE_WORDS),
)
