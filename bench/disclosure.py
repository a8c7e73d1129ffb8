"""A quarter's release made safe: 30 tables of areas in regions by needs-based grouping, then attacked."""

import time
from datetime import date

import numpy as np

from ithrive.disclosure import CountTable, Dimension, Rule, Seen, attack, publish, rule

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
    start = time.process_time()
    reaches = attack([Seen("2026-04-20", published)]) if under.rounding == "none" else ()
    if reaches:
        exposed = sum(not each.open for each in reaches)
        print(f"{under.code}: {exposed} of {small:,} exposed; attack {time.process_time() - start:.1f} s")


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
