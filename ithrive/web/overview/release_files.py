"""A release to take away: its rows, the lists that explain their codes, and what it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from ithrive.disclosure import rule as rule_named
from ithrive.disclosure.words import WHY
from ithrive.framework import framework
from ithrive.measures import NOT_KNOWN, measures
from ithrive.tables import csv_text
from ithrive.tables.parquet import parquet_bytes
from ithrive.web.overview.release_pages import risk_of
from ithrive.web.overview.release_rows import COLUMNS, PublicRow
from ithrive.web.publications.models import Release, ReleaseTable
from ithrive.web.publications.queries import public_tables

KINDS = {name: "whole number" if name in {"value", "areas"} else "text" for name in COLUMNS}
MEANS = {
    "quarter": "The quarter, named by its financial year",
    "area_kind": "The kind of area, or “programme” for all areas together",
    "area": "The area's code; empty for all areas together",
    "area_name": "The area's name",
    "measure": "The measure's id: see /api/v1/measures",
    "kind": "“count” for a number of people or things, “rate” for what is made of such numbers",
    "figure": "Which figure of the measure",
    "title": "The figure in words",
    "grouping": "The needs-based grouping; empty for everybody",
    "unit": "What the value is counted in",
    "state": "Whether there is a value, and if not, why: see the code list of states",
    "value": "The figure, as rounded by the rule; empty unless the state is “value” or “zero”",
    "areas": "How many areas the figure is of",
}


def rows_of(release: Release, measure: str = "") -> list[PublicRow]:
    """The public rows, measure by measure."""
    tables = public_tables(release)
    chosen = tables.filter(measure=measure) if measure else tables
    return [PublicRow.of(row) for table in chosen for row in table.rows]


def as_csv(rows: Iterable[PublicRow]) -> str:
    return csv_text(COLUMNS, (row.to_list() for row in rows))


def as_parquet(release: Release, rows: Iterable[PublicRow]) -> bytes:
    about = {name: str(value) for name, value in metadata(release, list(public_tables(release))).items()}
    return parquet_bytes(KINDS, (row.to_list() for row in rows), about=about)


def metadata(release: Release, tables: Sequence[ReleaseTable]) -> dict[str, Any]:
    """What a release is, for machines and for people: the same wherever it is told."""
    rule = rule_named(release.rule, release.taken_at.date())
    return {
        "reference": release.reference,
        "title": release.title,
        "country": release.country.slug,
        "fictional": release.country.fictional,
        "quarters": release.quarters,
        "measures": release.measures,
        "taken_at": release.taken_at,
        "released_at": release.released_at,
        "rule": rule.code,
        "rule_says": rule.says,
        "rules_of_measures": {each.measure: each.rule for each in tables},
        "figures": sum(each.figures for each in tables),
        "hidden": sum(each.hidden for each in tables),
        "gap": max((each.gap for each in tables), default=0.0),
        "residual_risk": list(risk_of(tables)),
        "digest": release.digest,
        "licence": settings.DATA_LICENCE,
        "columns": MEANS,
    }


def code_lists() -> list[dict[str, str]]:
    """Every code that stands in a row, with its meaning, in a fixed order."""
    groupings = [
        {"list": "grouping", "code": each.code, "means": each.name} for each in framework().groupings.grouping
    ]
    shown = {"value": "A figure above nought.", "zero": "Nought: somebody looked, and there was none."}
    return [
        *groupings,
        {"list": "grouping", "code": NOT_KNOWN, "means": "Nobody recorded a grouping"},
        *({"list": "state", "code": code, "means": means} for code, means in shown.items()),
        *({"list": "state", "code": state.value, "means": means} for state, means in WHY.items()),
        *({"list": "measure", "code": each.id, "means": each.title} for each in measures().values()),
    ]
