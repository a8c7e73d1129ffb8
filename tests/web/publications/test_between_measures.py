"""What one measure's counts tell of another's is known to the attacker, and hidden where it tells much."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from ithrive.disclosure import FigureSum, Publication, Seen, exposed, publish, rule
from ithrive.disclosure.tables import Name
from ithrive.measures import Cell, FigureKey, kin, measures
from ithrive.web.overview.release_between import between_measures
from ithrive.web.overview.release_sums import known_sums
from ithrive.web.overview.release_tables import Supplied, count_tables
from tests.cast import Cast
from tests.web.publications.scenes import QUARTER, members, prepared, signed_off

PARTNERS = rule("partners", date(2026, 5, 1))


def sent(measure: str, by_area: Mapping[str, Mapping[str, int]]) -> Supplied:
    figures = {
        area: {FigureKey(measure, code): Cell.of(number) for code, number in counts.items()}
        for area, counts in by_area.items()
    }
    return Supplied(replace_groupings(measure), QUARTER, figures)


def replace_groupings(measure: str):  # type: ignore[no-untyped-def] # a measure
    """The measure as if nobody asked for groupings, to keep the tables small."""
    return measures()[measure].model_copy(update={"by_grouping": False})


def apart(supplied: Sequence[Supplied]) -> Publication:
    """Each measure made safe by itself, and put side by side."""
    alone = [publish(count_tables(each), PARTNERS) for each in supplied]
    cells = {name: cell for each in alone for name, cell in each.cells.items()}
    return Publication("partners", cells, tuple(one for each in alone for one in each.sums))


def together(supplied: Sequence[Supplied]) -> Publication:
    between = between_measures(supplied)
    unseen = {table.name(()): table for each in between for table in each.unseen}
    tables = [*(table for each in supplied for table in count_tables(each)), *unseen.values()]
    sums = [*known_sums(tables, [each.measure for each in supplied]), *(each.sum for each in between)]
    return publish(tables, PARTNERS, known_sums=sums)


def found_out(publication: Publication, *known: FigureSum) -> set[Name]:
    """What a reader works out who knows more sums than the publication's own tables have."""
    own = tuple(
        each for each in publication.sums if len({name[0] for name in (each.whole, *each.parts)}) == 1
    )
    seen = replace(publication, sums=(*own, *known))
    return {each.name for each in exposed([Seen("v", seen)])}


def very_urgent(measure: str, area: str = "") -> Name:
    place = (f"area={area}",) if area else ()
    return (measure, *place, "figure=very-urgent", f"quarter={QUARTER.label}")


def test_crisis_referrals_of_those_who_sent_both_measures_are_added_up() -> None:
    """A’s 3 are hidden behind F’s 5; the other measure, which A, B and C sent, would tell A’s at once."""
    urgent = {"A": 3, "B": 40, "C": 50, "D": 60, "E": 70, "F": 5}
    referred = sent("R1", {area: {"very-urgent": number} for area, number in urgent.items()})
    seen_in_time = sent("R2", {area: {"very-urgent": urgent[area]} for area in "ABC"})
    reader = FigureSum(very_urgent("R2"), tuple(very_urgent("R1", area) for area in "ABC"))
    supplied = [referred, seen_in_time]
    assert found_out(apart(supplied), reader) == {very_urgent("R1", "A")}
    assert found_out(together(supplied), reader) == set()


def of_the_looked_after(side: str, area: str = "") -> Name:
    place = (f"area={area}",) if area else ()
    measure, code = ("W2", f"looked-after-{side}-people") if side else ("H1", "people")
    return (measure, *place, f"figure={code}", f"quarter={QUARTER.label}")


@pytest.mark.parametrize("further", [{}, {"D": 41}], ids=["all sent both", "one sent the whole only"])
def test_those_in_a_group_and_outside_it_are_no_more_than_everybody(further: dict[str, int]) -> None:
    """Three looked after, and all others known not to be: then there cannot be four."""
    counts = {"looked-after-in-people": 1, "looked-after-out-people": 40}
    everybody = sent(
        "H1", {area: {"people": number} for area, number in (dict.fromkeys("ABC", 41) | further).items()}
    )
    supplied = [everybody, sent("W2", dict.fromkeys("ABC", counts))]
    parts = (of_the_looked_after("in"), of_the_looked_after("out"), ("in neither",))
    of_three = FigureSum(("of the three",), tuple(of_the_looked_after("", area) for area in "ABC"))
    reader = (of_three, FigureSum(("of the three",), parts))
    assert found_out(apart(supplied), *reader) == {of_the_looked_after("in")}
    assert found_out(together(supplied), *reader) == set()


def test_what_areas_contradict_is_not_taken_for_known() -> None:
    everybody = sent("H1", {area: {"people": 30} for area in "ABC"})
    more = {area: {"looked-after-in-people": 20, "looked-after-out-people": 20} for area in "ABC"}
    known = between_measures([everybody, sent("W2", more)])
    assert of_the_looked_after("in") not in {part for each in known for part in each.sum.parts}
    other = sent("R2", {area: {"very-urgent": 7} for area in "ABC"})
    assert between_measures([sent("R1", {area: {"very-urgent": 6} for area in "ABC"}), other]) == []


def test_measures_that_tell_of_each_other_are_worked_out_together() -> None:
    assert (kin("R1"), kin("H2")) == (("R1", "R2"), ("H1", "H2", "W2"))
    assert (kin("H6"), kin("M3")) == (("H6",), ("M3",))


@pytest.mark.parametrize("each", [(m.id, one) for m in measures().values() for one in m.within], ids=str)
def test_what_counts_lie_within_is_a_count(each) -> None:  # type: ignore[no-untyped-def] # a measure's id and a Within
    key = FigureKey.parse(each[1].whole)
    assert key.measure != each[0]
    assert measures()[key.measure].figure(key.figure).counts


@pytest.mark.django_db
def test_a_release_of_one_heeds_the_other(cast: Cast) -> None:
    urgent = dict(zip("ABCDEF", (3, 40, 50, 60, 70, 5), strict=True))
    for area, number in zip(members(cast), urgent.values(), strict=True):
        figures = {FigureKey("R1", code): Cell.of(number) for code in ("very-urgent", "urgent", "emergency")}
        if number in (3, 40, 50):
            figures |= {FigureKey("R2", code): Cell.of(number) for code in ("very-urgent", "urgent")}
        signed_off(area, figures)
    release = prepared(cast, chosen=("R1", "R2"), rule="partners")
    rows = [row for table in release.tables.all() for row in table.rows]
    shown = {(row[2], row[4]): row[11] for row in rows if row[6] == "very-urgent"}
    assert shown["T001", "R1"] is None
    assert None in (shown["", "R2"], shown["T002", "R1"], shown["T003", "R1"])
