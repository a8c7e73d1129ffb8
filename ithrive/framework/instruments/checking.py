"""Holding what a file says against the format of an instrument, each fault at its place in the file."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from ithrive.framework.instrument import Instrument
from ithrive.problems import BadInput, Problem

# The way to something in the entries of a file: ("statement", 3, "anchors", 0).
Way = tuple[int | str, ...]

PATTERNS = {
    "code": "It must be lower-case letters, with hyphens between words (underscores in a statement's code).",
    "level": "It must be lower-case letters, with hyphens between words.",
    "version": "It must be letters and digits, with full stops or hyphens between them.",
}


def checked(entries: Mapping[str, Any], place_of: Callable[[Way], str]) -> Instrument:
    """The instrument that the entries describe. `place_of` says where in the file a way leads.

    Raises BadInput with everything that is wrong.
    """
    try:
        return Instrument.model_validate(entries)
    except ValidationError as error:
        raise BadInput(_problem(each, place_of) for each in error.errors()) from None


def place_in(places: Mapping[Way, str], name: str) -> Callable[[Way], str]:
    """Finds a way's own place, or that of the nearest thing around it; the whole file where there is none."""

    def place_of(way: Way) -> str:
        while way and way not in places:
            way = way[:-1]
        return places.get(way, name)

    return place_of


def _problem(error: Any, place_of: Callable[[Way], str]) -> Problem:
    way: Way = error["loc"]
    what, mend = _in_plain_words(error, str(way[-1]) if way else "")
    return Problem(place_of(way), what, mend)


def _in_plain_words(error: Any, field: str) -> tuple[str, str]:
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "It is missing or empty.", "Fill it in."
        case "extra_forbidden":
            return "There is no such field in an instrument.", "Correct its name, or remove it."
        case "string_pattern_mismatch":
            return f"“{error['input']}” cannot be used here. {PATTERNS[field]}", "Write it so."
        case "string_too_short":
            return "It is empty.", "Fill it in."
        case "string_too_long":
            return f"It is longer than {context['max_length']:,} characters.", "Shorten it."
        case "enum":
            return f"“{error['input']}” is not {context['expected']}.", "Write one of these."
        case "value_error":
            return f"{context['error']}.", "Correct it."
        case _:
            return f"{error['msg']}.", "Correct it."
