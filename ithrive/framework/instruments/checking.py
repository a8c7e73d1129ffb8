"""Holding what a file says against the format of an instrument, each fault at its place in the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ithrive.framework.instrument import Instrument
from ithrive.problems import BadInput, Problem

# The way to something in the entries of a file: ("statement", 3, "anchors", 0).
Way = tuple[int | str, ...]

HYPHENS = "It must be lower-case letters, with hyphens between words."
# What may stand in a field, by its name; a statement's code comes first, being a REDCap field name.
PATTERNS = {
    ("statement", "code"): "It must be lower-case letters and digits, with underscores between words.",
    ("version",): "It must be letters and digits, with full stops or hyphens between them.",
}


def checked(entries: Mapping[str, Any], place_of: Callable[[Way], str]) -> Instrument:
    """The instrument that the entries describe. `place_of` says where in the file a way leads.

    Raises BadInput with everything that is wrong, each field and how they fit together.
    """
    between = [*_between(entries, place_of)]
    try:
        return Instrument.model_validate(entries)
    except ValidationError as error:
        # The format looks at how things fit together only once each fits by itself, and then names one.
        alone = [each for each in _told(error.errors()) if each["loc"] or not between]
        raise BadInput([*(_problem(each, place_of) for each in alone), *between]) from None


def _between(entries: Mapping[str, Any], place_of: Callable[[Way], str]) -> Iterator[Problem]:
    """Codes that stand twice, and levels that no statement may have: whatever else is wrong."""
    for table in ("level", "statement"):
        seen = set[str]()
        for number, code in _texts(entries, table, "code"):
            if code in seen:
                what = f"The {table} “{code}” stands twice."
                yield Problem(place_of((table, number, "code")), what, "Give each a code of its own.")
            seen.add(code)
    levels = [code for _, code in _texts(entries, "level", "code")]
    for number, level in _texts(entries, "statement", "level"):
        if levels and level not in levels:
            what = f"There is no level “{level}”."
            mend = f"Write one of these, or add it: {', '.join(levels)}."
            yield Problem(place_of(("statement", number, "level")), what, mend)


def _texts(entries: Mapping[str, Any], table: str, field: str) -> Iterator[tuple[int, str]]:
    """What stands in one field of a table, by the entry's number; what is no text is left out."""
    rows = entries.get(table)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        text = row.get(field) if isinstance(row, Mapping) else None
        if isinstance(text, str) and text.strip():
            yield number, text.strip()


def checked_too(
    entries: Mapping[str, Any], place_of: Callable[[Way], str], problems: Sequence[Problem]
) -> Instrument:
    """The same for entries in whose reading problems were found: told first, and once in each place."""
    try:
        instrument = checked(entries, place_of)
    except BadInput as more:
        told = {each.place for each in problems}
        problems = [*problems, *(each for each in more.problems if each.place not in told)]
    if problems:
        raise BadInput(problems)
    return instrument


def place_in(places: Mapping[Way, str], name: str) -> Callable[[Way], str]:
    """Finds a way's own place, or that of the nearest thing around it; or else the name of the field."""

    def place_of(way: Way) -> str:
        around = (way[:steps] for steps in range(len(way), 0, -1))
        found = next((places[each] for each in around if each in places), None)
        return found or ", ".join([name, *(str(way[0]) for _ in way[:1])])

    return place_of


def _told(errors: list[Any]) -> list[Any]:
    """The errors without those that only follow from others: a table of faulty entries counts as empty."""
    ways = [error["loc"] for error in errors]
    return [
        error
        for error, way in zip(errors, ways, strict=True)
        if error["type"] != "too_short" or not any(w[: len(way)] == way and w != way for w in ways)
    ]


def _problem(error: Any, place_of: Callable[[Way], str]) -> Problem:
    what, mend = _in_plain_words(error)
    return Problem(place_of(error["loc"]), what, mend)


def _in_plain_words(error: Any) -> tuple[str, str]:
    """What is wrong and how to mend it, for the kinds of error that people's files have."""
    context, given = error.get("ctx", {}), error["input"]
    match error["type"]:
        case "missing" | "string_too_short":
            return "It is missing or empty.", "Fill it in."
        case "extra_forbidden":
            return "There is no such field in an instrument.", "Correct its name, or remove it."
        case "string_pattern_mismatch":
            return f"“{given}” cannot be used here. {_pattern(error['loc'])}", "Correct it."
        case "string_too_long":
            return f"It is longer than {context['max_length']:,} characters.", "Shorten it."
        case "too_short":
            return f"There are only {len(given)} where {context['min_length']} are needed.", "Add the others."
        case "too_long":
            return f"There are more than {context['max_length']}.", "Remove what is too much."
        case "greater_than" | "less_than_equal" | "float_parsing" | "float_type" | "finite_number":
            return f"“{given}” is not a number above 0 and up to 100.", "Correct it."
        case "bool_parsing" | "bool_type":
            return f"“{given}” is neither yes nor no.", "Write yes or no (in TOML: true or false)."
        case "enum":
            return f"“{given}” is not {context['expected']}.", "Write one of these."
        case "value_error":
            return f"{context['error']}.", "Correct it."
        case _:
            return f"{error['msg']}.", "Correct it."


def _pattern(way: Way) -> str:
    names = tuple(step for step in way if isinstance(step, str))
    return PATTERNS.get(names, HYPHENS)
