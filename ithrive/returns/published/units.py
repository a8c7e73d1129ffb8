"""What a published figure counts or measures, told from its own words; and why some figures do not add up."""

import re
from typing import Final

NUMBER: Final = "number"
PEOPLE: Final = "people"
PERCENT: Final = "percent"
SHARE: Final = "share of 1"
RATE: Final = "rate"
DAYS: Final = "days"
WEEKS: Final = "weeks"
MONEY: Final = "GBP"
ADDED = (NUMBER, PEOPLE, MONEY)

# Kinds of area as a sentence names them.
AREAS_IN_WORDS: Final = {
    "ccg": "CCGs",
    "sub-icb": "sub-ICB locations",
    "stp": "partnerships (STPs)",
    "icb": "integrated care boards",
    "region": "regions",
    "health-board": "health boards",
}


def unit_of(title: str) -> str:
    """The unit of a measure of the national data set, from its published name."""
    words = title.casefold()
    if re.match(r"(proportion|%|percent)", words):
        return PERCENT
    if re.search(r"\b(rate|crude rate)\b", words):
        return RATE
    if re.search(r"\b(median|mean|average|percentile)\b", words):
        return DAYS if "day" in words else WEEKS if "week" in words else RATE
    return PEOPLE if re.search(r"\b(people|cyp aged|persons)\b", words) else NUMBER


def why_not_add(unit: str) -> str | None:
    """Why figures of this unit cannot be added up over areas, or None if they can."""
    if unit in ADDED:
        return None
    kind = {PERCENT: "A percentage", SHARE: "A share", RATE: "A rate"}.get(unit, "An average or a percentile")
    return f"{kind} of several areas cannot be made from theirs."
