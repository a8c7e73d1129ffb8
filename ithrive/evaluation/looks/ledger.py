"""What was looked at, when and by whom: a file of one line a look, each sealed to the one before.

A look that found nothing stays on the ledger: that it was taken is what the next one must reckon with.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class LookTaken:
    """One look: after which wave (counted from the baseline), by whom, at what.

    `protocol` and `figures` are the SHA-256 of the frozen protocol and of the panel as it was read.
    `crossed` are the outcomes that crossed. `seal` binds the line to all before it.
    """

    study: str
    wave: int
    at: datetime
    by: str
    protocol: str
    figures: str
    information: float
    may_be_spent: float
    threshold: float | None
    crossed: tuple[str, ...]
    seal: str = ""


def sealed(look: LookTaken, ledger: Sequence[LookTaken]) -> LookTaken:
    """The look as the next line of a ledger. See `why_not_look` before."""
    before = ledger[-1].seal if ledger else ""
    return replace(look, seal=_seal(look, before))


def why_not_look(
    wave: int, *, planned: Sequence[int], ledger: Sequence[LookTaken], received: int
) -> str | None:
    """Why no look can be taken after this wave, or None. `received` is the last wave with figures."""
    if wave not in planned:
        waves = ", ".join(map(str, planned))
        return f"The protocol plans no look after wave {wave}. It plans: {waves}."
    if any(each.wave == wave for each in ledger):
        return f"The look after wave {wave} was taken already. Read it from the ledger."
    if ledger and wave < ledger[-1].wave:
        return f"The look after wave {ledger[-1].wave} was taken already, so this one comes too late."
    if wave > received:
        return f"Figures have arrived up to wave {received}. Wait until those of wave {wave} are there."
    return None


def to_lines(ledger: Sequence[LookTaken]) -> str:
    """The ledger as text: one JSON object a line."""
    return "".join(json.dumps(_plain(each), sort_keys=True, ensure_ascii=False) + "\n" for each in ledger)


def from_lines(text: str, *, name: str) -> tuple[LookTaken, ...]:
    """The ledger in a file. Raises BadInput at the first line that was altered or cannot be read."""
    found: list[LookTaken] = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        try:
            entry = json.loads(line)
            at = datetime.fromisoformat(entry.pop("at"))
            look = LookTaken(**{**entry, "crossed": tuple(entry["crossed"]), "at": at})
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BadInput(
                Problem(
                    f"{name}, line {number}", "This is no line of a ledger.", "Restore the file from a copy."
                )
            ) from None
        if look.seal != _seal(look, found[-1].seal if found else ""):
            raise BadInput(
                Problem(
                    f"{name}, line {number}",
                    "This line, or one before it, was altered, taken away or slipped in.",
                    "Restore the file from a copy: results that rest on it are exploratory.",
                )
            )
        found.append(look)
    return tuple(found)


def _seal(look: LookTaken, before: str) -> str:
    words = {**_plain(look), "seal": "", "before": before}
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _plain(look: LookTaken) -> dict[str, Any]:
    return {**asdict(look), "at": look.at.isoformat(), "crossed": list(look.crossed)}
