"""Passages of an interview's text: numbered parts to choose from, and stretches tied to statements.

A passage is kept as two places in the text (characters counted from 0, the end not included) with a
digest of the whole text, so that a text that changed cannot shift it in silence.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST_REMARK = 300
# A passage is a piece of evidence, not the whole conversation.
LONGEST_PASSAGE = 5_000
LONGEST_PART = 600
# A full stop ends a sentence where a space and a capital, digit or quotation mark follow.
SENTENCE_ENDS = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
CHANGED = (
    "The text changed since this passage was marked, so it no longer counts. Remove it and mark it again."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a text, with its number, which counts from 1, and that of its paragraph."""

    number: int
    paragraph: int
    begins: int
    ends: int
    words: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage as it is kept: where it lies, in which text, and the statement it is evidence for."""

    key: int
    statement: str
    begins: int
    ends: int
    text_digest: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a text in which the same passages lie. Together a text's stretches are the whole text."""

    begins: int
    ends: int
    words: str
    passages: tuple[int, ...]


def plain_text(text: str) -> str:
    """A text as it is kept: lines end in one character, so that places mean the same everywhere."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def digest_of(text: str) -> str:
    """The SHA-256 of a text: 64 characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def parts(text: str) -> tuple[Part, ...]:
    """The sentences of a text, in order. A sentence without an end in sight is cut at a space."""
    found: list[Part] = []
    for paragraph, (begins, ends) in enumerate(_paragraphs(text), 1):
        for first, last in _sentences(text, begins, ends):
            found.append(Part(len(found) + 1, paragraph, first, last, text[first:last]))
    return tuple(found)


def chosen(text: str, numbers: Collection[int]) -> tuple[tuple[int, int], ...]:
    """The stretches that the parts of these numbers make, from begin to end: neighbours are joined.

    A number that no part has is passed over.
    """
    runs: list[list[Part]] = []
    for part in parts(text):
        if part.number not in numbers:
            continue
        if runs and runs[-1][-1].number == part.number - 1:
            runs[-1].append(part)
        else:
            runs.append([part])
    return tuple((run[0].begins, run[-1].ends) for run in runs)


def trimmed(text: str, begins: int, ends: int) -> tuple[int, int]:
    """The same stretch without the space around it, as a hand with a mouse takes some along."""
    words = text[begins:ends]
    return begins + len(words) - len(words.lstrip()), ends - (len(words) - len(words.rstrip()))


def why_not_mark(text: str, begins: int, ends: int, *, statement: str, known: Collection[str]) -> str | None:
    """The reason a stretch cannot be evidence for a statement, or None if it can."""
    if statement not in known:
        return "Choose the statement that this is evidence for."
    if not 0 <= begins < ends <= len(text) or not text[begins:ends].strip():
        return "Choose a stretch of the text first."
    if ends - begins > LONGEST_PASSAGE:
        return f"A passage has at most {LONGEST_PASSAGE:,} characters. Mark the lines that matter."
    return None


def why_not_change_text(passages: int) -> str | None:
    """The reason a text cannot change. `passages`: how many are marked in it."""
    if not passages:
        return None
    those = "1 passage is" if passages == 1 else f"{passages} passages are"
    return f"{those} marked in this text. Remove them first, or add what is missing as another note."


def words_of(text: str, begins: int, ends: int, text_digest: str) -> str | None:
    """The words of a passage; None where the text is no longer the one in which it was marked."""
    if digest_of(text) != text_digest or not 0 <= begins < ends <= len(text):
        return None
    return text[begins:ends]


def stretches(text: str, passages: Sequence[Marked]) -> tuple[Stretch, ...]:
    """The whole text, cut wherever a passage begins or ends. Passages of another text are left out."""
    standing = [each for each in passages if words_of(text, each.begins, each.ends, each.text_digest)]
    cuts = sorted({0, len(text), *(place for each in standing for place in (each.begins, each.ends))})
    return tuple(
        Stretch(begins, ends, text[begins:ends], tuple(_over(standing, begins, ends)))
        for begins, ends in pairwise(cuts)
    )


def _over(passages: Iterable[Marked], begins: int, ends: int) -> Iterator[int]:
    return (each.key for each in passages if each.begins <= begins and ends <= each.ends)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield trimmed(text, *line.span())


def _sentences(text: str, begins: int, ends: int) -> Iterator[tuple[int, int]]:
    first = begins
    for end in SENTENCE_ENDS.finditer(text, begins, ends):
        yield from _shorter(text, first, end.end())
        first = end.end()
    yield from _shorter(text, first, ends)


def _shorter(text: str, begins: int, ends: int) -> Iterator[tuple[int, int]]:
    while ends - begins > LONGEST_PART:
        space = text.rfind(" ", begins + 1, begins + LONGEST_PART)
        cut = space if space > begins else begins + LONGEST_PART
        yield trimmed(text, begins, cut)
        begins = trimmed(text, cut, ends)[0]
    if text[begins:ends].strip():
        yield trimmed(text, begins, ends)
