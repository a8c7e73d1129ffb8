"""A publication that may follow those before it."""

from collections.abc import Sequence

from ithrive.disclosure.ledger import Release, given_away, known_before
from ithrive.disclosure.publication import Publication, publish
from ithrive.disclosure.rules import Rule
from ithrive.disclosure.tables import CountTable, Name

# Each time more is hidden. What is still given away after that, people have to decide on.
TIMES = 3


def publish_after(
    tables: Sequence[CountTable], rule: Rule, draft: Release, earlier: Sequence[Release], *, seconds: float
) -> Publication:
    """The tables under a rule, so that nothing is given away to who kept the earlier releases.

    `draft` says vintage and people; its own publication is not looked at. What was shown before shields
    nothing, and a figure that could be worked out by comparing is hidden as if it were small. Where that is
    not enough `why_not_release` tells: this is the best that was found. `seconds` are for each try.
    """
    known, kept = known_before(earlier), set[Name]()
    for _ in range(TIMES):
        publication = publish(tables, rule, public=known, also_hidden=kept, seconds=seconds)
        found = {each.name for each in given_away(draft.with_publication(publication), earlier)}
        if found <= kept:
            break
        kept |= found
    return publication
