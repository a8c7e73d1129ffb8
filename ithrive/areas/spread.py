"""What each area of a spread map shows: its role, the support it was given, the last contact, an attribute.

Roles and support are held by the areas of one vintage and drawn on those of another. What lies between
is followed through the lineage, so an area drawn may hold a role in full or in part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ithrive.areas.gazetteer import Attribute, Gazetteer
from ithrive.areas.lineage import Part, crossing
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.timeline import plain_day
from ithrive.problems import BadInput

AreaKey = tuple[str, str]  # kind, code

# Shares are rounded in the official files: this much of an area is all of it.
WHOLE = 0.995
# Less than this of an area is a scrap along its border, not a part of it.
SCRAP = 0.01
MONTH = timedelta(days=30.4375)
YEAR = timedelta(days=365)

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
UNKNOWN_WORDS = "Not available"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one area shows: a class to draw it by, words to say it in, and the amount behind the words."""

    css_class: str
    words: str
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    css_class: str
    words: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing shown of every area drawn.

    `heading` names what is shown in a column, `amount_heading` the number behind it with its unit.
    """

    key: str
    title: str
    heading: str
    shown: Mapping[str, Shown]
    legend: tuple[LegendEntry, ...]
    amount_heading: str
    notes: tuple[str, ...] = field(default=())
    confidential: bool = False
    of_a_day: bool = True  # whether it differs from one day to another

    def codes_in(self, entry: LegendEntry) -> tuple[str, ...]:
        """The areas that stand under a line of the legend."""
        return tuple(code for code, each in self.shown.items() if each.css_class == entry.css_class)


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


def parts_in(gazetteer: Gazetteer, kind: str, code: str, geography: str) -> Sequence[Part]:
    """The parts of a local area in the areas of a geography; empty where nothing joins it to them."""
    seat = seat_of(gazetteer, kind, code, near=geography)
    if seat is None:
        return ()
    try:
        return crossing(gazetteer, seat, geography).onward.get(code, ())
    except BadInput:
        return ()


def seat_of(gazetteer: Gazetteer, kind: str, code: str, *, near: str) -> str | None:
    """A geography that has the area: the one asked about if it does, otherwise the latest."""
    seats = [
        each
        for each in gazetteer.geographies
        if kind in ("", each.kind) and code in gazetteer.places_by_geography[each.key]
    ]
    if any(each.key == near for each in seats):
        return near
    return max(seats, key=lambda each: each.starts).key if seats else None


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
        legend=_legend(shown, _ROLE_LEGEND),
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


def _legend(shown: Mapping[str, Shown], entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """Those lines of a legend under which an area stands."""
    used = {each.css_class for each in shown.values()}
    return tuple(entry for entry in entries if entry.css_class in used)


_SUPPORT_BANDS = (
    (2.0, "Up to 2 days"),
    (5.0, "More than 2, up to 5 days"),
    (10.0, "More than 5, up to 10 days"),
)
_SUPPORT_LEGEND = (
    LegendEntry("nothing", "None recorded"),
    *(LegendEntry(f"shade-{number}", words) for number, (_, words) in enumerate(_SUPPORT_BANDS, start=2)),
    LegendEntry("shade-5", "More than 10 days"),
)


def support_layer(gazetteer: Gazetteer, days: Mapping[AreaKey, float], *, geography: str, on: date) -> Layer:
    """Days of direct support in the year up to a day; `days` by the area to which they were given."""
    given = _shared_out(gazetteer, days, geography)
    shown = {code: _support_shown(given.get(code, 0.0)) for code in gazetteer.places_by_geography[geography]}
    return Layer(
        key="support",
        title=f"Direct support given in the 12 months to {plain_day(on)}",
        heading="Days given",
        shown=shown,
        legend=_legend(shown, _SUPPORT_LEGEND),
        amount_heading="Days of direct support",
        notes=_shared_out_note(gazetteer, days, geography),
    )


def _shared_out(gazetteer: Gazetteer, days: Mapping[AreaKey, float], geography: str) -> dict[str, float]:
    given: dict[str, float] = {}
    for (kind, code), amount in days.items():
        for part in parts_in(gazetteer, kind, code, geography):
            given[part.to_code] = given.get(part.to_code, 0.0) + amount * part.share_of_from
    return given


def _shared_out_note(gazetteer: Gazetteer, days: Mapping[AreaKey, float], geography: str) -> tuple[str, ...]:
    divided = [key for key in days if len(parts_in(gazetteer, *key, geography)) > 1]
    if not divided:
        return ()
    return ("Days given to an area with other boundaries are shared out by where its children live.",)


def _support_shown(days: float) -> Shown:
    if days < SCRAP:
        return Shown("nothing", "None recorded", 0.0)
    for number, (most, _) in enumerate(_SUPPORT_BANDS, start=2):
        if days <= most:
            return Shown(f"shade-{number}", days_words(days), days)
    return Shown("shade-5", days_words(days), days)


def days_words(days: float) -> str:
    """ "1 day", "2.5 days"."""
    return f"{days:.2f}".rstrip("0").rstrip(".") + (" day" if days == 1 else " days")


_CONTACT_BANDS = (
    (3, "shade-5", "Within 3 months"),
    (6, "shade-4", "3 to 6 months before"),
    (12, "shade-3", "6 to 12 months before"),
)
_CONTACT_LEGEND = (
    *(LegendEntry(css_class, words) for _, css_class, words in _CONTACT_BANDS),
    LegendEntry("shade-2", "More than 12 months before"),
    LegendEntry("nothing", "None recorded"),
    LegendEntry("shade-unknown", "Not shown to you"),
)


def last_contact_layer(
    gazetteer: Gazetteer,
    contacts: Mapping[AreaKey, date],
    *,
    geography: str,
    on: date,
    seen: frozenset[AreaKey] | None = None,
) -> Layer:
    """The last support given up to a day. `seen`: the areas whose log the reader may see (None: all)."""
    latest = _latest(gazetteer, contacts, geography)
    visible = None if seen is None else _touched(gazetteer, seen, geography)
    shown = {
        code: _contact_shown(latest.get(code), on)
        if visible is None or code in visible
        else Shown("shade-unknown", "Not shown to you")
        for code in gazetteer.places_by_geography[geography]
    }
    return Layer(
        key="last-contact",
        title=f"Last support given, up to {plain_day(on)}",
        heading="Last support",
        shown=shown,
        legend=_legend(shown, _CONTACT_LEGEND),
        amount_heading="Days since the last support",
    )


def _touched(gazetteer: Gazetteer, keys: Iterable[AreaKey], geography: str) -> frozenset[str]:
    return frozenset(
        part.to_code
        for key in keys
        for part in parts_in(gazetteer, *key, geography)
        if part.share_of_to >= SCRAP
    )


def _latest(gazetteer: Gazetteer, contacts: Mapping[AreaKey, date], geography: str) -> dict[str, date]:
    latest: dict[str, date] = {}
    for (kind, code), day in contacts.items():
        for part in parts_in(gazetteer, kind, code, geography):
            if part.share_of_to >= SCRAP:
                latest[part.to_code] = max(day, latest.get(part.to_code, day))
    return latest


def _contact_shown(day: date | None, on: date) -> Shown:
    if day is None:
        return Shown("nothing", "None recorded")
    since = on - day
    for months, css_class, _ in _CONTACT_BANDS:
        if since <= months * MONTH:
            return Shown(css_class, plain_day(day), since.days)
    return Shown("shade-2", plain_day(day), since.days)


def attribute_layer(gazetteer: Gazetteer, attribute: Attribute, *, geography: str) -> Layer:
    """An attribute in at most five bands that hold about as many areas each."""
    values = {
        each.code: each.value
        for each in gazetteer.values
        if each.attribute == attribute.key and each.geography == geography
    }
    tops = band_tops([value for value in values.values() if value is not None])
    shown = {code: _value_shown(values.get(code), tops) for code in gazetteer.places_by_geography[geography]}
    return Layer(
        key=attribute.key,
        title=attribute_title(attribute),
        heading=attribute.unit.capitalize(),
        shown=shown,
        legend=_legend(shown, _value_legend(shown.values(), tops)),
        amount_heading=f"{attribute.title} ({attribute.unit})",
        notes=_higher_means(attribute),
        of_a_day=False,
    )


def attribute_title(attribute: Attribute) -> str:
    """The title with its vintage, unless it names it already."""
    title, vintage = attribute.title, attribute.vintage
    return title if vintage in title else f"{title}, {vintage}"


def band_tops(values: Sequence[float], bands: int = 5) -> tuple[float, ...]:
    """The highest value of each band, lowest band first; fewer bands where values are equal."""
    ordered = sorted(values)
    tops = [
        ordered[(number * len(ordered)) // bands - 1]
        for number in range(1, bands + 1)
        if number * len(ordered) >= bands
    ]
    return tuple(dict.fromkeys(tops))


def _band(value: float, tops: Sequence[float]) -> int:
    return next(number for number, top in enumerate(tops, start=1) if value <= top)


def _value_shown(value: float | None, tops: Sequence[float]) -> Shown:
    if value is None:
        return Shown("shade-unknown", UNKNOWN_WORDS)
    return Shown(f"shade-{_band(value, tops)}", amount_words(value), value)


def _value_legend(shown: Iterable[Shown], tops: Sequence[float]) -> Iterable[LegendEntry]:
    amounts: dict[str, list[float]] = {}
    for each in shown:
        if each.amount is not None:
            amounts.setdefault(each.css_class, []).append(each.amount)
    for number in range(1, len(tops) + 1):
        inside = amounts[f"shade-{number}"]
        low, high = amount_words(min(inside)), amount_words(max(inside))
        yield LegendEntry(f"shade-{number}", low if low == high else f"{low} to {high}")
    yield LegendEntry("shade-unknown", UNKNOWN_WORDS)


def amount_words(amount: float) -> str:
    """A number as people read it: at most three figures after a small one, thousands with a comma."""
    if abs(amount) >= 1000:
        return f"{amount:,.0f}"
    text = f"{amount:.2f}" if abs(amount) < 10 else f"{amount:.1f}"
    return text.rstrip("0").rstrip(".")


def _higher_means(attribute: Attribute) -> tuple[str, ...]:
    return (f"A higher figure means {attribute.higher_means}.",) if attribute.higher_means else ()
