"""Coverage against counting atoms one by one, whatever vintage members are given in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.ages import AgeBand
from ithrive.areas.coverage import (
    Coverage,
    CoverageChange,
    Reason,
    change_sentence,
    coverage,
    coverage_change,
    rounded,
    sentence,
    working_rows,
)
from ithrive.areas.coverage.territory import Territory
from ithrive.areas.gazetteer import Gazetteer, Link, Population
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import Country, Geography, Place
from ithrive.problems import BadInput
from tests.areas.atoms import ALL, CHAIN, DIRECT, EVERY, NESTED, Atoms, countries, members_of

DAY = date(2020, 6, 1)


def memberships(members: dict[str, set[str]], role: MemberRole = MemberRole.MEMBER) -> list[Membership]:
    return [Membership(code, role, key.lower()) for key in members for code in sorted(members[key])]


def counted_by_hand(atoms: Atoms, members: dict[str, set[str]]) -> set[int]:
    """The atoms that lie in any member area: each once, whoever else claims it."""
    return set().union(*(atoms.within(key, codes) for key, codes in members.items()))


@given(st.data())
def test_where_areas_nest_coverage_equals_counting_atoms(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    members = data.draw(members_of(atoms, NESTED))
    figures = data.draw(st.sets(st.sampled_from(NESTED), min_size=1))
    gazetteer = atoms.gazetteer(CHAIN, sorted(figures))
    geography = data.draw(st.sampled_from(NESTED))

    found = coverage(gazetteer, memberships(members), on=DAY, ages=ALL, geography=geography)

    by_hand = counted_by_hand(atoms, members)
    assert found.covered == found.at_most == atoms.people(by_hand)
    assert found.population == atoms.people(range(len(atoms.persons)))
    for line in found.lines:
        assert line.covered == atoms.people(by_hand & atoms.within(geography, [line.code]))


@given(st.data())
def test_merged_members_are_exact_for_ages_other_than_those_of_the_shares(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    members = data.draw(members_of(atoms, NESTED))
    gazetteer = atoms.gazetteer(CHAIN, ["FINE"])
    geography = data.draw(st.sampled_from(NESTED))
    youngest = AgeBand(0, 0)

    found = coverage(gazetteer, memberships(members), on=DAY, ages=youngest, geography=geography)

    assert found.covered == atoms.people(counted_by_hand(atoms, members), youngest)


@given(st.data())
def test_members_of_one_geography_equal_counting_atoms_even_where_boundaries_cross(
    data: st.DataObject,
) -> None:
    atoms = data.draw(countries())
    source, geography = data.draw(st.sampled_from(EVERY)), data.draw(st.sampled_from(EVERY))
    members = data.draw(members_of(atoms, [source]))
    gazetteer = atoms.gazetteer(DIRECT, EVERY)

    found = coverage(gazetteer, memberships(members), on=DAY, ages=ALL, geography=geography)

    assert found.covered == found.at_most == atoms.people(counted_by_hand(atoms, members))


@given(st.data())
def test_where_members_cross_each_other_the_truth_lies_between_the_bounds(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    members = data.draw(members_of(atoms, EVERY))
    gazetteer = atoms.gazetteer(DIRECT, EVERY)
    geography = data.draw(st.sampled_from(EVERY))

    found = coverage(gazetteer, memberships(members), on=DAY, ages=ALL, geography=geography)

    by_hand = counted_by_hand(atoms, members)
    for line in found.lines:
        truth = atoms.people(by_hand & atoms.within(geography, [line.code]))
        assert line.covered <= truth <= line.at_most


@given(st.data())
def test_members_of_two_crossing_geographies_are_exact_on_either_of_them(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    members = data.draw(members_of(atoms, ["MERGED", "CROSS"]))
    gazetteer = atoms.gazetteer(DIRECT, EVERY)
    geography = data.draw(st.sampled_from(["MERGED", "CROSS"]))

    found = coverage(gazetteer, memberships(members), on=DAY, ages=ALL, geography=geography)

    assert found.covered == found.at_most == atoms.people(counted_by_hand(atoms, members))


@given(st.data())
def test_if_every_area_is_a_member_everybody_is_covered(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    source, geography = data.draw(st.sampled_from(EVERY)), data.draw(st.sampled_from(EVERY))
    gazetteer = atoms.gazetteer(DIRECT, ["FINE"])
    everywhere = memberships({source: set(atoms.codes(source))})

    for ages in (ALL, AgeBand(0, 0)):
        found = coverage(gazetteer, everywhere, on=DAY, ages=ages, geography=geography)
        assert found.covered == found.population
        assert found.share == found.share_at_most == 1.0


@given(st.data())
def test_the_order_in_which_members_come_changes_nothing(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    members = data.draw(members_of(atoms, EVERY))
    territory = Territory(atoms.gazetteer(DIRECT, EVERY), data.draw(st.sampled_from(EVERY)), ALL, DAY.year)

    assert territory.reached(members) == territory.reached(dict(reversed(members.items())))


def test_members_that_could_swallow_each_other_reach_the_same_whichever_comes_first() -> None:
    # CROSS-1 lies within the two of FINE, and FINE-2 within CROSS-1: whichever goes, the other stays.
    fine, cross, one = (0, 1, 2, 1, 0, 0, 1), (1, 0, 1, 0, 1, 2, 0), (0,) * 7
    atoms = Atoms(((1, 0, 0),) * 7, {"FINE": fine, "MERGED": one, "TOP": one, "CROSS": cross})
    territory = Territory(atoms.gazetteer(DIRECT, EVERY), "MERGED", ALL, DAY.year)
    members = {"FINE": {"FINE-0", "FINE-2"}, "CROSS": {"CROSS-0", "CROSS-1"}}

    reached = territory.reached(members)

    assert reached == territory.reached(dict(reversed(members.items())))
    assert reached["MERGED-0"].at_least == 1


@given(st.data())
def test_what_changed_adds_up_from_the_areas_that_moved(data: st.DataObject) -> None:
    atoms = data.draw(countries())
    gazetteer = atoms.gazetteer(DIRECT, EVERY)
    geography = data.draw(st.sampled_from(EVERY))
    since, on = DAY, DAY + timedelta(days=400)
    first, second = (data.draw(members_of(atoms, EVERY)) for _ in range(2))
    known = [
        *(Membership(m.code, m.role, m.kind, None, on) for m in memberships(first)),
        *(Membership(m.code, m.role, m.kind, on) for m in memberships(second)),
    ]

    found = coverage_change(gazetteer, known, since=since, on=on, ages=ALL, geography=geography)

    def covered(members: dict[str, set[str]]) -> int:
        asked = memberships(members)
        return coverage(gazetteer, asked, on=on, ages=ALL, geography=geography).covered

    assert found.people == covered(second) - covered(first)
    assert sum(move.people for move in found.moves) == found.people
    assert sum(found.people_by_reason.values()) == found.people
    assert {move.code for move in found.moves} == {code for key in EVERY for code in first[key] ^ second[key]}


# A country small enough to check in the head. In 2021 Alderbrook and Brackenford merged, and took
# the north of Corrie, a tenth of its people, with them.
OLD = Geography("OLD", "area", "Areas, 2015", date(2015, 4, 1), date(2021, 4, 1))
NEW = Geography("NEW", "area", "Areas, 2021", date(2021, 4, 1))
BOARD = Geography("BOARD", "board", "Boards, 2015", date(2015, 4, 1))
WHOLE = Geography("WHOLE", "country", "The country", date(2015, 4, 1))
MIDS = "people aged 0 to 1 at mid-2020"
PEOPLE = {"A": (3000, 3000), "B": (2000, 2000), "C": (5000, 5000)}
WHO = AgeBand(0, 1)


def small_country(name: str = "Exmoria") -> Gazetteer:
    names = {"A": "Alderbrook", "B": "Brackenford", "C": "Corrie"}
    return Gazetteer(
        country=Country("exmoria", name, fictional=True),
        geographies=(NEW, OLD, BOARD, WHOLE),
        places=(
            *(Place("OLD", code, each) for code, each in names.items()),
            Place("NEW", "AB", "Alder and Bracken"),
            Place("NEW", "C2", "Corrie South"),
            Place("BOARD", "W", "West"),
            Place("BOARD", "E", "East"),
            Place("WHOLE", "X", "Exmoria"),
        ),
        links=(
            Link("OLD", "A", "NEW", "AB", 1, 0.545454, MIDS),
            Link("OLD", "B", "NEW", "AB", 1, 0.363636, MIDS),
            Link("OLD", "C", "NEW", "AB", 0.1, 0.090909, MIDS),
            Link("OLD", "C", "NEW", "C2", 0.9, 1, MIDS),
            Link("OLD", "A", "BOARD", "W", 0.5, 1, MIDS),
            Link("OLD", "A", "BOARD", "E", 0.5, 3 / 17, MIDS),
            Link("OLD", "B", "BOARD", "E", 1, 4 / 17, MIDS),
            Link("OLD", "C", "BOARD", "E", 1, 10 / 17, MIDS),
            Link("OLD", "A", "WHOLE", "X", 1, 0.3, MIDS),
            Link("OLD", "B", "WHOLE", "X", 1, 0.2, MIDS),
            Link("OLD", "C", "WHOLE", "X", 1, 0.5, MIDS),
        ),
        populations=tuple(
            Population("OLD", code, year, people) for code, people in PEOPLE.items() for year in (2017, 2020)
        ),
    )


def member(code: str, **more: object) -> Membership:
    return Membership(code, **{"role": MemberRole.MEMBER, **more})  # type: ignore[arg-type] # fields of many kinds


def asked(*known: Membership, geography: str | None = None, on: date = DAY) -> Coverage:
    return coverage(small_country(), known, on=on, ages=WHO, geography=geography)


def test_a_member_that_merged_counts_its_own_people_not_the_whole_successor() -> None:
    found = asked(member("A"), geography="NEW")
    assert [(line.name, line.population, line.covered) for line in found.lines] == [
        ("Alder and Bracken", 11_000, 6000),
        ("Corrie South", 9000, 0),
    ]


def test_only_members_and_accelerators_count() -> None:
    roles = {role: asked(member("A", role=role)).covered for role in MemberRole}
    assert roles == {
        MemberRole.ACCELERATOR: 6000,
        MemberRole.MEMBER: 6000,
        MemberRole.COMPARISON: 0,
        MemberRole.PAUSED: 0,
        MemberRole.LEFT: 0,
    }


def test_a_membership_counts_from_its_first_day_to_the_day_before_its_end() -> None:
    known = member("A", starts=date(2016, 4, 1), ends=date(2018, 4, 1))
    days = [date(2016, 3, 31), date(2016, 4, 1), date(2018, 3, 31), date(2018, 4, 1)]
    assert [asked(known, on=day).covered for day in days] == [0, 6000, 6000, 0]


def test_an_area_given_twice_counts_once() -> None:
    found = asked(member("A"), member("A", role=MemberRole.ACCELERATOR))
    assert (found.covered, found.areas_counted) == (6000, 1)


def test_an_area_inside_another_member_is_said_and_counted_once() -> None:
    found = asked(member("B"), member("AB"), geography="BOARD")
    assert found.covered == 11_000
    assert found.areas_counted == 2
    assert (
        "1 member area lies wholly within other member areas, and the people there are counted once."
        in found.notes
    )
    both = asked(member("A"), member("B"), member("AB"), geography="NEW")
    assert "2 member areas lie wholly" in " ".join(both.notes)


def test_a_member_whose_first_day_nobody_knows_is_counted_and_said() -> None:
    one, two, none = asked(member("A")), asked(member("A"), member("B")), asked(member("A", starts=DAY))
    said = "The first day of {} is not known: {} counted on every day until its role ends."
    assert one.covered == none.covered
    assert said.format("1 member area", "it is") in one.notes
    assert said.format("2 member areas", "each is") in two.notes
    assert "is not known" not in " ".join(none.notes)


def test_an_overlap_nobody_knows_is_counted_low_and_shown_with_both_bounds() -> None:
    # East is all but half of Alderbrook; Alder and Bracken is 11,000 of 20,000. The country as a whole
    # cannot tell that together they are everybody.
    found = asked(member("AB"), member("E"), geography="WHOLE")
    (line,) = found.lines
    assert (line.covered, line.at_most) == (17_000, 20_000)
    assert found.notes[-1] == (
        "In Exmoria it is not known how far member areas of different geographies overlap: "
        "between 17,000 and 20,000 people there live in one. The lower figure is counted."
    )
    assert sentence(found).startswith("2 local areas, in which at least 85% of")
    exact = asked(member("AB"), member("E"), geography="OLD")
    assert exact.covered == exact.at_most == 20_000


def test_without_a_choice_the_geography_is_the_one_of_the_day_of_the_kind_of_most_members() -> None:
    assert asked(member("A")).geography == OLD
    assert asked(member("A"), on=date(2022, 1, 1)).geography == NEW
    assert asked(member("A"), member("W"), member("E"), on=date(2022, 1, 1)).geography == BOARD
    assert asked(on=date(2022, 1, 1)).geography == NEW
    assert asked(on=date(2016, 1, 1)).geography == OLD
    assert asked(on=date(1999, 1, 1)).geography == NEW


def test_members_of_a_kind_that_is_no_more_are_shown_on_their_own_geography() -> None:
    country = small_country()
    ended = Geography("OLD", "ccg", "Areas, 2015", OLD.starts, OLD.ends)
    gazetteer = Gazetteer(
        country.country, (NEW, ended, BOARD, WHOLE), country.places, country.links, country.populations
    )
    found = coverage(gazetteer, [member("A")], on=date(2023, 1, 1), ages=WHO)
    assert found.geography == ended


def test_the_notes_say_whose_people_and_shares_were_used() -> None:
    found = coverage(
        small_country(),
        [member("C", starts=DAY)],
        on=DAY,
        ages=AgeBand(1, 1),
        geography="NEW",
        mid_year=2017,
    )
    assert found.notes == (
        "People are estimates for mid-2017, ages 1, of “Areas, 2015”.",
        "They were moved to “Areas, 2021” by lineage, as whole people.",
        (
            "From “Areas, 2015” to “Areas, 2021”, 1 area is divided among others "
            "by shares of people aged 0 to 1 at mid-2020."
        ),
        "These shares are used here for people aged 1 at mid-2017.",
    )
    assert len(set(found.notes)) == len(found.notes)
    assert asked().notes[0] == "Mid-2020 is the latest year for which population is held."


def test_every_unknown_code_is_named_at_once() -> None:
    with pytest.raises(BadInput) as refusal:
        asked(member("A"), member("X9"), member("Y9"))
    assert [problem.place for problem in refusal.value.problems] == ["Member X9", "Member Y9"]


def test_no_share_of_nobody() -> None:
    country = small_country()
    empty = tuple(Population("OLD", code, 2020, (1, 0)) for code in PEOPLE)
    gazetteer = Gazetteer(country.country, country.geographies, country.places, country.links, empty)
    with pytest.raises(BadInput, match="nobody aged 1 lives there at mid-2020"):
        coverage(gazetteer, [member("A")], on=DAY, ages=AgeBand(1, 1))


def test_where_an_area_has_nobody_of_these_ages_the_recorded_shares_stand_in() -> None:
    country = small_country()
    figures = {"A": (5, 0), "B": (5, 0), "C": (5, 0)}
    people = tuple(Population("OLD", code, 2020, each) for code, each in figures.items())
    new = (Population("NEW", "AB", 2020, (15, 11)), Population("NEW", "C2", 2020, (1, 0)))
    gazetteer = Gazetteer(country.country, country.geographies, country.places, country.links, people + new)
    found = coverage(gazetteer, [member("A")], on=DAY, ages=AgeBand(1, 1), geography="NEW")
    assert found.lines[0].share == pytest.approx(6 / 11, abs=1e-6)
    assert found.covered == 6


def test_the_working_adds_up_and_names_who_contributes() -> None:
    found = asked(member("A", role=MemberRole.ACCELERATOR), member("C"), geography="NEW")
    rows = working_rows(found)
    assert rows[0] == {
        "geography": "NEW",
        "code": "AB",
        "name": "Alder and Bracken",
        "on": "2020-06-01",
        "ages": "0 to 1",
        "mid_year": 2020,
        "population": 11_000,
        "covered_share": pytest.approx(7 / 11),
        "covered_people": 7000,
        "covered_people_at_most": 7000,
        "members": "Alderbrook (A, OLD, accelerator): 0.545455; Corrie (C, OLD, member): 0.090909",
    }
    assert sum(row["covered_people"] for row in rows) == found.covered == 16_000  # type: ignore[misc] # cells of many kinds
    assert sum(row["population"] for row in rows) == found.population == 20_000  # type: ignore[misc] # the same


def test_the_sentence_is_the_one_the_programme_publishes() -> None:
    live = "of Exmoria's children and young people aged 0 to 1 live"
    assert sentence(asked(member("A"), member("B"))) == f"2 local areas, in which 50% {live}"
    assert sentence(asked(member("A"))) == f"1 local area, in which 30% {live}"
    assert sentence(asked()) == f"No local areas are members, so none {live} in one"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0%"),
        (0.0001, "less than 1%"),
        (0.00499, "less than 1%"),
        (0.005, "1%"),
        (0.015, "2%"),
        (0.025, "3%"),
        (0.634, "63%"),
        (0.99499, "99%"),
        (0.9951, "more than 99%"),
        (1.0, "100%"),
    ],
)
def test_a_share_never_rounds_to_none_or_to_all(share: float, words: str) -> None:
    assert rounded(share) == words


SINCE, ON = date(2016, 1, 1), date(2018, 1, 1)


def changed(*known: Membership, geography: str | None = None) -> CoverageChange:
    return coverage_change(small_country(), known, since=SINCE, on=ON, ages=WHO, geography=geography)


@pytest.mark.parametrize(
    ("before", "after", "reason", "people"),
    [
        (None, MemberRole.MEMBER, Reason.JOINED, 6000),
        (MemberRole.LEFT, MemberRole.MEMBER, Reason.JOINED, 6000),
        (MemberRole.MEMBER, None, Reason.LEFT, -6000),
        (MemberRole.ACCELERATOR, MemberRole.LEFT, Reason.LEFT, -6000),
        (MemberRole.PAUSED, MemberRole.MEMBER, Reason.ROLE, 6000),
        (MemberRole.MEMBER, MemberRole.PAUSED, Reason.ROLE, -6000),
        (MemberRole.ACCELERATOR, MemberRole.MEMBER, Reason.ROLE, 0),
    ],
)
def test_a_move_says_why(
    before: MemberRole | None, after: MemberRole | None, reason: Reason, people: int
) -> None:
    known = [member("A", role=before, ends=date(2017, 1, 1))] if before else []
    known += [member("A", role=after, starts=date(2017, 1, 1))] if after else []
    (move,) = changed(*known).moves
    assert (move.name, move.reason, move.before, move.after, move.people) == (
        "Alderbrook",
        reason,
        before,
        after,
        people,
    )


def test_moves_that_never_counted_are_not_told() -> None:
    paused = member("A", role=MemberRole.PAUSED, ends=date(2017, 1, 1))
    assert changed(paused, member("A", role=MemberRole.LEFT, starts=date(2017, 1, 1))).moves == ()


def test_having_been_a_comparison_site_never_shows_in_what_changed() -> None:
    comparison = member("A", role=MemberRole.COMPARISON, starts=date(2015, 5, 1), ends=date(2017, 1, 1))
    joined = member("A", starts=date(2017, 1, 1))
    assert changed(comparison, joined) == changed(joined)
    assert changed(member("nowhere", role=MemberRole.COMPARISON)).people == 0


def test_a_role_that_counts_goes_before_one_that_does_not() -> None:
    known = [member("A", role=MemberRole.PAUSED), member("A", starts=date(2017, 1, 1))]
    (move,) = changed(*known).moves
    assert (move.before, move.after) == (MemberRole.PAUSED, MemberRole.MEMBER)


def test_a_code_whose_boundary_was_redrawn_moves_people_without_a_change_of_role() -> None:
    country = small_country()
    code = {"AB": "A"}  # as if the merged area had kept Alderbrook's code
    places = tuple(Place(p.geography, code.get(p.code, p.code), p.name) for p in country.places)
    links = tuple(
        Link(
            link.from_geography,
            link.from_code,
            link.to_geography,
            code.get(link.to_code, link.to_code),
            link.share_of_from,
            link.share_of_to,
            link.basis,
        )
        for link in country.links
    )
    gazetteer = Gazetteer(country.country, country.geographies, places, links, country.populations)
    known = [member("A", ends=NEW.starts), member("A", starts=NEW.starts)]
    found = coverage_change(gazetteer, known, since=SINCE, on=date(2022, 1, 1), ages=WHO, geography="OLD")
    (move,) = found.moves
    assert (move.reason, move.people) == (Reason.REDRAWN, 5000)


def test_change_is_said_in_people_and_percentage_points() -> None:
    joined, left = member("A", starts=date(2017, 1, 1)), member("B", ends=date(2017, 1, 1))
    of_ages = "children and young people aged 0 to 1 live in member areas"
    assert change_sentence(changed(joined)) == (
        f"6,000 more {of_ages} than on 1 January 2016 (30.0 percentage points more)"
    )
    assert change_sentence(changed(left)) == (
        f"4,000 fewer {of_ages} than on 1 January 2016 (20.0 percentage points fewer)"
    )
    assert change_sentence(changed(member("A"))) == f"As many {of_ages} as on 1 January 2016"


def test_a_change_of_hardly_anyone_is_not_called_none() -> None:
    country = small_country()
    figures = {"A": (1, 0), "B": (9_000, 0), "C": (9_000, 0)}
    people = tuple(Population("OLD", code, 2020, each) for code, each in figures.items())
    gazetteer = Gazetteer(country.country, country.geographies, country.places, country.links, people)
    joined = member("A", starts=date(2017, 1, 1))
    found = coverage_change(gazetteer, [joined], since=SINCE, on=ON, ages=WHO)
    assert "less than 0.1 percentage points more" in change_sentence(found)


def test_change_is_asked_from_the_earlier_day() -> None:
    with pytest.raises(BadInput, match="Give the earlier day first"):
        coverage_change(small_country(), [], since=ON, on=SINCE, ages=WHO)
