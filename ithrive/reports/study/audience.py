"""Who reads a report, and what of a study is theirs to read."""

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum

from ithrive.disclosure import Rule, rules
from ithrive.disclosure import rule as rule_on
from ithrive.evaluation.study import StudyResults
from ithrive.problems import BadInput
from ithrive.reports.document import Block, Drawn, Grid, Heading, Paragraph, Points, Warned

# Ours: with a mean of fewer, a site that knows its own figure comes close to another's.
LEAST_SITES = 5
WITHHELD = "Not shown here: it would name a site."


class Audience(StrEnum):
    """Evaluators read everything. The public reads no site by itself."""

    EVALUATORS = "evaluators"
    PUBLIC = "public"

    @property
    def of_the_report(self) -> str:
        return "Report for the public" if self is Audience.PUBLIC else "Report for evaluators"


def disclosure_rule(results: StudyResults) -> Rule:
    """The protocol's disclosure rule on the day of the results; for an older study, its first form.

    Raises BadInput where the rule is not known here.
    """
    on = date.fromisoformat(results.at[:10])
    try:
        return rule_on(results.disclosure, on)
    except BadInput:
        same = [each for each in rules().rule if each.code == results.disclosure]
        if not same:
            raise
        return min(same, key=lambda each: each.in_force_from)


def names_a_site(results: StudyResults) -> re.Pattern[str]:
    """What finds the id or area of any site as a word, or a pair by its name."""
    words = {word for each in results.flow.sites for word in (each.site, each.area) if word}
    pairs = {each.pair for each in results.flow.sites if each.pair}
    found = [rf"(?<!\w){_however_joined(word)}(?!\w)" for word in sorted(words)]
    # “One site of a pair 2.24 times as likely” is about no pair 2.
    found += [rf"\bpairs? {re.escape(pair)}(?!\w|[.,]\d)" for pair in sorted(pairs)]
    return re.compile("|".join(found) or r"(?!)", re.IGNORECASE)


def _however_joined(name: str) -> str:
    """“St-Anne-s-Hill” is also “St Anne’s Hill”."""
    return r"[\W_]+".join(re.escape(part) for part in re.findall(r"[^\W_]+", name)) or re.escape(name)


def without_sites(block: Block, naming: re.Pattern[str]) -> Block:
    """The block with every text that names a site held back: the last wall, not the first."""

    def told(text: str) -> str:
        return WITHHELD if naming.search(text) else text

    match block:
        case Heading() | Paragraph() | Warned():
            return replace(block, text=told(block.text))
        case Points(items):
            return Points(tuple(dict.fromkeys(map(told, items))))
        case Grid():
            rows = tuple(tuple(map(told, row)) for row in block.rows)
            return replace(
                block, caption=told(block.caption), headings=tuple(map(told, block.headings)), rows=rows
            )
        case Drawn(picture) if naming.search(picture.svg) or naming.search(str(picture.rows)):
            return Paragraph(WITHHELD)
        case _:
            return block
