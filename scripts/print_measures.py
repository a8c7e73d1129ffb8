"""Prints the handbook's page of measures from their files: `python -m scripts.print_measures`."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from ithrive.framework import framework
from ithrive.measures import Measure, Shown, measures
from ithrive.measures.definition import BESIDE_GROUPINGS

PAGE = Path(__file__).parent.parent / "docs/handbook/reference/measures.md"
HEAD = """# Measures

What we count, and why: the measures that come with the platform, in our own words. They are drafts which
nobody but their authors has checked. Groupings stand in the order in which they are usually named, which is
not an order of severity. To change one or bring your own, see [Add a measure](../how-to/add-a-measure.md).

*Site*, *arm* and *programme* are the levels at which a figure may be shown. SDC-C, SDC-P, SDC-M, SDC-R and
SDC-A are the disclosure rules for counts, proportions, medians, rates over the population, and returns that
come added up. An *episode* is one person's time with one provider; referrals that overlap, or follow within
five days, are one episode.

<!-- Printed by `python -m scripts.print_measures`; a test compares the two. -->
"""


def printed() -> str:
    """The whole page."""
    found = measures().values()
    names = {each.code: each.name for each in framework().groupings.grouping} | BESIDE_GROUPINGS
    chapters = (
        [f"\n## {name}\n", *chain.from_iterable(_entry(each) for each in found if each.grouping == code)]
        for code, name in names.items()
    )
    return HEAD + "\n".join(chain.from_iterable(chapters))


def _entry(measure: Measure) -> Iterator[str]:
    yield f"### {measure.id} · {measure.title}\n"
    yield f"{measure.sentence}\n"
    yield "| | |\n|---|---|"
    for what, words in _rows(measure):
        yield f"| {what} | {words} |"
    yield "\nA return holds:\n"
    yield from (f"- {line}" for line in _returned(measure))
    yield "\nShown of it:\n"
    yield from (f"- {each.title} ({each.unit}): {_worked_out(each)}" for each in measure.shown)
    yield "\nRead it with care:\n"
    yield from (f"- {caveat}" for caveat in measure.caveats)
    yield ""


def _rows(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "Numerator", measure.numerator
    yield "Denominator", measure.denominator
    yield "Kind", measure.kind
    yield "Unit", ", ".join([measure.unit, *(f"also {unit}" for unit in measure.also_shown_in)])
    yield "Period", measure.period
    yield "Better", measure.direction
    yield "Shown for", _noted(measure.levels, measure.level_note)
    yield "Disclosure rule", _noted(measure.disclosure, measure.disclosure_note)
    yield "Source", _noted(measure.sources, measure.source_note)
    official = ", ".join(measure.official)
    yield "Official measure", ". ".join(filter(None, [official, measure.official_note])) or "none"
    checked = f"{measure.checker or 'nobody'} has checked it"
    yield "Status", f"{measure.status}; {checked}; review on {measure.review_on}"
    yield "Author", measure.author


def _returned(measure: Measure) -> Iterator[str]:
    for each in measure.returned:
        rests_on = f"; rests on `{each.of}`" if each.of else ""
        parts = ", ".join(f"`{part}`" for part in each.made_of)
        made_of = f"; exactly {parts} together" if parts else ""
        yield f"`{each.code}`: {each.title}{rests_on}{made_of}"
    for within in measure.within:
        parts = ", ".join(f"`{part}`" for part in within.parts)
        yield f"{parts}: together no more than `{within.whole}`"
    if measure.method:
        yield f"in words: {measure.method}"
    if measure.by_grouping:
        yield "each of these also by the five groupings, and for those whose grouping is not known"


def _worked_out(shown: Shown) -> str:
    top = " + ".join(f"`{code}`" for code in shown.top)
    if shown.less:
        return f"{top} less `{shown.less}`"
    if shown.bottom:
        return f"{top} over " + ("the population" if shown.bottom == "population" else f"`{shown.bottom}`")
    return f"{top}, as returned"


def _noted(entries: Sequence[str], note: str) -> str:
    listed = ", ".join(entries)
    return f"{listed}. {note}" if note else listed


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
