"""How reliable agreed scores are, and what that was told from: a figure from few rounds is itself unsure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """The share, above 0 and up to 1, of the variance of agreed scores that is not the raters' error.

    It was told from `rounds` with two raters or more, their `raters` (somebody who rated in two rounds counts
    twice) and the `ratings` that these gave to statements; each is None where nobody said how many.
    """

    value: float
    rounds: int | None = None
    raters: int | None = None
    ratings: int | None = None

    @property
    def sentence(self) -> str:
        counts = (("rounds", self.rounds), ("raters", self.raters), ("ratings of statements", self.ratings))
        known = [f"{many:,} {name}" for name, many in counts if many is not None]
        if not known:
            return "Nobody said how many rounds, raters and ratings it was told from."
        unknown = [name for name, many in counts if many is None]
        missing = f" Nobody said how many {' and '.join(unknown)}." if unknown else ""
        return f"It was told from {_listed(known)}.{missing}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
