"""Figures that a file holds twice, and months that it leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ithrive.measures import CellState
from ithrive.returns.published.figures import KEY, PublishedFigures
from ithrive.returns.published.findings import Finding, FindingKind

_LISTED = ", ".join(KEY)
_SAME = " AND ".join(f"f.{name} IS NOT DISTINCT FROM r.{name}" for name in KEY)
# Comparing a number for each row is far cheaper than eleven texts; equal numbers are then looked at closely.
_SUSPECTS = f"hash({_LISTED})"


@dataclass(frozen=True, slots=True)
class _Repeated:
    """One figure published more than once, with the texts of its different cells."""

    key: tuple[object, ...]
    times: int
    cells: tuple[str, ...]


def without_repeats(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    """Keeps one row of each figure. Rows that agree become one; rows that differ become one withheld cell.

    Which of two different numbers is right, nobody can tell from the file, so neither is used.
    """
    repeated = _repeated(figures)
    if not repeated:
        return
    for each in repeated:
        yield _finding(each, name)
    _collapse(figures)


def _repeated(figures: PublishedFigures) -> list[_Repeated]:
    rows = figures.rows(
        f"WITH twice AS (SELECT {_SUSPECTS} AS mark FROM figures GROUP BY mark HAVING count(*) > 1) "  # noqa: S608 # columns of ours
        f"SELECT {_LISTED}, count(*), list(DISTINCT coalesce(CAST(number AS VARCHAR), state)) FROM figures "
        f"WHERE {_SUSPECTS} IN (SELECT mark FROM twice) GROUP BY {_LISTED} HAVING count(*) > 1 "
        f"ORDER BY {_LISTED}"
    )
    return [_Repeated(row[:-2], row[-2], tuple(sorted(row[-1]))) for row in rows]


def _finding(each: _Repeated, name: str) -> Finding:
    known = dict(zip(KEY, each.key, strict=True))
    where = f"{name}, {known['measure']}, {known['area']}, {known['period_start']} to {known['period_end']}"
    where += "".join(f", {known[column]}" for column in ("breakdown", "subgroup") if known[column])
    if len(each.cells) == 1:
        what = f"The figure is there {each.times} times, always alike."
        return Finding(FindingKind.DUPLICATE, where, what, "Kept once.")
    shown = " and ".join(cell.removesuffix(".0") for cell in each.cells)
    what = f"The figure is there {each.times} times, as {shown}."
    return Finding(FindingKind.CONTRADICTION, where, what, "Withheld: the file does not say which is right.")


def _collapse(figures: PublishedFigures) -> None:
    execute = figures.connection.execute
    execute(
        "CREATE OR REPLACE TEMP TABLE kept AS SELECT "  # noqa: S608 # columns of ours
        f"{_LISTED}, any_value(title) AS title, any_value(unit) AS unit, any_value(area_name) AS area_name, "
        "any_value(note) AS note, any_value(state) AS state, any_value(number) AS number, "
        "count(DISTINCT coalesce(CAST(number AS VARCHAR), state)) AS different "
        f"FROM figures GROUP BY {_LISTED} HAVING count(*) > 1"
    )
    execute(f"DELETE FROM figures AS f USING kept AS r WHERE {_SAME}")  # noqa: S608 # columns of ours
    execute(
        "INSERT INTO figures BY NAME SELECT * EXCLUDE (different) REPLACE ("  # noqa: S608 # states of ours
        f"CASE WHEN different > 1 THEN '{CellState.WITHHELD.value}' ELSE state END AS state, "
        "CASE WHEN different > 1 THEN NULL ELSE number END AS number, "
        "CASE WHEN different > 1 THEN 'published with different numbers' ELSE note END AS note) FROM kept"
    )


def gaps(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    """Months that lie between the first and the last of a measure and a breakdown, and have no row.

    Kinds of area that took over from one another count as one, so a month lost between them is seen.
    """
    rows = figures.rows(
        "SELECT measure, breakdown, "
        "CASE area_kind WHEN 'sub-icb' THEN 'ccg' WHEN 'icb' THEN 'stp' ELSE area_kind "
        "END AS kind, list(DISTINCT period_end ORDER BY period_end) FROM figures "
        "WHERE subgroup = '' AND area_kind <> 'provider' GROUP BY ALL ORDER BY ALL"
    )
    missing: dict[tuple[str, str, date], list[str]] = {}
    for measure, breakdown, kind, ends in rows:
        for month in _missing(ends):
            missing.setdefault((kind, breakdown, month), []).append(measure)
    for (kind, breakdown, month), measures in sorted(missing.items()):
        where = f"{name}, {kind}{', ' if breakdown else ''}{breakdown}, month to {month}"
        shown = ", ".join(measures[:5]) + (f" and {len(measures) - 5} more" if len(measures) > 5 else "")
        what = f"There are rows before and after, and none for {shown}."
        yield Finding(FindingKind.GAP, where, what, "Left as it is: nothing is filled in.")


def _missing(ends: list[date]) -> Iterator[date]:
    """Only monthly series have months to miss: a quarterly one has steps of three."""
    numbered = {end.year * 12 + end.month: end for end in ends}
    months = sorted(numbered)
    steps = [later - earlier for earlier, later in pairwise(months)]
    if not steps or max(set(steps), key=steps.count) != 1:
        return
    for number in range(months[0], months[-1]):
        if number not in numbered:
            year, month = divmod(number, 12)
            following = date(year, month + 1, 1)
            yield date.fromordinal(following.toordinal() - 1)
