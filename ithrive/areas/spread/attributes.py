"""A figure known of areas, in bands that hold about as many areas each."""

from collections.abc import Iterable, Sequence

from ithrive.areas.gazetteer import Attribute, Gazetteer
from ithrive.areas.spread.layer import UNKNOWN_WORDS, Layer, LegendEntry, Shown, legend_of


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
        legend=legend_of(shown, _value_legend(shown.values(), tops)),
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
