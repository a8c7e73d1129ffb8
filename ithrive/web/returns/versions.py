"""The versions of one return, what they hold, and the form that they are filled in on."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.returns import Finding, Identity, ReturnedFigure, ReturnFigures, ReturnForm, check, return_form
from ithrive.returns.life import State
from ithrive.returns.workbook import said
from ithrive.web.areas.children import children_in
from ithrive.web.returns.models import UNDER_WAY, Figure, QuarterlyReturn, Query, SentFile, Version
from ithrive.web.returns.queries import as_cell, key_of

# The forms that quarters may use, by version. A form in use never changes: a change of measures gets the
# next number, and quarters already expected keep theirs.
FORM_IN_USE = "1"


def with_versions(found: QuerySet[QuarterlyReturn]) -> QuerySet[QuarterlyReturn]:
    """The same, each with its versions and who moved them: one query more, however many there are."""
    people = Version.objects.select_related("started_by", "submitted_by", "signed_off_by")
    return found.prefetch_related(Prefetch("versions", people.order_by("number")))


def versions_of(found: QuarterlyReturn) -> list[Version]:
    """Every version of a return, the first first."""
    rows = found.versions.select_related("started_by", "submitted_by", "signed_off_by")
    return list(rows.order_by("number"))


def under_way(versions: Iterable[Version]) -> Version | None:
    """The version that somebody works on: a draft, submitted, or queried."""
    return next((each for each in versions if each.state in UNDER_WAY), None)


def in_force(versions: Iterable[Version]) -> Version | None:
    """The version that is signed off, and that no later one took the place of."""
    return next((each for each in versions if each.state == State.SIGNED_OFF), None)


def queries_of(version: Version) -> list[Query]:
    """What people asked of a version, in order."""
    return list(version.queries.select_related("asked_by", "answered_by").order_by("pk"))


def files_of(found: QuarterlyReturn) -> QuerySet[SentFile]:
    """Every file that figures of a return came in, in order. Ask first who may read them."""
    return SentFile.objects.filter(version__of=found).select_related("sent_by").order_by("pk")


def received_on(versions: Iterable[Version]) -> date | None:
    """The day on which a return first came, whatever was sent after it."""
    moments = [each.first_submitted_at for each in versions if each.first_submitted_at]
    return timezone.localdate(min(moments)) if moments else None


def figures_in(version: Version) -> ReturnFigures:
    """Everything that one version holds, whatever its state. One query."""
    rows = Figure.objects.filter(version=version).order_by("pk")
    figures = {
        key_of(row): ReturnedFigure(as_cell(row.state, row.number), row.reason, row.provenance)
        for row in rows
    }
    return ReturnFigures(identity_of(version.of, version.number), figures, version.methods, version.notes)


def cells_before(found: QuarterlyReturn) -> tuple[Mapping[FigureKey, Cell], Mapping[str, str]]:
    """The figures and methods of the quarter before: signed off, or else as last submitted. Two queries."""
    earlier = (found.quarter + -1).starts
    versions = Version.objects.filter(of__area=found.area_id, of__quarter_starts=earlier)
    rows = list(versions.select_related("of__area__country").order_by("number"))
    best = in_force(rows) or next((each for each in rows if each.state == State.SUBMITTED), None)
    if best is None:
        return {}, {}
    before = figures_in(best)
    return before.cells, before.methods


@lru_cache(maxsize=8)
def form_of_version(version: str) -> ReturnForm:
    return return_form(measures(), version)


def form_of(found: QuarterlyReturn) -> ReturnForm:
    """The form that a quarter's return is filled in on."""
    return form_of_version(found.form_version)


def identity_of(found: QuarterlyReturn, number: int = 1) -> Identity:
    area = found.area
    return Identity(area.code, area.name, area.country.name, found.quarter, found.form_version, number)


def children_of(found: QuarterlyReturn) -> Cell:
    """How many children live in the area, which rates over the population need; not submitted if unknown."""
    known = children_in([found.area], found.quarter).get(found.area_id)
    return Cell.without(CellState.NOT_SUBMITTED) if known is None else Cell.of(known)


def findings_of(version: Version, places: Mapping[FigureKey, str] | None = None) -> tuple[Finding, ...]:
    """Everything that the checks find in a version as it stands, against the quarter before. Four queries.

    `places` say where figures stand for the reader: on a page, other than in a workbook.
    """
    before, methods = cells_before(version.of)
    return check(
        form_of(version.of), figures_in(version), before, last_methods=methods, places=places or None
    )


def seen_mark(text: str, note: str = "") -> str:
    """A short mark of what stands in a cell, to tell later what somebody had before them."""
    return sha256(f"{text}\x1f{note}".encode()).hexdigest()[:12]


def text_of(figure: ReturnedFigure | None) -> str:
    """A figure as it stands in a box: the number, why there is none, or nothing."""
    shown = said(figure.cell) if figure else None
    return "" if shown is None else str(shown)


def mark_of(figure: ReturnedFigure | None) -> str:
    return seen_mark(text_of(figure), figure.reason if figure else "")
