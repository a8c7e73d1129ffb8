"""A quarter's release made safe: 30 tables of areas in regions by needs-based grouping, then attacked."""

import time
from datetime import date

import numpy as np

from ithrive.disclosure import CountTable, Dimension, Publication, Rule, Seen, attack, exposed, publish, rule

TABLES, AREAS, REGIONS = 30, 120, 7
GROUPINGS = ("Thriving", "Advice", "Help", "More Help", "Risk Support")
# People an area counts in a quarter: the middle and the spread of CAMHS referrals, shared out unevenly.
MIDDLE, SPREAD = 150, 0.8
SHARES = (6, 8, 6, 3, 1)


def main() -> None:
    """Prints processor seconds, what is hidden, and the gap to the least that could be hidden."""
    generator = np.random.default_rng(2015)
    tables = [_table(f"measure {number}", generator) for number in range(TABLES)]
    for code in ("programme", "partners"):
        _report(tables, rule(code, date(2026, 5, 1)))
    _report_one_measure(generator)


def _report(tables: list[CountTable], under: Rule) -> None:
    wall, start = time.perf_counter(), time.process_time()
    published = publish(tables, under)
    spent, waited = time.process_time() - start, time.perf_counter() - wall
    small = sum(each.keeps is not None for each in published.cells.values())
    proof = "proved least" if published.gap == 0 else f"at most {published.gap:.1%} of the shields too many"
    print(
        f"{under.code}: {len(tables)} tables, {len(published.cells):,} figures: {spent:.1f} s of processor",
        end="",
    )
    print(f", {waited:.1f} s on the clock (at most 5); {small:,} small", end="")
    print(f", {len(published.hidden) - small:,} shields, {proof}")
    if under.rounding == "none":
        _attacked(under.code, published)


def _report_one_measure(generator: np.random.Generator) -> None:
    """Whole, part and rest of one measure by area and grouping, all tied, as releases have them."""
    areas = [f"Area {number}" for number in range(53)]
    opened = generator.poisson(60 * generator.dirichlet(SHARES, len(areas)) + 2)
    agreed = generator.binomial(opened, 0.6)
    leaves = {
        (area, grouping, figure): int(count)
        for row, area in enumerate(areas)
        for column, grouping in enumerate(GROUPINGS)
        for figure, count in (
            ("agreed", agreed[row, column]),
            ("the rest", (opened - agreed)[row, column]),
        )
    }
    dimensions = (
        Dimension.flat("area", areas), Dimension.flat("grouping", GROUPINGS),
        Dimension.flat("figure", ("agreed", "the rest")),
    )  # fmt: skip
    table = CountTable.of_parts("D1", dimensions, leaves)
    start = time.process_time()
    published = publish([table], rule("programme", date(2026, 5, 1)))
    small = sum(each.keeps is not None for each in published.cells.values())
    print(f"one measure of 53 areas, {len(published.cells):,} figures, {small} small: ", end="")
    spent, shields = time.process_time() - start, len(published.hidden) - small
    print(f"{spent:.1f} s of processor, {shields} shields, gap {published.gap:.1%}")


def _attacked(code: str, published: Publication) -> None:
    """Every bound of every hidden figure, beside the question which small ones do not stay open."""
    seen = [Seen("2026-04-20", published)]
    start = time.process_time()
    told = {each for each in attack(seen) if not each.open}
    between = time.process_time()
    asked = set(exposed(seen))
    every, only = between - start, time.process_time() - between
    assert asked == told
    print(
        f"{code}: {len(told)} exposed; attack {every:.2f} s, exposed {only:.2f} s: {every / only:.1f} times"
    )


def _table(measure: str, generator: np.random.Generator) -> CountTable:
    areas = [f"Area {number}" for number in range(AREAS)]
    regions = {f"Region {at}": areas[at::REGIONS] for at in range(REGIONS)}
    sizes = MIDDLE * np.exp(SPREAD * generator.standard_normal(AREAS))
    counts = generator.poisson(sizes[:, None] * generator.dirichlet(SHARES, AREAS))
    leaves = {
        (area, grouping): int(counts[row, column])
        for row, area in enumerate(areas)
        for column, grouping in enumerate(GROUPINGS)
    }
    dimensions = (Dimension.grouped("area", regions), Dimension.flat("grouping", GROUPINGS))
    return CountTable.of_parts(measure, dimensions, leaves)


if __name__ == "__main__":
    main()
