"""What a release holds, and what it never holds."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.disclosure import FigureSum, Publication, PublishedCell, Seen, attack, exposed, publish, rule
from ithrive.disclosure.tables import Name
from ithrive.measures import Cell, CellState, FigureKey
from ithrive.measures import measures as every_measure
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.areas.actions import set_membership
from ithrive.web.history.models import Change
from ithrive.web.overview.release_figures import public_members, quarters_at_hand
from ithrive.web.overview.release_rows import PublicRow
from ithrive.web.overview.release_sums import known_sums
from ithrive.web.overview.release_tables import Supplied, count_tables
from ithrive.web.overview.release_telling import telling_totals
from ithrive.web.overview.releases import begin, releasable_measures, work_on
from ithrive.web.publications.actions import reasons_against, release_figures
from ithrive.web.publications.life import State
from ithrive.web.publications.models import Release
from ithrive.web.publications.queries import earlier_entries, entry_of
from tests.cast import Cast, local_area
from tests.web.publications.scenes import (
    BY,
    GROUPINGS,
    QUARTER,
    STARTED,
    a_quarter,
    detentions,
    help_within_weeks,
    members,
    prepared,
    signed_off,
)

pytestmark = pytest.mark.django_db


def rows_of(release: Release, measure: str) -> list[PublicRow]:
    return [PublicRow.of(each) for each in release.tables.get(measure=measure).rows]


def row(release: Release, measure: str, area: str, figure: str, grouping: str = "") -> PublicRow:
    (found,) = [
        each
        for each in rows_of(release, measure)
        if (each.area, each.figure, each.grouping) == (area, figure, grouping)
    ]
    return found


@pytest.fixture
def release(cast: Cast) -> Release:
    a_quarter(cast)
    return prepared(cast)


def test_small_numbers_are_hidden_and_others_rounded(release: Release) -> None:
    small = row(release, "H3", "T005", "started", "getting-risk-support")
    assert (small.state, small.value) == ("suppressed", None)
    assert row(release, "H3", "T001", "started").value == 235
    shown = [each.value for each in rows_of(release, "H3") if each.kind == "count" and each.value]
    assert {value % 5 for value in shown} == {0}


def test_no_hidden_figure_of_any_table_can_be_worked_out(release: Release) -> None:
    for table in release.tables.all():
        entry = entry_of(table)
        reaches = attack([entry.seen])
        assert [each for each in reaches if not each.open] == []
        assert table.exposed == 0
        assert table.reasons == []


def test_percentages_are_made_of_what_is_shown(release: Release) -> None:
    share = row(release, "H3", "T001", "share")
    assert (share.kind, share.unit, share.value) == ("rate", "percent", 70)
    for each in rows_of(release, "H3"):
        if each.figure == "share" and each.value is not None:
            for needed in ("started", "within-28-days"):
                assert row(release, "H3", each.area, needed, each.grouping).value is not None


def test_medians_need_ten_people_and_nine_tenths_fifty(release: Release) -> None:
    assert row(release, "H2", "T001", "median").state == "suppressed"
    assert row(release, "H2", "T002", "median").value == 31
    assert row(release, "H2", "T002", "p90").state == "suppressed"
    assert row(release, "H2", "T004", "p90").value == 93
    assert [each for each in rows_of(release, "H2") if each.figure == "median" and not each.area] == []


def test_what_may_not_be_shown_of_an_area_is_not(release: Release) -> None:
    assert {each.area for each in rows_of(release, "R4")} == {""}
    assert {each.grouping for each in rows_of(release, "H2") if each.area} == {""}
    assert {each.area for each in rows_of(release, "H3")} == {"", *STARTED}


def test_rare_and_sensitive_measures_have_the_stricter_rule(release: Release) -> None:
    rules = dict(release.tables.values_list("measure", "rule"))
    assert rules == {"H2": "programme", "H3": "programme", "R4": "programme-strict"}


def test_a_comparison_site_leaves_no_trace(cast: Cast) -> None:
    a_quarter(cast)
    without = [list(each.rows) for each in prepared(cast).tables.order_by("measure")]
    site = local_area(cast.country.geographies.get(), "T099", "Comparisonstead")
    set_membership(area=site, role=MemberRole.COMPARISON, starts=date(2024, 1, 1), by=BY)
    signed_off(site, help_within_weeks((90,) * 6))
    release = prepared(cast)
    assert site not in public_members(cast.country, [QUARTER])
    assert [list(each.rows) for each in release.tables.order_by("measure")] == without


def test_who_sent_nothing_is_told_and_not_counted(cast: Cast) -> None:
    areas = members(cast)
    for area in areas[1:]:
        signed_off(area, help_within_weeks(STARTED[area.code]))
    release = prepared(cast, chosen=("H3",))
    missing = [each for each in rows_of(release, "H3") if each.area == "T001"]
    assert {each.state for each in missing} == {"not submitted"}
    whole = row(release, "H3", "", "started")
    assert whole.areas == 5
    assert whole.value == pytest.approx(sum(sum(STARTED[a.code]) for a in areas[1:]), abs=40)


def test_a_measure_that_nobody_sent_says_so(cast: Cast) -> None:
    a_quarter(cast)
    release = prepared(cast, chosen=("T1",))
    assert {each.state for each in rows_of(release, "T1")} == {"not submitted"}


def test_withheld_and_not_applicable_stay_what_they_are(cast: Cast) -> None:
    areas = a_quarter(cast)
    figures = help_within_weeks(STARTED["T001"])
    figures[FigureKey("H3", "plan-recorded", "thriving")] = Cell.without(CellState.WITHHELD)
    figures[FigureKey("H3", "plan-recorded")] = Cell.without(CellState.WITHHELD)
    signed_off(areas[0], figures)
    release = prepared(cast, chosen=("H3",))
    assert row(release, "H3", "T001", "plan-recorded", "thriving").state == "withheld for quality"
    assert row(release, "H3", "", "plan-recorded").state == "withheld for quality"


def test_preparing_goes_on_where_it_stopped(cast: Cast) -> None:
    a_quarter(cast)
    release = begin(
        country=cast.country, title="In two goes", quarters=[QUARTER], chosen=["H2", "H3"], rule="programme",
        by=cast.pat,
    )  # fmt: skip
    assert not work_on(release, by=cast.pat, seconds=0)
    assert release.tables.count() == 1
    assert work_on(release, by=cast.pat, seconds=0)
    release.refresh_from_db()
    assert (release.state, release.tables.count()) == (State.PREPARED, 2)
    assert [
        each.action
        for each in Change.objects.filter(subject=f"release {release.reference}").order_by("sequence")
    ] == [
        "begin a release",
        "prepare a release",
    ]


def test_figures_are_those_signed_off_when_it_was_begun(cast: Cast) -> None:
    areas = a_quarter(cast)
    release = begin(
        country=cast.country, title="Early", quarters=[QUARTER], chosen=["H3"], rule="programme", by=cast.pat
    )
    signed_off(areas[0], help_within_weeks((600,) * 6), at=timezone.now())
    work_on(release, by=cast.pat)
    assert row(release, "H3", "T001", "started").value == 235


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": " "}, "Enter a title"),
        ({"chosen": []}, "at least one quarter and one measure"),
        ({"chosen": ["X9"]}, "no measure X9"),
        ({"quarters": []}, "at least one quarter"),
    ],
)
def test_a_release_of_nothing_is_refused(cast: Cast, changes: dict[str, object], told: str) -> None:
    a_quarter(cast)
    given = {"country": cast.country, "title": "A", "quarters": [QUARTER], "chosen": ["H3"]}
    with pytest.raises(NotAllowed, match=told):
        begin(**(given | {"rule": "programme", "by": cast.pat} | changes))  # type: ignore[arg-type]
    assert not Release.objects.exists()


def test_areas_that_were_no_members_give_no_release(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="No area was a member"):
        prepared(cast)


def test_a_part_that_is_more_than_its_whole_is_told_by_area() -> None:
    figures = {
        FigureKey("H3", "started"): Cell.of(5),
        FigureKey("H3", "within-28-days"): Cell.of(6),
    }
    with pytest.raises(BadInput, match="6 is more than the 5 it is part of"):
        count_tables(Supplied(every_measure()["H3"], QUARTER, {"Alderbrook": figures}))


@pytest.mark.parametrize("measure", releasable_measures(), ids=lambda each: each.id)
def test_every_measure_makes_tables_whose_sums_are_right(measure) -> None:  # type: ignore[no-untyped-def] # a measure
    """Every figure returned as 20 in all, 10 in two groupings: parts and wholes then agree."""
    sent = {}
    for each in measure.returned:
        sent[FigureKey(measure.id, each.code)] = Cell.of(20)
        if measure.by_grouping:
            for grouping in ("thriving", "getting-help"):
                sent[FigureKey(measure.id, each.code, grouping)] = Cell.of(10)
            for grouping in Supplied(measure, QUARTER, {}).groupings:
                sent.setdefault(FigureKey(measure.id, each.code, grouping), Cell.of(0))
    tables = count_tables(Supplied(measure, QUARTER, {"A": sent, "B": sent}))
    counts = [each.code for each in measure.returned if each.counts]
    names = {name for table in tables for name in table.names()}
    for code in counts:
        assert (measure.id, f"figure={code}", f"quarter={QUARTER.label}") in names
    by_area = any(part.startswith("area=") for name in names for part in name)
    assert by_area == (bool(counts) and Supplied(measure, QUARTER, {}).by_area)


def improvement(paired: int, improved: int, deteriorated: int, unchanged: int) -> dict[FigureKey, Cell]:
    counts = {"paired": paired, "improved": improved, "deteriorated": deteriorated, "unchanged": unchanged}
    return {FigureKey("H7", f"{code}-self"): Cell.of(count) for code, count in counts.items()}


def sums_known(sent: dict[str, dict[FigureKey, Cell]], measure: str = "H7") -> list[FigureSum]:
    one = every_measure()[measure]
    return known_sums(count_tables(Supplied(one, QUARTER, sent)), [one])


def test_what_a_reader_knows_to_be_a_sum_is_one() -> None:
    """Improved, worse and unchanged are all who were measured twice; groupings come by exactly one method."""
    sent = {"A": improvement(40, 20, 8, 12), "B": improvement(30, 10, 10, 10)}
    (known,) = [each for each in sums_known(sent) if each.whole[1:2] == ("figure=paired-self",)][:1]
    assert [part[1] for part in known.parts] == [
        "figure=improved-self",
        "figure=deteriorated-self",
        "figure=unchanged-self",
    ]
    methods = [each.code for each in every_measure()["W3"].returned if each.made_of]
    assert methods == ["grouped"]


@pytest.mark.parametrize("proxy", [0, 9])
def test_what_one_area_contradicts_still_holds_of_every_other(proxy: int) -> None:
    right = dict(
        zip(("grouped", "by-site", "by-code", "by-rules", "by-proxy"), (40, 20, 8, 8, 4), strict=True)
    )
    sent = {
        area: {FigureKey("W3", code): Cell.of(number) for code, number in counts.items()}
        for area, counts in {"A": right, "B": right | {"by-proxy": proxy}, "C": right}.items()
    }
    known = {each.whole[1] for each in sums_known(sent, "W3") if "grouping=" not in str(each.whole)}
    assert {"area=A", "area=C"} <= known
    assert "area=B" not in known


def test_the_third_of_three_parts_does_not_give_a_small_one_away() -> None:
    """Paired less improved less unchanged is deteriorated, whatever was hidden of each by itself."""
    sent = {f"area {number}": improvement(30, 15, 1, 14) for number in range(3)}
    supplied = Supplied(every_measure()["H7"], QUARTER, sent)
    tables = count_tables(supplied)
    known = known_sums(tables, [supplied.measure])
    publication = publish(tables, rule("partners", date(2026, 5, 1)), known_sums=known)
    hidden = {name[1] for name in publication.hidden}
    assert "figure=deteriorated-self" in hidden
    assert hidden & {"figure=improved-self", "figure=unchanged-self", "figure=paired-self"}
    assert exposed([Seen("v", publication)]) == ()


def bed_days(*days: int) -> Supplied:
    sent = {
        f"area {at}": {FigureKey("M4", "bed-days"): Cell.of(each), FigureKey("M4", "discharges"): Cell.of(9)}
        for at, each in enumerate(days)
    }
    return Supplied(every_measure()["M4"], QUARTER, sent)


@pytest.mark.parametrize(
    ("supplied", "told"),
    [
        (bed_days(300, 280, 350), set()),
        (bed_days(3_000, 80, 50), {"figure=bed-days"}),
        (bed_days(2_700, 150, 150), set()),
    ],
    ids=["all alike", "one has nearly all", "one has nine tenths, no more"],
)
def test_a_sum_that_is_nearly_one_areas_is_hidden(supplied: Supplied, told: set[str]) -> None:
    assert {name[1] for name in telling_totals(supplied, rule("programme", date(2026, 5, 1)))} & {
        "figure=bed-days"
    } == told


def test_a_sum_of_two_areas_is_hidden_where_areas_are_not_shown() -> None:
    found = telling_totals(bed_days(300, 280), rule("programme", date(2026, 5, 1)))
    assert {"figure=bed-days", "figure=discharges"} <= {name[1] for name in found}
    areas_are_shown = Supplied(every_measure()["H3"], QUARTER, {"A": help_within_weeks((60,) * 6)})
    assert telling_totals(areas_are_shown, rule("programme", date(2026, 5, 1))) == set()


def test_what_two_areas_sent_is_hidden_in_their_sum(cast: Cast) -> None:
    areas = members(cast)
    for area in areas[:2]:
        signed_off(area, detentions(50))
    release = prepared(cast, chosen=("R4",))
    assert row(release, "R4", "", "detentions").state == "suppressed"
    for area in areas[2:]:
        signed_off(area, detentions(50))
    assert row(prepared(cast, chosen=("R4",)), "R4", "", "detentions").value == 300


def test_a_total_does_not_tell_what_the_one_area_sent_that_came_later(cast: Cast) -> None:
    """250 of five areas, 253 of six: the sixth had 3, though no area's detentions may be shown."""
    areas = members(cast)
    for area in areas[:5]:
        signed_off(area, detentions(50))
    first = prepared(cast, chosen=("R4",), rule="partners")
    assert row(first, "R4", "", "detentions").value == 250
    release_figures(release=first, by=cast.eve)
    signed_off(areas[5], detentions(3), at=timezone.now())
    second = prepared(cast, chosen=("R4",), rule="partners")
    assert row(second, "R4", "", "detentions").state == "suppressed"
    assert row(second, "R4", "", "section-136").state == "suppressed"


