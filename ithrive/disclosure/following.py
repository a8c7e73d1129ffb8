"""A publication that may follow those before it."""

from collections.abc import Collection, Sequence

from ithrive.disclosure.ledger import Release, given_away, known_before
from ithrive.disclosure.publication import SAFETY_NET, Publication, publish
from ithrive.disclosure.rules import Rule
from ithrive.disclosure.tables import CountTable, FigureSum, Name


def publish_after(
    tables: Sequence[CountTable],
    rule: Rule,
    draft: Release,
    earlier: Sequence[Release],
    *,
    also_hidden: Collection[Name] = (),
    known_sums: Collection[FigureSum] = (),
    seconds: float = SAFETY_NET,
) -> Publication:
    """The tables under a rule, so that nothing is given away to who kept the earlier releases.

    `draft` says vintage and people; its own publication is not looked at. What was shown before shields
    nothing, and a figure that could be worked out by comparing is hidden as if it were small. Where that is
    not enough, all that was hidden before is, and at last all that was revised since; if even then something
    is given away, `why_not_release` tells. `also_hidden`, `known_sums` and
    `seconds` (for each try) are those of `publish`.
    """
    known, kept = known_before(earlier), set(also_hidden)
    hidden_before = {name for each in earlier for name in each.publication.hidden}
    # First what comparing gives away; then, if that is not enough, ever more without asking what helps.
    for more in (set[Name](), hidden_before, hidden_before | _revised(tables, draft, earlier), None):
        publication = publish(
            tables, rule, public=known, also_hidden=kept, known_sums=known_sums, seconds=seconds
        )
        found = {each.name for each in given_away(draft.with_publication(publication), earlier)}
        if not found or more is None:
            break
        kept |= found | more
    return publication


def _revised(tables: Sequence[CountTable], draft: Release, earlier: Sequence[Release]) -> set[Name]:
    """The figures that stood in an earlier release in another vintage."""
    names = {name for table in tables for name in table.names()}
    return {
        name
        for each in earlier
        for name in names & each.publication.cells.keys()
        if each.vintage_of(name) != draft.vintage_of(name)
    }
