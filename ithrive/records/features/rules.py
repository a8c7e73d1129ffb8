"""What a programme may set about how records are counted."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rules:
    """How records are counted. The defaults are those of the measures' definitions.

    `oldest` is the highest age in whole years at referral (17; variants 18 and 25). `own` is a folder with
    the programme's own code lists. `most_positive` is the answer to a CHI-ESQ item that is the best one:
    which end of the scale that is could not be confirmed, so it is set here. `agreed_by` are the codes of
    who agreed a care plan that mean the young person or their family. `most_deprived` are the neighbourhoods
    (LSOA codes) of the most deprived fifth; without them fairness by deprivation is not worked out.
    `needs_based_codes` maps codes of MHS803 to our groupings; the national list was never obtained.
    """

    oldest: int = 17
    own: Path | None = None
    most_positive: int = 3
    agreed_by: tuple[str, ...] = ("10",)
    most_deprived: frozenset[str] = frozenset()
    needs_based_codes: tuple[tuple[str, str], ...] = ()
