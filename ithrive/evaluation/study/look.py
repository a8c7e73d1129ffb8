"""Taking a look: the primary outcomes judged at a planned wave, with all looks before it, and set down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.looks import LookResult, LookTaken, sealed, sequential, why_not_look
from ithrive.evaluation.protocol import Protocol, canonical, fingerprint
from ithrive.evaluation.randomisation import Lots
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.study.data import Merger, StudyData
from ithrive.evaluation.study.effects import found, lots_of
from ithrive.evaluation.study.figures import OutcomeFigures
from ithrive.evaluation.study.prepared import prepared
from ithrive.evaluation.study.snapshot import read_snapshot, snapshot
from ithrive.evaluation.study.units import over_all_pairs
from ithrive.problems import BadInput, NotAllowed, Problem


@dataclass(frozen=True, slots=True)
class Look:
    """A look as it was taken: its line for the ledger, the figures it rests on, and what it found.

    `figures` is the text to keep beside the ledger: later looks need it, and its SHA-256 is in the line.
    """

    taken: LookTaken
    figures: str
    found: LookResult
    assignments: str

    @property
    def sentence(self) -> str:
        """What the look says, without an effect's size: that is told at the end or once a look crosses."""
        spent = f"{self.found.may_be_spent:.4f} of alpha could be spent by now, over {self.assignments}."
        if self.taken.crossed:
            return f"After wave {self.taken.wave}: {', '.join(self.taken.crossed)} crossed. {spent}"
        return f"After wave {self.taken.wave} no outcome crossed, and the study goes on. {spent}"


def take_look(
    protocol: Protocol,
    data: StudyData,
    *,
    wave: int,
    at: datetime,
    by: str,
    ledger: Sequence[LookTaken] = (),
    kept: Mapping[int, str] | None = None,
) -> Look:
    """The look after a wave over the primary family. `kept` are the figures of the looks before, by wave.

    Nothing is written: append `taken` to the ledger and keep `figures`.
    Raises NotAllowed where the protocol, the ledger or the figures do not allow it, or nothing can be judged;
    BadInput where the figures of a look before are missing or were changed.
    """
    reason = _why_not(protocol, data, wave, at, by, ledger)
    if reason:
        raise NotAllowed(reason)
    text = snapshot(protocol, data, wave)
    texts = [*(_kept(each, kept or {}) for each in ledger), text]
    waves = [*(each.wave for each in ledger), wave]
    lots = [
        _lots(protocol, each, *read_snapshot(one, name=_name(each)))
        for one, each in zip(texts, waves, strict=True)
    ]
    information = [each / protocol.waves.following for each in waves]
    settings = protocol.analysis
    judged = sequential(lots, information, function=settings.spending, alpha=settings.alpha)
    if isinstance(judged, NotComputable):
        raise NotAllowed(f"The look was not taken. {judged.reason}")
    now = judged.results[-1]
    taken = LookTaken(
        study=protocol.id,
        wave=wave,
        at=at,
        by=by.strip(),
        protocol=fingerprint(canonical(protocol)),
        figures=fingerprint(text),
        information=now.information,
        may_be_spent=now.may_be_spent,
        threshold=None if now.threshold == inf else now.threshold,
        crossed=tuple(sorted(now.crossed)),
    )
    return Look(sealed(taken, ledger), text, now, judged.assignments)


def _why_not(
    protocol: Protocol, data: StudyData, wave: int, at: datetime, by: str, ledger: Sequence[LookTaken]
) -> str | None:
    if at.tzinfo is None:
        return "The moment of the look has no time zone."
    if not by.strip():
        return "Nobody is named who takes the look."
    if any(each.study != protocol.id for each in ledger):
        return "The ledger is of another study."
    last = data.last_quarter
    received = -protocol.waves.retrospective - 1 if last is None else last - protocol.waves.baseline
    return why_not_look(wave, planned=protocol.looks, ledger=ledger, received=received)


def _kept(look: LookTaken, kept: Mapping[int, str]) -> str:
    """The figures of a look before, if they are what its line in the ledger says."""
    name = _name(look.wave)
    if look.wave not in kept:
        raise BadInput(Problem(name, "The figures of this look are missing.", "Restore them from a copy."))
    if fingerprint(kept[look.wave]) != look.figures:
        what = "The figures of this look were changed after it was taken."
        raise BadInput(Problem(name, what, "Restore them from a copy."))
    return kept[look.wave]


def _name(wave: int) -> str:
    return f"Look after wave {wave}"


def _lots(
    protocol: Protocol, wave: int, figures: Mapping[str, OutcomeFigures], mergers: tuple[Merger, ...]
) -> dict[str, Lots | NotComputable]:
    """What the assignment adds up for each primary outcome, from its figures up to a wave."""
    shared, last = Shared(), protocol.waves.baseline + wave
    cores = {}
    for outcome in protocol.primary:
        ready = prepared(protocol, outcome, figures.get(outcome.id, {}), mergers=mergers, last=last)
        cores[outcome.id] = found(ready.panel, outcome, analysis=protocol.analysis, shared=shared)
    return over_all_pairs(protocol, {name: lots_of(protocol, each) for name, each in cores.items()})
