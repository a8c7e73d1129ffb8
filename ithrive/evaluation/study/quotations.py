"""Whether somebody's words may stand beside figures: with consent, and so that nobody can tell who spoke."""

import re
from collections.abc import Iterable

from ithrive.disclosure import Rule
from ithrive.evaluation.study.data import Quotation
from ithrive.evaluation.study.implementation_results import ShownQuotation

# What points at a person or a place by itself: letters before an @, long numbers, dates, titles with a name.
TELLING = (
    (re.compile(r"\S+@\S+"), "an address"),
    (re.compile(r"https?://|www\."), "a link"),
    (re.compile(r"\d[\d\s-]{5,}\d"), "a long number"),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"), "a date"),
    (re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sister|Nurse)\.?\s+[A-Z]"), "somebody’s name"),
)


def shown_quotation(quotation: Quotation, rule: Rule, *, names: Iterable[str]) -> ShownQuotation:
    """The quotation as it may be shown. `names` are those of sites and areas, which must not be in it.

    A sector is named only where at least as many of it were interviewed as the rule asks of a numerator.
    """
    reason = why_not_quote(quotation, rule, names=names)
    return ShownQuotation("", "", reason) if reason else ShownQuotation(quotation.text, quotation.sector, "")


def why_not_quote(quotation: Quotation, rule: Rule, *, names: Iterable[str]) -> str | None:
    """The reason why a quotation must not be shown, or None."""
    if not quotation.consent:
        return "The person did not consent to being quoted."
    least = max(rule.smallest_numerator, rule.largest_hidden + 1)
    if quotation.people < least:
        return (
            f"Fewer than {least} people of this sector were interviewed there, so it could be told who spoke."
        )
    for pattern, what in TELLING:
        if pattern.search(quotation.text):
            return f"It holds {what}."
    said = _as_words(quotation.text)
    if any(_as_words(name) in said for name in names if name):
        return "It names a site or an area."
    return None


def _as_words(text: str) -> str:
    """Letters and figures alone, with one space around each word: “St-Anne-s” is “St Anne’s”."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "
