"""What the first page on assessments offers beside what is due: files to take away, and pages to go on to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.web.assessments.models import InstrumentVersion

ENDINGS = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Offers:
    """Links, as (words, address): files of every round that the reader may see, and further pages."""

    files: tuple[Link, ...]
    pages: tuple[Link, ...]


def offers(
    versions: Iterable[InstrumentVersion],
    *,
    import_into: Sequence[tuple[str, str]] = (),
    schedule_in: Sequence[tuple[str, str]] = (),
) -> Offers:
    """`import_into`: countries, as (name, slug), whose past rounds the reader may bring in; `schedule_in`:
    those in which they may schedule the rounds of a study."""
    tables = [(f"Every round that you may see, as {name}", _file(ending)) for ending, name in ENDINGS.items()]
    dictionary = ("What the columns hold, as CSV", reverse("assessments:export-dictionary"))
    redcap = [(f"Agreed scores for REDCap: {each}", _redcap(each)) for each in versions]
    pages = [
        *(
            (f"Schedule a study’s rounds in {name}", _of("schedule-study", slug))
            for name, slug in schedule_in
        ),
        *((f"Bring past rounds of {name} in", _of("past-rounds-import", slug)) for name, slug in import_into),
        ("Assessment instruments", reverse("assessments:instruments")),
    ]
    return Offers((*tables, dictionary, *redcap), tuple(pages))


def _file(ending: str) -> str:
    return reverse("assessments:every-export", args=[ending])


def _redcap(version: InstrumentVersion) -> str:
    return reverse("assessments:redcap-export", args=[version.code, version.version])


def _of(page: str, country: str) -> str:
    return reverse(f"assessments:{page}", args=[country])
