"""How it was worked out, with the papers, and where each number comes from."""

import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ithrive.evaluation.study import Source, StudyResults
from ithrive.reports.document import Block, Grid, Heading, Paragraph, Points

TEXTS = Path(__file__).parent / "methods.toml"


def methods(results: StudyResults, leave_out: re.Pattern[str]) -> Iterator[Block]:
    """Sources whose name or sites `leave_out` finds are not listed: nothing in the report names them."""
    yield Heading(2, "How it was worked out", "methods")
    yield Points(tuple(tomllib.loads(TEXTS.read_text(encoding="utf-8"))["methods"]))
    yield Heading(2, "Where each number comes from", "sources")
    yield Paragraph(
        "Every table, picture and sentence with numbers names its source. Here is what each stands for: the"
        " sites and waves it rests on, the vintage of its file, and the method."
    )
    shown = [each for each in results.sources if not leave_out.search(f"{each.id} {each.sites}")]
    titles = {each.id: each.title for each in results.outcomes}
    for outcome, found in groupby(shown, key=lambda each: each.outcome):
        caption = f"Sources: {titles.get(outcome, outcome) or 'the whole study'}"
        rows = tuple((each.id, each.sites, each.waves, each.vintage, each.method) for each in _told(found))
        yield Grid(caption, ("Source", "Sites", "Waves", "Vintage", "Method"), rows)


def _told(found: Iterator[Source]) -> list[Source]:
    """Series of single sites last: they are many."""
    return sorted(found, key=lambda each: ("/series/" in each.id, each.id))
