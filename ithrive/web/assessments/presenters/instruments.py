"""The words of the pages on instruments, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.framework.instrument import LOWEST, Evidence, Instrument, Statement, Total
from ithrive.framework.instruments import Difference, differences, why_not_import
from ithrive.problems import Problem
from ithrive.web.assessments.models import InstrumentVersion

NOTICE = "This instrument is in our own words. It is not the published assessment tool."
TOTALS = {
    Total.SUM: "A level’s total is the sum of its agreed scores, each times its weight.",
    Total.MEAN: "A level’s total is the mean of its agreed scores, weighted.",
}
FILES = {"xlsx": "Workbook (XLSX)", "csv": "REDCap data dictionary (CSV)", "toml": "TOML"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    title: str
    version: str
    href: str
    statements: int
    demonstration: bool
    imported_on: str


@dataclass(frozen=True, slots=True)
class Anchor:
    score: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementPart:
    number: int
    statement: Statement
    anchors: tuple[Anchor, ...]
    evidence: str
    weight: str


@dataclass(frozen=True, slots=True)
class LevelPart:
    name: str
    purpose: str
    statements: tuple[StatementPart, ...]


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    instrument: Instrument
    counts: str
    total: str
    levels: tuple[LevelPart, ...]
    files: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    title: str
    version: str
    since: str
    sentences: tuple[str, ...]
    back: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    instrument: Instrument
    file: str
    counts: str
    refusal: str
    here_already: bool
    since: str
    sentences: tuple[str, ...]
    levels: tuple[LevelPart, ...]


def frame(instrument: Instrument) -> dict[str, object]:
    """What the frame of every page that shows an instrument needs: that a demonstration says so.

    Of a real instrument nothing is said here, so that a demonstration site goes on calling itself one.
    """
    return {"demonstration": True, "demonstration_notice": NOTICE} if instrument.demonstration else {}


def version_line(version: InstrumentVersion) -> VersionLine:
    return VersionLine(
        version.title,
        version.version,
        address_of(version),
        len(version.content["statement"]),
        version.demonstration,
        f"{version.imported_at:%-d %B %Y}",
    )


def instrument_page(
    instrument: Instrument, version: InstrumentVersion, others: Iterable[InstrumentVersion]
) -> InstrumentPage:
    return InstrumentPage(
        instrument=instrument,
        counts=counts(instrument),
        total=TOTALS[instrument.total],
        levels=level_parts(instrument),
        files=tuple(
            (words, reverse("assessments:instrument-download", args=[*_key(version), ending]))
            for ending, words in FILES.items()
        ),
        others=tuple(
            (other.version, reverse("assessments:instrument-since", args=[*_key(version), other.version]))
            for other in others
        ),
    )


def difference_page(version: InstrumentVersion, old: Instrument, new: Instrument) -> DifferencePage:
    return DifferencePage(
        new.title, new.version, old.version, _sentences(differences(old, new)), address_of(version)
    )


def preview_page(
    sent: Instrument, file: str, *, known: Instrument | None, latest: Instrument | None
) -> PreviewPage:
    """`known` has the code and version of what was sent; `latest` is that instrument's newest version."""
    compared = latest if known is None else None
    return PreviewPage(
        instrument=sent,
        file=file,
        counts=counts(sent),
        refusal=why_not_import(sent, known) or "",
        here_already=known == sent,
        since=compared.version if compared else "",
        sentences=_sentences(differences(compared, sent)) if compared else (),
        levels=level_parts(sent),
    )


def counts(instrument: Instrument) -> str:
    """ "24 statements: 8 macro, 8 meso, 8 micro. 8 are rated on a measure." """
    by_level = ", ".join(
        f"{len(instrument.on_level(level.code))} {level.name.lower()}" for level in instrument.level
    )
    measured = sum(each.evidence is Evidence.QUANTITATIVE for each in instrument.statement)
    return f"{len(instrument.statement)} statements: {by_level}. {measured} of them rest on a measure."


def level_parts(instrument: Instrument) -> tuple[LevelPart, ...]:
    numbers = {each.code: number for number, each in enumerate(instrument.statement, 1)}
    return tuple(
        LevelPart(
            level.name,
            level.purpose,
            tuple(_statement(each, numbers[each.code]) for each in instrument.on_level(level.code)),
        )
        for level in instrument.level
    )


def address_of(version: InstrumentVersion) -> str:
    return reverse("assessments:instrument", args=_key(version))


def problems_shown(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """At most as many as somebody reads, with a last one that counts the others."""
    most = 20
    if len(problems) <= most:
        return tuple(problems)
    rest = f"There are {len(problems) - most} more."
    return (*problems[:most], Problem("And", rest, "Mend the first ones and send the file again."))


def _statement(statement: Statement, number: int) -> StatementPart:
    evidence = "What people say and documents show"
    if statement.evidence is Evidence.QUANTITATIVE:
        evidence = f"A measure: {statement.measure or 'not named yet'}"
    anchors = tuple(Anchor(score, text) for score, text in enumerate(statement.anchors, LOWEST))
    return StatementPart(number, statement, anchors, evidence, f"{statement.weight:g}")


def _sentences(found: Iterable[Difference]) -> tuple[str, ...]:
    return tuple(each.sentence for each in found)


def _key(version: InstrumentVersion) -> tuple[str, str]:
    return version.code, version.version
