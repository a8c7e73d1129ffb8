"""How it was worked out, with the papers, and where each number comes from."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from ithrive.evaluation.study import StudyResults
from ithrive.reports.document import Block, Grid, Heading, Points

TEXTS = Path(__file__).parent / "methods.toml"


def methods(results: StudyResults) -> Iterator[Block]:
    yield Heading(2, "How it was worked out", "methods")
    yield Points(tuple(tomllib.loads(TEXTS.read_text(encoding="utf-8"))["methods"]))
    yield Heading(2, "Where each number comes from", "sources")
    rows = tuple(
        (each.id, each.outcome or "–", each.sites, each.waves, each.vintage, each.method)
        for each in results.sources
    )
    yield Grid("Sources", ("Source", "Outcome", "Sites", "Waves", "Vintage", "Method"), rows)
