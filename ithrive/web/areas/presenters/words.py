"""Numbers, days and sources as every page on areas says them."""

from collections.abc import Iterable
from datetime import date

from ithrive.areas.gazetteer import Gazetteer, Source
from ithrive.areas.timeline import plain_day

NOT_KNOWN = "Not known"
OPEN_GOVERNMENT = "Open Government Licence"


def people(count: float | None) -> str:
    return NOT_KNOWN if count is None else f"{count:,.0f}"


def per_cent(share: float) -> str:
    """A share (0 to 1) in whole per cent, never rounded to none or all where it is neither."""
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 <= share < 1:
        return "more than 99%"
    return f"{share:.0%}"


def lived(starts: date | None, ends: date | None) -> str:
    """Between which days something held; an end is the first day on which it no longer did."""
    if starts is None:
        return f"until {plain_day(ends)}" if ends else "start not known"
    return f"{plain_day(starts)} to {plain_day(ends)}" if ends else f"since {plain_day(starts)}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def kind_title(gazetteer: Gazetteer, kind: str) -> str:
    """What areas of a kind are called together: "Clinical commissioning groups"."""
    titles = [each.title for each in gazetteer.geographies if each.kind == kind]
    return titles[-1].split(",")[0] if titles else kind


def source_line(source: Source) -> str:
    parts = (source.title, source.publisher, source.vintage, source.licence)
    return ", ".join(part for part in parts if part) + "."


def attribution(sources: Iterable[Source]) -> str:
    """The sentence that the licence of official data asks for; empty where no source has that licence."""
    named = (each.publisher for each in sources if OPEN_GOVERNMENT in each.licence)
    publishers = dict.fromkeys(one.strip() for publisher in named for one in publisher.split(";"))
    if not publishers:
        return ""
    return (
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        f"Source: {'; '.join(publishers)}."
    )


def reality(gazetteer: Gazetteer) -> str:
    """Whether the areas on a page are anybody's: said on every page that shows them."""
    country = gazetteer.country
    if country.fictional:
        return (
            f"{country.name} is a fictional country. Its areas, figures, members and support are invented, "
            "and its names are nobody's."
        )
    return (
        f"The areas of {country.name} are real and their figures are official. "
        "No invented person, member or figure is attached to them."
    )
