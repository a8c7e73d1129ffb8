"""A match on one page: who with whom, who was left out and why, balance, and other reasonable matches."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from ithrive.evaluation.matching.alternatives import Alternative
from ithrive.evaluation.matching.balance import CovariateBalance
from ithrive.evaluation.matching.matches import Match
from ithrive.evaluation.matching.tables import (
    ALTERNATIVE_HEADINGS,
    BALANCE_HEADINGS,
    EXCLUSION_HEADINGS,
    SET_HEADINGS,
    alternative_rows,
    balance_rows,
    exclusion_rows,
    set_rows,
    summary,
)

STYLE_FILE = "match.css"
STYLE = (Path(__file__).parent / STYLE_FILE).read_text(encoding="utf-8")

OTHERS = """Totals can be compared only within one kind of distance. What counts is whether other reasonable
choices would have left the sites as much alike, and how many of the same pairs they make."""
BEST = """As many accelerator sites as possible are matched first, and among all such matches the one with the
least total distance is taken. That it is the best was proved, not only searched for."""
SCALES = """Distances use the covariance within the two groups of sites, all candidates together. Calipers are
in standard deviations within the groups. Differences are over the standard deviation before matching."""
LIMITS = """Matching makes sites alike in what was measured. It cannot make them alike in what was not:
accelerator sites volunteered."""


def match_page(
    match: Match,
    found: Sequence[CovariateBalance],
    others: Sequence[Alternative],
    picture: str,
    picture_words: str,
    *,
    title: str = "Matched sites",
    note: str = "",
) -> str:
    """The page as HTML that stands alone but for its style sheet: no script, no style within."""
    without = [f"{match.candidates.title(each.site)}: {each.because}" for each in match.unmatched]
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="note">{escape(note)}</p>' if note else "",
        "<h2>In short</h2>",
        *(f"<p>{escape(sentence)}</p>" for sentence in summary(match)),
        "<h2>Who is matched with whom</h2>",
        _table("Matched sites, nearest first", SET_HEADINGS, set_rows(match)),
        _list("Accelerator sites without a match", without),
        "<h2>Who could not be chosen</h2>",
        _table("Excluded candidates", EXCLUSION_HEADINGS, exclusion_rows(match))
        if match.candidates.exclusions
        else "<p>Nobody was excluded.</p>",
        "<h2>Balance</h2>",
        f"<p>{escape(picture_words)}</p>",
        f"<figure>{picture}</figure>",
        _table("Balance of each covariate", BALANCE_HEADINGS, balance_rows(found)),
        "<h2>Other reasonable matches</h2>",
        f"<p>{OTHERS}</p>",
        _table("The match above, and others", ALTERNATIVE_HEADINGS, alternative_rows(others)),
        "<h2>How it was done</h2>",
        *(f"<p>{sentence}</p>" for sentence in (BEST, SCALES, LIMITS)),
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLE_FILE}">'
    )
    body = "\n".join(filter(None, parts))
    whole = f"<head>{head}</head><body><main>\n{body}\n</main></body>"
    return f'<!doctype html>\n<html lang="en-GB">{whole}</html>\n'


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f"<table><caption>{escape(caption)}</caption>{inside}</table>"
    # A wide table scrolls on a narrow screen, by keyboard too.
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}">{table}</div>'


def _cell(value: object) -> str:
    if value is None:
        return "<td>not available</td>"
    if isinstance(value, float):
        return f'<td class="number">{value:,.3f}</td>'
    if isinstance(value, int):
        return f'<td class="number">{value:,}</td>'
    return f"<td>{escape(str(value))}</td>"


def _list(heading: str, entries: Sequence[str]) -> str:
    if not entries:
        return ""
    return f"<h3>{escape(heading)}</h3><ul>{''.join(f'<li>{escape(each)}</li>' for each in entries)}</ul>"
