"""What changed from one version of an instrument to another, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ithrive.framework.instrument import HIGHEST, LOWEST, Instrument, Statement


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"  # to another level, or to another place among the statements
    WEIGHED = "weighed otherwise"
    ABOUT = "about the instrument"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: `field` of the statement with this code ("" for the whole)."""

    kind: Kind
    statement: str
    field: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The difference, for a person to read."""
        name = f"Statement {self.statement}"
        match self.kind:
            case Kind.ADDED:
                return f"{name} is new: “{self.after}”"
            case Kind.REMOVED:
                return f"{name} is gone. It was: “{self.before}”"
            case Kind.MOVED:
                return f"{name} moved from {self.field} {self.before} to {self.after}."
            case Kind.WEIGHED:
                return f"{name} weighs {self.after} instead of {self.before}."
            case Kind.REWORDED:
                return f"{name}: {self.field} was {_quoted(self.before)} and is {_closing(self.after)}"
            case _:
                field = self.field[:1].upper() + self.field[1:]
                return f"{field} was {_quoted(self.before)} and is {_closing(self.after)}"


# What is said of each field, in the order in which a page shows a statement.
WORDS = {
    "principle": "the principle",
    "text": "the statement",
    "question": "the question",
    "evidence": "the kind of evidence",
    "measure": "the measure",
}
ABOUT_WORDS = {
    "code": "the code",
    "title": "the title",
    "licence": "the licence",
    "total": "the way of adding up a level",
}


def differences(old: Instrument, new: Instrument) -> tuple[Difference, ...]:
    """Everything that differs, apart from the version's number: first the whole, then statement by statement.

    Statements are the same one where they have the same code. A change of the order alone is told too.
    """
    return (*_about(old, new), *_levels(old, new), *_statements(old, new), *_order(old, new))


def _about(old: Instrument, new: Instrument) -> Iterator[Difference]:
    for key, words in ABOUT_WORDS.items():
        yield from _changed(Kind.ABOUT, "", words, str(getattr(old, key)), str(getattr(new, key)))
    was, is_now = (_kind_of(each) for each in (old, new))
    yield from _changed(Kind.ABOUT, "", "the kind of wording", was, is_now)


def _kind_of(instrument: Instrument) -> str:
    return "demonstration" if instrument.demonstration else "an instrument in use"


def _levels(old: Instrument, new: Instrument) -> Iterator[Difference]:
    before = {level.code: f"{level.name}: {level.purpose}" for level in old.level}
    after = {level.code: f"{level.name}: {level.purpose}" for level in new.level}
    for code in [*before, *(each for each in after if each not in before)]:
        yield from _changed(Kind.ABOUT, "", f"the level {code}", before.get(code, ""), after.get(code, ""))
    was = ", ".join(code for code in before if code in after)
    is_now = ", ".join(code for code in after if code in before)
    yield from _changed(Kind.ABOUT, "", "the order of the levels", was, is_now)


def _statements(old: Instrument, new: Instrument) -> Iterator[Difference]:
    before = {each.code: each for each in old.statement}
    after = {each.code: each for each in new.statement}
    for code, statement in before.items():
        if code in after:
            yield from _statement(statement, after[code])
        else:
            yield Difference(Kind.REMOVED, code, "the statement", statement.text, "")
    for code, statement in after.items():
        if code not in before:
            yield Difference(Kind.ADDED, code, "the statement", "", statement.text)


def _statement(old: Statement, new: Statement) -> Iterator[Difference]:
    code = old.code
    yield from _changed(Kind.MOVED, code, "level", old.level, new.level)
    for key, words in WORDS.items():
        yield from _changed(Kind.REWORDED, code, words, str(getattr(old, key)), str(getattr(new, key)))
    for score in range(LOWEST, HIGHEST + 1):
        was, is_now = old.anchors[score - LOWEST], new.anchors[score - LOWEST]
        yield from _changed(Kind.REWORDED, code, f"what a score of {score} means", was, is_now)
    yield from _changed(Kind.WEIGHED, code, "weight", f"{old.weight:g}", f"{new.weight:g}")


def _order(old: Instrument, new: Instrument) -> Iterator[Difference]:
    """The first statement that stands elsewhere among those in both versions; the others follow from it."""
    shared = {each.code for each in old.statement} & {each.code for each in new.statement}
    was = [each.code for each in old.statement if each.code in shared]
    is_now = [each.code for each in new.statement if each.code in shared]
    for place, (before, after) in enumerate(zip(was, is_now, strict=True), 1):
        if before != after:
            where = was.index(after) + 1
            yield Difference(Kind.MOVED, after, "place", str(where), f"place {place} in the order")
            return


def _changed(kind: Kind, statement: str, field: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(kind, statement, field, before, after)


def _closing(text: str) -> str:
    """The text at the end of a sentence, which needs no second full stop."""
    return _quoted(text) if text.endswith((".", "?", "!")) else f"{_quoted(text)}."


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "not there"
