"""Covariates read from a table: one row for each site, and every slip said with its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ithrive.evaluation.matching.candidates import Candidates, Exclusion
from ithrive.evaluation.matching.guards import INCOMPLETE
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, decimal_number, read_csv
from ithrive.tables.rows import shortened

LARGEST = 1e100  # its square is still a number


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column of a table of covariates holds what. Without `covariates`: all that are nothing else."""

    site: str = "site"
    treated: str = "treated"
    title: str | None = None
    covariates: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                (self.site, self.treated, *filter(None, [self.title]), *self.exact, *self.covariates)
            )
        )


def read_candidates(
    source: Path | bytes, *, name: str, headings: Headings = Headings(), leave_out: bool = False
) -> Candidates:
    """The sites of a CSV file: column `treated` holds 1 for accelerator sites and 0 for all others.

    With `leave_out` a candidate that lacks a covariate becomes an exclusion, counted and named; an
    accelerator site that lacks one is always refused. Raises BadInput with every problem found.
    """
    rows = read_csv(source, name=name, needs=headings.named)
    asked = headings.covariates or tuple(
        column for column in (rows[0].cells if rows else ()) if column not in headings.named
    )
    problems: list[Problem] = []
    began = {row.number: _treated(row, headings, name, problems) for row in rows}
    values = {row.number: _values(row, asked, name, problems) for row in rows}
    sites = {row.number: _text(row, headings.site, name, problems) for row in rows}
    problems += _repeated(sites, headings, name)
    short = [row for row in rows if None in values[row.number]]
    problems += [
        problem
        for row in short
        if began[row.number] or not leave_out
        for problem in _missing(row, values[row.number], asked, name, bool(began[row.number]))
    ]
    if problems:
        raise BadInput(shortened(problems, name))
    whole = [row for row in rows if row not in short]
    return Candidates.of(
        [sites[row.number] for row in whole],
        np.array([values[row.number] for row in whole], dtype=np.float64),
        [bool(began[row.number]) for row in whole],
        covariates=asked,
        titles={sites[row.number]: row.cells[headings.title] for row in rows} if headings.title else None,
        strata={column: [row.cells[column] for row in whole] for column in headings.exact},
        exclusions=[
            Exclusion(sites[row.number], INCOMPLETE, f"It has no {_lacking(values[row.number], asked)}.")
            for row in short
        ],
        name=name,
    )


def _treated(row: Row, headings: Headings, name: str, problems: list[Problem]) -> bool:
    text = row.cells[headings.treated]
    number = decimal_number(text)
    if number not in (0, 1):
        mend = "Write 1 for an accelerator site and 0 for any other."
        place = f"{name}, row {row.number}, column {headings.treated}"
        problems.append(Problem(place, f"“{text}” is neither 0 nor 1.", mend))
    return number == 1


def _text(row: Row, column: str, name: str, problems: list[Problem]) -> str:
    if not row.cells[column]:
        place = f"{name}, row {row.number}, column {column}"
        problems.append(Problem(place, "The cell is empty.", "Every row needs one."))
    return row.cells[column]


def _values(row: Row, asked: Sequence[str], name: str, problems: list[Problem]) -> list[float | None]:
    found = []
    for column in asked:
        text = row.cells[column]
        number = decimal_number(text)
        if text and (number is None or abs(number) > LARGEST):
            mend = "Write a plain number, or leave the cell empty if there is none."
            what = f"“{text}” is not a finite number."
            problems.append(Problem(f"{name}, row {row.number}, column {column}", what, mend))
            number = 0.0  # said once is enough: it is not missing as well
        found.append(number)
    return found


def _repeated(sites: dict[int, str], headings: Headings, name: str) -> list[Problem]:
    first: dict[str, int] = {}
    return [
        Problem(
            f"{name}, row {number}, column {headings.site}",
            f"{site} is there already, in row {first[site]}.",
            "Keep one row for each site.",
        )
        for number, site in sites.items()
        if site and first.setdefault(site, number) != number
    ]


def _missing(
    row: Row, values: Sequence[float | None], asked: Sequence[str], name: str, began: bool
) -> list[Problem]:
    mend = "Fill it, or leave the covariate out."
    if not began:
        mend = "Fill it, leave the covariate out, or leave such candidates out with --leave-out-missing."
    return [
        Problem(f"{name}, row {row.number}, column {column}", "There is no figure.", mend)
        for column, value in zip(asked, values, strict=True)
        if value is None
    ]


def _lacking(values: Sequence[float | None], asked: Sequence[str]) -> str:
    return ", ".join(column for column, value in zip(asked, values, strict=True) if value is None)
