"""The worked example of the handbook: England's areas of 2015, matched on the real covariates.

The counts here are those that the handbook prints (how-to/match-sites.md). The programme's comparison sites
are not public, and nothing says that a site matched here was one: this is the method on real figures.
"""

import csv
import io
from pathlib import Path

import pytest

from ithrive.areas import AgeBand, load
from ithrive.evaluation.matching import (
    Match,
    Way,
    alternatives,
    balance,
    guarded,
    largest_difference,
    match,
    members,
    neighbours,
)
from ithrive.evaluation.matching.from_areas import covariates_of, touching
from ithrive.evaluation.matching.reading import Headings, read_candidates

EXAMPLE = Path(__file__).parents[2] / "docs/examples/england"
ATTRIBUTES = (
    "imd-2015-score",
    "children-most-deprived-fifth-2015",
    "rural-2011",
    "conurbation-2011",
    "camhs-share-of-spend-2013-14",
)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def example(shared_data: Path) -> Match:
    england = load(EXAMPLE / "manifest.toml", folder=shared_data)
    accelerators = [
        each["code"] for each in rows(EXAMPLE / "confirmed-members.csv") if each["role"] == "accelerator"
    ]
    table = covariates_of(
        england, geography="CCG15", attributes=ATTRIBUTES, treated=accelerators, ages=AgeBand(0, 17)
    )
    candidates = read_candidates(
        table.encode(), name="covariates.csv", headings=Headings(title="name"), leave_out=True
    )
    known = {each["site"]: each["because"] for each in rows(EXAMPLE / "matching/members.csv")}
    guards = members(candidates, known), neighbours(candidates, touching(england, "CCG15"))
    return match(guarded(candidates, *guards), Way(calipers={"propensity": 0.2}))


def test_the_counts_of_the_handbook(example: Match):
    candidates = example.candidates
    assert (len(candidates.sites), int(candidates.accelerator.sum())) == (208, 9)
    guards = [each.guard for each in candidates.exclusions]
    counts = {guard: guards.count(guard) for guard in set(guards)}
    assert counts == {"member": 14, "missing covariate": 1, "neighbour": 27}
    assert (len(candidates.barred), int(candidates.open.sum())) == (33, 167)
    assert (len(example.sets), example.unmatched) == (9, ())


def test_the_match_is_in_balance(example: Match):
    found = balance(example)
    assert len(found) == 6
    assert max(abs(each.before.difference) for each in found) == pytest.approx(0.96, abs=0.005)
    assert largest_difference(found) == pytest.approx(0.097, abs=5e-4)
    assert [each.after.ratio for each in found] == pytest.approx([2.5, 2.1, 1.9, 0.6, 0.9, 1.8], abs=0.05)


def test_the_handbook_prints_the_balance_as_it_is(example: Match):
    page = (EXAMPLE.parents[1] / "handbook/how-to/match-sites.md").read_text(encoding="utf-8")
    for each in balance(example):
        cells = abs(each.before.difference), abs(each.after.difference), each.after.ratio
        assert f"| {cells[0]:.2f} | {cells[1]:.2f} | {cells[2]:.1f} |" in page


def test_other_reasonable_matches_leave_the_worst_covariate_further_out(example: Match):
    others = [each for each in alternatives(example) if each.way != example.way]
    left = [each.largest_difference for each in others if each.largest_difference is not None]
    assert len(left) == 4
    assert min(left) > 0.25


def test_neighbours_are_those_on_the_map(example: Match):
    beside = {each.site for each in example.candidates.exclusions if "NHS Bexley" in each.because}
    names = {example.candidates.title(site) for site in beside}
    assert names == {"NHS Bromley CCG", "NHS Greenwich CCG", "NHS Dartford, Gravesham and Swanley CCG"}
