"""Every figure agrees with the slow twin, on extracts made by chance, in both modes."""

import os
from collections import defaultdict
from itertools import product
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.records.engine import Engine, duckdb_engine
from ithrive.records.features import ProviderSites, Rules
from ithrive.records.indicators import (
    DIFFERENCES,
    INDICATORS,
    Figure,
    Layers,
    Mode,
    build,
    compute_each,
    differences_as_text,
)
from scripts.print_differences import PAGE, printed
from tests.records.plain.twin import figures, read
from tests.records.plain.worlds import CODES, MOST_DEPRIVED, world
from tests.records.plain.written import WrittenExtract, whole_rows

QUARTERS = (Quarter(2023, 3), Quarter(2024, 1), Quarter(2024, 2), Quarter(2024, 3))
RULES = Rules(most_deprived=MOST_DEPRIVED, needs_based_codes=CODES)
# Every provider of a world is an extract of its own: none shares people with another. A run looks at 1,200;
# ITHRIVE_WORLDS=20 looks at ten times as many. Ten of them make a site, which saves most of the time.
WORLDS, PROVIDERS, TO_A_SITE = int(os.environ.get("ITHRIVE_WORLDS", "2")), 600, 10
# What no record tells: whom somebody asked, and how many children live where.
RETURN_ONLY = {("D3", "invited"), ("W2", "deprivation-in-population"), ("W2", "deprivation-out-population")}
RECORDED = {"UniqServReqID": "string", "day": "date", "grouping": "string"}
Plain = dict[tuple[str, Quarter], dict[str, Any]]


def site_of(records: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    providers = dict.fromkeys(row["OrgIDProv"] for row in records["MHS101"])
    return {provider: f"S{place // TO_A_SITE}" for place, provider in enumerate(providers)}


def layers_of(engine: Engine, records: dict[str, list[dict[str, Any]]]) -> Layers:
    sites = ProviderSites(site_of(records))
    said = [{name: row[name] for name in RECORDED} for row in records["recorded"]]
    recorded = engine.materialise("recorded", engine.view("said", ibis.memtable(said, schema=RECORDED)))
    extract = WrittenExtract(engine, records)
    return build(extract, quarters=QUARTERS, sites=sites, rules=RULES, recorded=recorded)


def by_hand(found: Any, key: FigureKey) -> float | None:
    """A median or percentile of a list, linear between two numbers; a count as it is."""
    percent = {"median": 50, "p90": 90}
    for word, share in percent.items():
        if word in key.figure.split("-"):
            return None if not found else round(float(np.percentile(found, share)), 6)
    return found or 0


def differing(found: tuple[Figure, ...], plain: Plain) -> list[tuple[object, ...]]:
    """Figures that are not what counting by hand gives, with both numbers."""
    return [
        (figure.site, figure.quarter.label, figure.key.text, figure.number, expected)
        for figure in found
        if figure.state is not CellState.NOT_SUBMITTED
        and figure.number
        != (expected := by_hand(plain[figure.site, figure.quarter].get(figure.key.text), figure.key))
    ]


def plain_of(records: dict[str, list[dict[str, Any]]]) -> dict[Mode, Plain]:
    """What counting by hand gives for each site: the counts of its providers together."""
    providers = read(whole_rows(records), MOST_DEPRIVED, records["recorded"])
    plain: dict[Mode, Plain] = {mode: defaultdict(dict) for mode in Mode}
    for code, site in site_of(records).items():
        for mode, quarter in product(Mode, QUARTERS):
            found = plain[mode][site, quarter]
            for name, number in figures(providers[code], quarter, mode is Mode.PARITY).items():
                found[name] = found[name] + number if name in found else number
    return plain


@settings(max_examples=WORLDS)
@given(seed=st.integers(0, 2**32))
def test_every_figure_agrees_with_counting_by_hand(seed: int) -> None:
    records = world(seed, PROVIDERS)
    with duckdb_engine() as engine:
        found = compute_each(layers_of(engine, records), tuple(Mode))
    for mode, plain in plain_of(records).items():
        assert not differing(found[mode], plain)


def test_extracts_made_by_chance_leave_no_figure_at_nought() -> None:
    """An expression that never counts anybody would agree with everything."""
    for mode, plain in plain_of(world(2016, PROVIDERS)).items():
        declared = {f"{each.measure}.{each.figure}" for each in INDICATORS if each.stands_in(mode)}
        assert (
            declared - {name for found in plain.values() for name, number in found.items() if number} == set()
        )


@pytest.mark.parametrize("mode", Mode)
def test_every_figure_that_records_can_tell_is_declared(mode: Mode) -> None:
    declared = {(each.measure, each.figure) for each in INDICATORS if each.stands_in(mode)}
    told = {
        (measure.id, each.code)
        for measure in measures().values()
        if measure.sources != ("return",)
        for each in measure.returned
    }
    assert told - declared == RETURN_ONLY
    assert declared <= told


def test_every_quirk_of_parity_is_listed() -> None:
    apart = {each.measure for each in INDICATORS if each.mode is Mode.PARITY}
    assert apart == {each.measure for each in DIFFERENCES}
    assert all(each.quirk in differences_as_text() for each in DIFFERENCES)


def test_the_printed_differences_are_those_in_force() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(), "run make fix"
