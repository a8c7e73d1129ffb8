"""Reads the written table of who gets what at every address: every_url.txt, which explains itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_name("every_url.txt")
# The columns: who asks. Those with an area hold their role in Alderbrook, the own area.
ASKING = (
    "public",
    "member",
    "contributor",
    "lead",
    "coach",
    "evaluator",
    "programme",
    "admin",
    "admin+2nd",
)
AREAS = {"own": "T001", "other": "T002", "-": "T001", "kept": "T001", "shared": "T001"}


@dataclass(frozen=True)
class Row:
    address: str
    method: str
    area: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.address:<44}{self.method:<6}{self.area:<7}" + "".join(f"{a:<8}" for a in self.answers)


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines()]
    return [Row(*line[:3], tuple(line[3:])) for line in lines if line and not line[0].startswith("#")]


def addresses() -> dict[str, URLPattern]:
    """Every pattern of the site by its name with its namespaces; by its route where it has none."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, names: str, route: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern, inner, path)
        else:
            yield (f"{names}{pattern.name}" if pattern.name else path), pattern
