"""Direct support laid on the areas drawn: days in a year, and the last contact."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.spread.layer import Layer, LegendEntry, Shown, legend_of
from ithrive.areas.spread.reach import SCRAP, AreaKey, parts_in
from ithrive.areas.timeline import plain_day

MONTH = timedelta(days=30.4375)
YEAR = timedelta(days=365)

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
        legend=legend_of(shown, _SUPPORT_LEGEND),
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
        legend=legend_of(shown, _CONTACT_LEGEND),
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