def test_groupings_of_too_few_areas_are_hidden_where_an_area_may_show_its_whole_only(cast: Cast) -> None:
    areas = members(cast)
    sent = {FigureKey("H2", "seen"): Cell.of(60)} | {
        FigureKey("H2", "seen", grouping): Cell.of(10) for grouping in GROUPINGS
    }
    signed_off(areas[0], sent)
    release = prepared(cast, chosen=("H2",))
    assert row(release, "H2", "", "seen", "getting-help").state == "suppressed"
    assert row(release, "H2", "T001", "seen").value == 60


def closed_spells(signposted: int) -> dict[FigureKey, Cell]:
    """Measures A3 and A5, which ask for the same closed spells: 30 in one grouping, none in the others."""
    numbers = {"A3": {"closed": 30, "signposted": signposted}, "A5": {"closed": 30, "one-contact": 12}}
    numbers["A5"]["dropped-out"] = 8
    return {
        FigureKey(measure, code, grouping): Cell.of(number if grouping in ("", "getting-advice") else 0)
        for measure, counts in numbers.items()
        for code, number in counts.items()
        for grouping in ("", *GROUPINGS)
    }


def as_one_count(publication: Publication) -> Publication:
    """What a reader makes of it who holds closed spells to be closed spells, whichever measure tells them."""

    def name(each: Name) -> Name:
        return ("A3", *each[1:]) if each[0] == "A5" and "figure=closed" in each else each

    cells: dict[Name, PublishedCell] = {}
    for each, cell in publication.cells.items():
        if name(each) not in cells or cell.cell.number is not None:
            cells[name(each)] = cell
    joined = [FigureSum(name(each.whole), tuple(map(name, each.parts))) for each in publication.sums]
    return Publication(publication.rule, cells, tuple(each for each in joined if each.parts != (each.whole,)))


