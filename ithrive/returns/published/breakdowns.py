"""The breakdowns of the national data set: what a row is of, under whatever name it had."""

from dataclasses import dataclass

COUNTRY, REGION, BOARD, OTHER = "country", "region", "stp", "other"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What the areas of a breakdown are, and how people belong to them.

    `drifted` says in what way the printed name is not the usual one; `known` is False for a name never seen.
    """

    area_kind: str
    basis: str
    drifted: str | None = None
    known: bool = True


_KINDS = {
    "ccg": "ccg",
    "sub icb": "sub-icb",
    "stp": "stp",
    "icb": "icb",
    "provider": "provider",
    "region": REGION,
    "commissioning region": REGION,
}
_BASES = {
    "gp practice or residence": "by GP practice or residence",
    "residence": "by residence",
    "responsibility": "by responsibility",
    "": "",
}


def breakdown(printed: str) -> Breakdown:
    """What a printed breakdown means: "CCG of Residence" is CCGs by residence."""
    first, _, detail = (part.strip() for part in printed.partition(";"))
    words = " ".join(first.casefold().split())
    drifted = f"“{printed}” is in capitals." if printed.isupper() and len(printed) > 4 else None
    if words == "england":
        return Breakdown(COUNTRY, detail, drifted)
    head, basis = _parted(words)
    if head not in _KINDS or basis not in _BASES:
        return Breakdown(OTHER, printed, known=False)
    return Breakdown(_KINDS[head], "; ".join(filter(None, (_BASES[basis], detail))), drifted)


def _parted(words: str) -> tuple[str, str]:
    for joint in (" - ", " of "):
        head, _, basis = words.partition(joint)
        if basis:
            return head, basis
    return words, ""
