"""Freezing a protocol: who sealed which words when, why each amendment, and what that is worth."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from pydantic import ValidationError

from ithrive.evaluation.protocol.canonical import as_text, canonical, differences, fingerprint
from ithrive.evaluation.protocol.reading import read_protocol
from ithrive.evaluation.protocol.tables import Protocol
from ithrive.problems import BadInput, Problem

PLACE = "Frozen protocol"


@dataclass(frozen=True, slots=True)
class Version:
    """The protocol as it stood from a moment on. `words` are canonical; the first version has no reason.

    `seal` is the SHA-256 of all this and of the seal before, so that a later change of any version shows.
    """

    words: str
    reason: str
    by: str
    at: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen protocol: its first version, and those that amendments made of it."""

    versions: tuple[Version, ...]

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def sha256(self) -> str:
        """The fingerprint of the words that hold now."""
        return fingerprint(self.current.words)

    @property
    def amendments(self) -> tuple[tuple[Version, tuple[str, ...]], ...]:
        """Each amendment with what it changed."""
        return tuple(
            (after, differences(before.words, after.words)) for before, after in pairwise(self.versions)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What an analysis under a protocol may call itself, with the reason in a sentence."""

    confirmatory: bool
    reason: str

    @property
    def label(self) -> str:
        return "confirmatory" if self.confirmatory else "exploratory"


def freeze(protocol: Protocol | bytes, *, by: str, at: datetime) -> Frozen:
    """The protocol sealed by a person at a moment with its time zone. Raises BadInput if it is none."""
    return Frozen((_sealed(_read(protocol), "", by, at, previous=""),))


def amend(frozen: Frozen, changed: Protocol | bytes, *, reason: str, by: str, at: datetime) -> Frozen:
    """The frozen protocol with a version added that says what `changed` says. Nothing before it is lost.

    Raises BadInput where nothing changed, where no reason is given, or where the record itself was altered.
    """
    words = _read(changed)
    if altered(frozen):
        what = "The record was altered after it was made."
        raise BadInput(Problem(PLACE, what, "Go back to the copy as it was sealed."))
    if words == _as_read_now(frozen.current.words):
        raise BadInput(Problem(PLACE, "The protocol says what it said before.", "Change it, then amend."))
    if not reason.strip():
        raise BadInput(Problem(PLACE, "The amendment has no reason.", "Say why it is made."))
    version = _sealed(words, reason.strip(), by, at, frozen.current.seal)
    if at < frozen.current.at:
        what = f"The amendment would be older than what stands since {_moment(frozen.current.at)}."
        raise BadInput(Problem(PLACE, what, "Check the clock."))
    return Frozen((*frozen.versions, version))


def standing(protocol: Protocol, frozen: Frozen | None, *, seen: datetime | None = None) -> Standing:
    """Whether an analysis under this protocol is confirmatory, or exploratory and why.

    `seen` is when outcomes by arm were first looked at: what was frozen or amended later than that could
    have been chosen for its answer.
    """
    if frozen is None:
        return Standing(False, "The protocol was not frozen before the analysis.")
    if number := altered(frozen):
        return Standing(False, f"The record of freezing was altered after it was made, in version {number}.")
    if changes := differences(_as_read_now(frozen.current.words), canonical(protocol)):
        return Standing(False, f"The protocol is not the frozen one ({_few(changes)}).")
    if seen and frozen.first.at > seen:
        return Standing(False, "The protocol was frozen after outcomes by arm had been seen.")
    if seen and frozen.current.at > seen:
        return Standing(False, "The protocol was amended after outcomes by arm had been seen.")
    count = len(frozen.versions) - 1
    amended = f", with {count} amendment{'s' if count > 1 else ''} since" if count else ""
    return Standing(
        True, f"The protocol was frozen on {_moment(frozen.first.at)} by {frozen.first.by}{amended}."
    )


def altered(frozen: Frozen) -> int:
    """The number of the first version whose seal does not fit, counted from 1; nought if all do."""
    previous = ""
    for number, version in enumerate(frozen.versions, 1):
        if version.seal != _seal(version.words, version.reason, version.by, version.at, previous):
            return number
        previous = version.seal
    return 0


def _as_read_now(words: str) -> str:
    """Frozen words with what a later form of the file would add to them: a new word is no alteration."""
    try:
        return canonical(Protocol.model_validate_json(words))
    except ValidationError:
        return words


def _read(protocol: Protocol | bytes) -> str:
    return canonical(protocol if isinstance(protocol, Protocol) else read_protocol(protocol))


def _sealed(words: str, reason: str, by: str, at: datetime, previous: str) -> Version:
    if at.tzinfo is None:
        raise BadInput(Problem(PLACE, "The moment has no time zone.", "Give it with its zone, such as UTC."))
    if not by.strip():
        raise BadInput(Problem(PLACE, "Nobody is named who freezes it.", "Name the person."))
    return Version(words, reason, by.strip(), at, _seal(words, reason, by.strip(), at, previous))


def _seal(words: str, reason: str, by: str, at: datetime, previous: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return fingerprint(as_text([words, reason, by, moment, previous]))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def _few(changes: tuple[str, ...]) -> str:
    more = f"; and {len(changes) - 3} more" if len(changes) > 3 else ""
    return "; ".join(changes[:3]) + more
