"""Measures as their public pages word them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ithrive.areas.timeline import plain_day
from ithrive.framework import framework
from ithrive.measures import Direction, Level, Measure, Shown, Status
from ithrive.measures.definition import BESIDE_GROUPINGS
from ithrive.web.components import parts
from ithrive.web.components.parts import Params

DIRECTIONS = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.NEITHER: "Neither: a higher or lower figure is not better in itself",
}
LEVELS = {Level.SITE: "one area", Level.ARM: "an arm of a study", Level.PROGRAMME: "the whole programme"}
KINDS = {
    "outcome": "Outcome: what changed for people",
    "process": "Process: what was done",
    "balancing": "Balancing: watches for harm done elsewhere",
}
STATUSES = {
    Status.DRAFTED: "Draft: nobody but its author has checked it",
    Status.PUBLISHED: "Checked and in use",
    Status.RETIRED: "No longer used",
}
# What the rules mean for a reader. Which numbers hold under which rule is on the page of disclosure rules.
DISCLOSURE = {
    "SDC-C": "Counts of 1 to 4 are hidden, with as many others as it takes that nobody can work them out. "
    "Other counts are rounded to the nearest 5.",
    "SDC-P": "A percentage is shown only where at least 10 people stand behind it, 5 of them on either side.",
    "SDC-M": "A median is shown only where at least 10 people stand behind it, and “nine in ten” only where "
    "at least 50 do.",
    "SDC-R": "A rate is worked out from the published count, and hidden where that count is.",
    "SDC-A": "It comes added up from elsewhere, or counts no people, so nothing in it points to anybody.",
    "dominance": "A volume is hidden where one person or place makes up most of it.",
}


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """The measures of one grouping, or of what stands beside the groupings."""

    code: str
    name: str
    is_grouping: bool
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    measure: Measure
    rows: Params
    returned: tuple[str, ...]
    shown: tuple[str, ...]
    disclosure: tuple[str, ...]
    official: str


def grouped(known: Mapping[str, Measure]) -> tuple[ListedGroup, ...]:
    """Measures by grouping, as the framework orders them, then shared decision making and the whole system.

    The order of the five is not one of severity; within each, measures stand by their ids.
    """
    names = {each.code: each.name for each in framework().groupings.grouping}
    found = (
        ListedGroup(code, name, code in names, tuple(_of(known.values(), code)))
        for code, name in {**names, **BESIDE_GROUPINGS}.items()
    )
    return tuple(each for each in found if each.measures)


def measure_page(measure: Measure) -> MeasurePage:
    return MeasurePage(
        measure,
        parts.summary_list(list(_rows(measure))),
        tuple(each.title for each in measure.returned),
        tuple(map(_shown, measure.shown)),
        tuple(filter(None, [*(DISCLOSURE[rule] for rule in measure.disclosure), measure.disclosure_note])),
        _with_note(", ".join(measure.official), measure.official_note),
    )


def _shown(shown: Shown) -> str:
    """The title with its unit, unless it says that already."""
    unit = unit_words(shown)
    return shown.title if f"({unit})" in shown.title else f"{shown.title} ({unit})"


def unit_words(shown: Shown) -> str:
    """“per 1,000 children and young people who live there”, “percent”, “days”."""
    people = " children and young people who live there" if shown.bottom == "population" else ""
    return f"{shown.unit.value}{people}"


def _of(known: Iterable[Measure], code: str) -> Iterator[Measure]:
    return (each for each in known if each.grouping == code)


def _rows(measure: Measure) -> Iterator[tuple[str, object]]:
    levels = [LEVELS[level] for level in measure.levels]
    yield "What is counted", measure.numerator
    yield "Out of", measure.denominator
    yield "Unit", ", ".join([measure.unit.value, *(unit.value for unit in measure.also_shown_in)])
    yield "Over", "twelve months, told every quarter" if "12" in measure.period else "a quarter"
    yield "Which way is better", DIRECTIONS[measure.direction]
    yield "What sort of measure", KINDS[measure.kind.value]
    yield "Shown for", _with_note(", ".join(levels), measure.level_note)
    yield "By grouping", "Yes" if measure.by_grouping else "No"
    yield "Where figures come from", _with_note(", ".join(map(_source, measure.sources)), measure.source_note)
    yield "Status", _with_note(STATUSES[measure.status], measure.retired_because)
    yield "Written by", measure.author
    yield "Checked by", measure.checker or "Nobody yet"
    yield "To be looked at again by", plain_day(measure.review_on)


def _source(source: str) -> str:
    return "our quarterly return" if source == "return" else f"table {source} of the national data set"


def _with_note(text: str, note: str) -> str:
    return f"{text}. {note}" if text and note else text or note
