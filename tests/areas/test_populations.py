"""People moved along the lineage, against counting atoms; and refusals instead of zeros."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.ages import AgeBand
from ithrive.areas.crossings import Part
from ithrive.areas.gazetteer import Gazetteer, Link, Population
from ithrive.areas.places import Country, Geography, Place
from ithrive.areas.populations import PopulationPart, divided, populations
from ithrive.problems import BadInput
from tests.areas.atoms import ALL, CHAIN, DIRECT, EVERY, NESTED, Atoms, countries


def counted_by_hand(atoms: Atoms, geography: str, ages: AgeBand = ALL) -> dict[str, int]:
    return {code: atoms.people(atoms.within(geography, [code]), ages) for code in atoms.codes(geography)}


@given(countries(), st.sampled_from(NESTED), st.sampled_from(NESTED))
def test_along_nested_areas_everybody_is_where_they_live(atoms: Atoms, figures: str, asked: str) -> None:
    found = populations(atoms.gazetteer(CHAIN, [figures]), asked, ALL)
    assert found.people == counted_by_hand(atoms, asked)


@given(countries(), st.sampled_from(NESTED))
def test_a_merger_is_exact_for_any_ages(atoms: Atoms, asked: str) -> None:
    ages = AgeBand(1, 2)
    found = populations(atoms.gazetteer(CHAIN, ["FINE"]), asked, ages)
    assert found.people == counted_by_hand(atoms, asked, ages)


@given(countries(), st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_moving_people_loses_nobody_and_adds_nobody(atoms: Atoms, figures: str, asked: str) -> None:
    gazetteer = atoms.gazetteer([("FINE", "MERGED"), ("MERGED", "TOP"), ("CROSS", "TOP")], [figures])
    found = populations(gazetteer, asked, AgeBand(0, 1))
    assert found.total == atoms.people(range(len(atoms.persons)), AgeBand(0, 1))
    for code, parts in found.working.items():
        assert sum(part.people for part in parts) == found.people[code]


@given(st.integers(0, 10_000), st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_whole_people_are_within_one_of_their_share(people: int, weights: list[int]) -> None:
    parts = [Part("A", str(i), weight / sum(weights), 1) for i, weight in enumerate(weights)]
    found = divided(people, parts)
    assert sum(found) == people
    for count, part in zip(found, parts, strict=True):
        assert abs(count - people * part.share_of_from) < 1


def test_the_person_left_over_goes_where_most_of_one_was_cut_off() -> None:
    parts = [Part("A", "x", 0.5, 1), Part("A", "y", 0.3, 1), Part("A", "z", 0.2, 1)]
    assert divided(3, parts) == [1, 1, 1]  # 1.5, 0.9 and 0.6
    assert divided(1, [Part("A", "y", 0.5, 1), Part("A", "x", 0.5, 1)]) == [0, 1]  # a tie: by code


def test_own_figures_come_before_any_others() -> None:
    atoms = Atoms(((1, 0, 0), (2, 0, 0)), {"FINE": (0, 1), "MERGED": (0, 0), "TOP": (0, 0), "CROSS": (0, 0)})
    gazetteer = atoms.gazetteer(DIRECT, ["MERGED"])
    odd = Population("FINE", "FINE-0", 2020, (7, 7, 7)), Population("FINE", "FINE-1", 2020, (1, 1, 1))
    gazetteer = Gazetteer(
        gazetteer.country,
        gazetteer.geographies,
        gazetteer.places,
        gazetteer.links,
        (*gazetteer.populations, *odd),
    )
    found = populations(gazetteer, "FINE", ALL)
    assert found.people == {"FINE-0": 21, "FINE-1": 3}
    assert found.path == ("FINE",)
    assert found.notes == ("People are estimates for mid-2020, ages 0 to 2, of “Fine”.",)


def test_figures_come_from_where_people_scatter_least() -> None:
    atoms = Atoms(
        ((3, 0, 0), (2, 0, 0), (5, 0, 0)),
        {"FINE": (0, 1, 2), "MERGED": (0, 0, 1), "TOP": (0, 0, 0), "CROSS": (0, 1, 1)},
    )
    gazetteer = atoms.gazetteer(DIRECT, ["TOP", "CROSS", "FINE"])
    assert populations(gazetteer, "MERGED", ALL).source == "FINE"


def test_figures_that_no_lineage_joins_are_passed_over() -> None:
    atoms = Atoms(((3, 0, 0),), dict.fromkeys(EVERY, (0,)))
    gazetteer = atoms.gazetteer([("FINE", "TOP")], ["CROSS", "TOP"])
    assert populations(gazetteer, "FINE", ALL).source == "TOP"
    with pytest.raises(BadInput, match="no lineage joins “Cross” to “Merged”"):
        populations(gazetteer, "MERGED", ALL)


def small(*figures: Population) -> Gazetteer:
    return Gazetteer(
        country=Country("exmoria", "Exmoria", fictional=True),
        geographies=tuple(Geography(key, "area", f"Areas {key}", date(2015, 4, 1)) for key in "AB"),
        places=(Place("A", "1", "Alderbrook"), Place("A", "2", "Brackenford"), Place("B", "9", "Both")),
        links=tuple(Link("A", code, "B", "9", 1, 0.5, "children") for code in "12"),
        populations=figures,
    )


FIGURES = tuple(Population("A", code, year, (10, 20)) for code in "12" for year in (2017, 2019))


def test_the_working_names_the_parts_their_shares_and_the_way() -> None:
    found = populations(small(*FIGURES), "B", AgeBand(0, 1))
    assert found.mid_year == 2019
    assert found.path == ("A", "B")
    assert found.working == {
        "9": (PopulationPart("A", "1", 30, 1.0, 30), PopulationPart("A", "2", 30, 1.0, 30))
    }
    assert found.notes == (
        "People are estimates for mid-2019, ages 0 to 1, of “Areas A”.",
        "They were moved to “Areas B” by lineage, as whole people.",
    )


def test_without_a_year_it_is_the_latest_held() -> None:
    assert populations(small(*FIGURES), "A", AgeBand(0, 0)).mid_year == 2019
    assert populations(small(*FIGURES), "A", AgeBand(0, 0), 2017).mid_year == 2017


@pytest.mark.parametrize(
    ("gazetteer", "geography", "ages", "year", "said"),
    [
        (small(), "A", AgeBand(0, 0), None, "no figures are held for Exmoria."),
        (small(), "A", AgeBand(0, 0), 2017, "no figures are held for Exmoria."),
        (small(*FIGURES), "A", AgeBand(0, 0), 2018, "for mid-2018. Use one of 2017, 2019."),
        (small(*FIGURES), "C", AgeBand(0, 0), 2019, "“C” is not known"),
        (small(*FIGURES), "B", AgeBand(0, 2), 2019, "ages 0 to 2 cannot be counted: single ages 0 to 1"),
        (small(*FIGURES[:2]), "A", AgeBand(0, 0), 2019, "no figure is held for Brackenford (2), ages 0."),
        (small(*FIGURES[:2]), "B", AgeBand(0, 0), 2019, "no figure is held for Brackenford (2), ages 0."),
        (
            small(*FIGURES[:2], Population("A", "2", 2019, (10,))),
            "A",
            AgeBand(0, 1),
            2019,
            "no figure is held for Brackenford (2), ages 0 to 1.",
        ),
    ],
)
def test_what_is_not_held_is_refused_and_never_zero(
    gazetteer: Gazetteer, geography: str, ages: AgeBand, year: int | None, said: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        populations(gazetteer, geography, ages, year)
    assert said in str(refusal.value)
