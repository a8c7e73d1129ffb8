"""The rule of versions: one that was taken never changes."""

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments.differences import differences

MOST_TOLD = 3


def why_not_import(sent: Instrument, known: Instrument | None) -> str | None:
    """The reason an instrument cannot be taken beside the one `known` under its code and version, or None.

    The same again is no reason: it changes nothing.
    """
    if known is None or known == sent:
        return None
    found = differences(known, sent)
    told = " ".join(each.sentence for each in found[:MOST_TOLD])
    more = f" And {len(found) - MOST_TOLD} more." if len(found) > MOST_TOLD else ""
    return (
        f"Version {sent.version} of “{sent.code}” is here already, with other content, and a version never "
        f"changes. {told}{more} Give the changed instrument a new version and send it again."
    )
