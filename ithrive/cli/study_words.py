"""What the command says of a study's protocol."""

from datetime import UTC

from ithrive.evaluation.protocol import Frozen, Protocol, standing, why_nothing_can_be_found
from ithrive.evaluation.protocol.freezing import Version


def checked(protocol: Protocol) -> str:
    few = why_nothing_can_be_found(protocol)
    warned = (
        f"\nNo effect could be found: {few} Add sites, or raise alpha before any figure is seen."
        if few
        else ""
    )
    return f"{protocol.name}: the protocol can be used. {_size(protocol)}{warned}"


def sealed(frozen: Frozen, record: str) -> str:
    return "\n".join(
        (
            f"Frozen {_when(frozen.first)}.",
            f"SHA-256 {frozen.sha256}",
            f"Written to {record}. Keep it beside the protocol, and a copy with somebody else.",
        )
    )


def amended(frozen: Frozen) -> str:
    version, changes = frozen.amendments[-1]
    return "\n".join((_amendment(len(frozen.amendments), version, changes), f"SHA-256 {frozen.sha256}"))


def shown(protocol: Protocol, frozen: Frozen | None) -> str:
    """The protocol in a few lines, its standing, and what was amended."""
    stands = standing(protocol, frozen)
    lines = [
        protocol.name,
        protocol.question,
        _size(protocol),
        f"Primary: {_names(protocol, 'primary')}.",
        f"Secondary: {_names(protocol, 'secondary') or 'none'}.",
        f"An analysis now is {stands.label}. {stands.reason}",
    ]
    if frozen:
        lines += [f"SHA-256 {frozen.sha256}"]
        lines += [_amendment(number, *each) for number, each in enumerate(frozen.amendments, 1)]
    return "\n".join(lines)


def _size(protocol: Protocol) -> str:
    first, last = protocol.quarters[0].label, protocol.quarters[-1].label
    mine, others = len(protocol.arm("accelerator")), len(protocol.arm("comparison"))
    return (
        f"{mine} accelerator and {others} comparison sites, "
        f"{len(protocol.quarters)} waves ({first} to {last}), "
        f"{len(protocol.primary)} primary and {len(protocol.secondary)} secondary outcomes."
    )


def _names(protocol: Protocol, family: str) -> str:
    return ", ".join(each.id for each in protocol.outcomes if each.family == family)


def _amendment(number: int, version: Version, changes: tuple[str, ...]) -> str:
    listed = "".join(f"\n  {each}" for each in changes)
    return f"Amendment {number}, {_when(version)}: {version.reason}{listed}"


def _when(version: Version) -> str:
    return f"{version.at.astimezone(UTC):%-d %B %Y, %H:%M} UTC by {version.by}"
