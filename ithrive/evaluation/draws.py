"""How often chance is tried where not everything that could be can be listed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draws:
    """`many` random draws from a fixed `seed`: the same every time, for the bootstrap and for lots."""

    many: int = 9_999
    seed: int = 2015

    @property
    def words(self) -> str:
        return f"(seed {self.seed}) and the real one"


STANDARD = Draws()
