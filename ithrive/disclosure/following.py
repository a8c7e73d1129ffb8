"""A publication that may follow those before it."""

from collections.abc import Collection, Sequence

from ithrive.disclosure.ledger import Release, given_away, known_before
from ithrive.disclosure.publication import SAFETY_NET, Publication, publish
from ithrive.disclosure.rules import Rule
from ithrive.disclosure.tables import CountTable, Name


def publish_after(
    tables: Sequence[CountTable],
    rule: Rule,
    draft: Release,
    earlier: Sequence[Release],
    *,
    also_hidden: Collection[Name] = (),
    seconds: float = SAFETY_NET,
) -> Publication:
    """The tables under a rule, so that nothing is given away to who kept the earlier releases.

    `draft` says vintage and people; its own publication is not looked at. What was shown before shields
    nothing, and a figure that could be worked out by comparing is hidden as if it were small. Where that is
    not enough `why_not_release` tells: this is the best that was found. `also_hidden` and `seconds` (for each
    try) are those of `publish`.
    """
    known, kept = known_before(earlier), set(also_hidden)
    hidden_before = {name for each in earlier for name in each.publication.hidden}
    # First what comparing gives away; then, if that is not enough, everything that was hidden before.
    for more in (set[Name](), hidden_before, None):
        publication = publish(tables, rule, public=known, also_hidden=kept, seconds=seconds)
        found = {each.name for each in given_away(draft.with_publication(publication), earlier)}
        if not found or more is None:
            break
        kept |= found | more
    return publication