@pytest.mark.parametrize("chosen", [("A3", "A5"), ("A5",)])
def test_a_count_that_two_measures_ask_for_is_hidden_in_both_or_in_neither(
    cast: Cast, chosen: tuple[str, ...]
) -> None:
    """28 of 30 were signposted: that 30 were closed is hidden as a shield, and stands in another measure."""
    for area in members(cast):
        signed_off(area, closed_spells(28 if area.code == "T001" else 15))
    release = prepared(cast, chosen=chosen, rule="partners")
    assert [each.measure for each in release.tables.order_by("measure")] == list(chosen)
    publication = entry_of(release.tables.get(measure="A5")).publication
    assert {"A3", "A5"} == {name[0] for name in publication.cells}
    hidden = {name[1:] for name in publication.hidden if "figure=closed" in name}
    for measure in ("A3", "A5"):
        assert {
            each[1:] for each in publication.hidden if each[0] == measure and "figure=closed" in each
        } == (hidden)
    assert exposed([Seen("v", as_one_count(publication))]) == ()


def test_a_measure_that_is_released_later_heeds_what_its_kin_showed(cast: Cast) -> None:
    for area in members(cast):
        signed_off(area, closed_spells(28 if area.code == "T001" else 15))
    release_figures(release=prepared(cast, chosen=("A3",), rule="partners"), by=cast.eve)
    second = prepared(cast, chosen=("A5",), rule="partners")
    assert reasons_against(second, cast.eve) == ()
    both = [each.seen for each in earlier_entries(cast.country, ["A3", "A5"])]
    both.append(entry_of(second.tables.get(measure="A5")).seen)
    known = [replace(each, publication=as_one_count(each.publication)) for each in both]
    assert [each for each in attack(known) if not each.open] == []


