"""What may be released after what."""

import json
from dataclasses import replace
from datetime import date

import pytest

from ithrive.disclosure import (
    CountTable,
    Dimension,
    Publication,
    PublishedCell,
    Release,
    Sum,
    already_known,
    publish,
    why_not_release,
)
from ithrive.disclosure.cells import SUPPRESSED
from tests.disclosure.tables import PARTNERS, PROGRAMME, line

AREAS = Dimension.flat("area", ["Alderbrook", "Brackenford", "Corrie", "Dunmere"])
MERGED = Dimension(
    "area",
    (
        Sum("Alder and Bracken", ("Alderbrook", "Brackenford")),
        Sum("Total", ("Alder and Bracken", "Corrie", "Dunmere")),
    ),
)
COUNTS = {("Alderbrook",): 3, ("Brackenford",): 20, ("Corrie",): 40, ("Dunmere",): 60}


def release(publication: Publication, reference: str = "first", **changes: object) -> Release:
    given = {
        "released_on": date(2026, 5, 1),
        "vintage": "2026-04-20",
        "prepared_by": "Ada",
        "released_by": "Ben",
    }
    return Release(reference=reference, publication=publication, **(given | changes))  # type: ignore[arg-type]


FIRST = release(publish([CountTable.of_parts("referred", (AREAS,), COUNTS)], PARTNERS))


def test_a_first_release_by_two_people_may_go() -> None:
    assert why_not_release(FIRST, ()) == ()


@pytest.mark.parametrize("name", ["Ada", " ada "])
def test_two_different_people_release(name: str) -> None:
    (reason,) = why_not_release(release(FIRST.publication, released_by=name), ())
    assert reason == "Someone other than the person who prepared the release must release it."


def test_both_people_are_named() -> None:
    (reason,) = why_not_release(release(FIRST.publication, released_by=" "), ())
    assert reason == "Say who prepared the release and who releases it."


def test_a_release_has_its_own_reference_and_comes_after_all_others() -> None:
    assert len(why_not_release(FIRST, (FIRST,))) == 1
    early = release(FIRST.publication, "second", released_on=date(2026, 4, 30))
    assert "“first” was released after this date" in why_not_release(early, (FIRST,))[0]


def test_a_merger_does_not_give_its_parts_away() -> None:
    table = CountTable.of_parts("referred", (MERGED,), COUNTS)
    shown = {("referred", "area=Alder and Bracken"), ("referred", "area=Brackenford")}
    careless = Publication("partners", _exactly(table, shown), tuple(table.sums()))
    (reason,) = why_not_release(release(careless, "second"), (FIRST,))
    assert reason.startswith("referred, Alderbrook (2026-04-20) is hidden, but")
    assert "would show that it is 3." in reason


def test_a_table_made_with_what_is_known_already_may_follow() -> None:
    table = CountTable.of_parts("referred", (MERGED,), COUNTS)
    public = already_known((FIRST,), "2026-04-20")
    second = release(publish([table], PARTNERS, public=public), "second")
    assert why_not_release(second, (FIRST,)) == ()
    assert already_known((FIRST,), "2025-01-01") == {}


def test_what_two_releases_say_is_known_together() -> None:
    rounded = release(publish([CountTable.of_parts("referred", (AREAS,), COUNTS)], PROGRAMME), "second")
    known = already_known((rounded, FIRST), "2026-04-20")
    assert known["referred", "area=Dunmere"] == (60, 60)


def test_a_resubmission_of_one_figure_does_not_give_a_hidden_one_away() -> None:
    careful = line(3, 20, 40)
    first = release(publish([careful], PARTNERS))
    later = line(3, 21, 40)
    shown = {name for name in later.names() if name != ("referred", "area=A")}
    careless = Publication("partners", _exactly(later, shown), tuple(later.sums()))
    reasons = why_not_release(release(careless, "second", vintage="2026-07-20"), (first,))
    assert {reason.partition(" is hidden")[0] for reason in reasons} >= {"referred, A (2026-04-20)"}
    again = release(publish([later], PARTNERS), "second", vintage="2026-07-20")
    assert why_not_release(again, (first,)) == ()


def test_what_was_known_before_is_no_reason_against_a_release() -> None:
    table = line(3, 20, 40)
    open_ = Publication(
        "", _exactly(table, set(table.names()) - {("referred", "area=A")}), tuple(table.sums())
    )
    first = release(open_)
    assert len(why_not_release(first, ())) == 0
    kept = publish([table], PARTNERS)
    assert len(why_not_release(release(kept, "second"), (first,))) == 1
    assert why_not_release(release(kept, "third"), (first, release(kept, "second"))) == ()


def test_a_count_that_must_be_large_is_no_longer_small_to_a_reader() -> None:
    cell = PublishedCell(SUPPRESSED, (6, None), (1, 4))
    (reason,) = why_not_release(release(Publication("", {("referred",): cell}, ())), ())
    assert "that it is at least 6." in reason


def test_a_release_of_other_figures_is_not_held_up_by_earlier_ones() -> None:
    other = release(publish([line(3, 20, 40, measure="helped")], PARTNERS), "second")
    assert why_not_release(other, (FIRST,)) == ()


def test_a_ledger_entry_travels_as_json() -> None:
    table = line(3, 20, 30)
    limited = publish([table], PARTNERS, public={("referred", "area=A"): (3, 3)})
    again = replace(release(limited), vintages={("referred", "area=A"): "2026-01-01"})
    for each in (FIRST, release(limited), again):
        assert Release.from_json(json.loads(json.dumps(each.to_json()))) == each


def _exactly(table: CountTable, shown: set[tuple[str, ...]]):  # type: ignore[no-untyped-def] # of this page
    return {
        name: PublishedCell(cell, (cell.number, cell.number)) if name in shown else PublishedCell(SUPPRESSED)
        for name, cell in ((name, table.cells[where]) for name, where in table.names().items())
    }