def test_figures_keep_their_vintage_until_their_area_sends_again(cast: Cast) -> None:
    areas = a_quarter(cast)
    first = entry_of(prepared(cast, chosen=("H3",)).tables.get())
    signed_off(areas[4], help_within_weeks((*STARTED["T005"][:4], 30, 12)), at=timezone.now())
    second = entry_of(prepared(cast, chosen=("H3",)).tables.get())
    moved = {name for name in second.publication.cells if first.vintage_of(name) != second.vintage_of(name)}
    areas_moved = {part for name in moved for part in name if part.startswith("area=")}
    assert areas_moved == {"area=local-area T005"}
    assert {name for name in second.publication.cells if not any("area=" in part for part in name)} <= moved


def test_figures_keep_their_vintage_where_the_same_are_signed_off_again(cast: Cast) -> None:
    """Nobody is told that such an area sent again, so every reader knows its figures to be the same."""
    areas = a_quarter(cast)
    first = entry_of(prepared(cast, chosen=("H3",)).tables.get())
    same = help_within_weeks(STARTED["T005"])
    signed_off(areas[4], same | detentions(40), at=timezone.now())
    second = entry_of(prepared(cast, chosen=("H3",)).tables.get())
    assert all(first.vintage_of(name) == second.vintage_of(name) for name in second.publication.cells)


def test_quarters_with_something_signed_off(cast: Cast) -> None:
    assert quarters_at_hand(cast.country) == []
    a_quarter(cast)
    assert quarters_at_hand(cast.country) == [QUARTER]


def test_the_attacker_of_these_tests_can_succeed(cast: Cast) -> None:
    """So that the test above cannot pass for want of an attacker."""
    a_quarter(cast)
    release = begin(
        country=cast.country, title="Careless", quarters=[QUARTER], chosen=["H3"], rule="nhs-one-to-four",
        by=cast.pat,
    )  # fmt: skip
    work_on(release, by=cast.pat)
    table = release.tables.get()
    assert table.exposed > 0
    assert [each for each in attack([Seen("v", entry_of(table).publication)]) if not each.open]
    assert "is hidden, but everything published together would show" in table.reasons[0]
