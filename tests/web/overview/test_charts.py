"""Charts of an area: what they say, what they keep to themselves, and how few queries they take."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithrive.areas.gazetteer import Population
from ithrive.areas.membership import MemberRole
from ithrive.disclosure import rule
from ithrive.improvement import ChartKind, charts
from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.returns import ReturnedFigure
from ithrive.web.areas.models import LocalArea, Membership, Place
from ithrive.web.history.record import Command
from ithrive.web.overview.charts.neighbours import funnel_beside, may_be_shared, quarters_beside
from ithrive.web.overview.charts.overview import overview
from ithrive.web.overview.charts.series import Record, groupings_sent, is_for_one_area, is_share, series_of
from ithrive.web.overview.charts.words import in_a_sentence, whose_people, with_unit
from ithrive.web.overview.people_there import people_nearest
from ithrive.web.returns.actions import PastReturn, PastVersion, bring_in_returns
from ithrive.web.returns.models import QuarterlyReturn
from tests.cast import Cast, signed_in
from tests.web.areas.squares import squares

BASE = "/charts/thornmere/local-area"
FIRST = Quarter(2023, 1)
BY = Command("tests")
PARTNERS = rule("partners", date(2026, 5, 1))
H2, D1, R1, W2 = (measures()[each] for each in ("H2", "D1", "R1", "W2"))
AGREED = D1.headline
# Below the average for nine quarters and above it for eight: what is marked is the last of them.
SHARES = (38, 40, 37, 39, 41, 38, 36, 40, 39, 55, 57, 54, 56, 58, 55, 57, 56)


def plan(agreed: int | None, of: int = 100) -> dict[FigureKey, Cell]:
    cell = Cell.without(CellState.SUPPRESSED) if agreed is None else Cell.of(agreed)
    return {FigureKey("D1", "open"): Cell.of(of), FigureKey("D1", "agreed"): cell}


def record(*shares: int | None, of: int = 100, people: int = 40_000) -> Record:
    quarters = [FIRST + at for at in range(len(shares))]
    figures = {quarter: plan(share, of) for quarter, share in zip(quarters, shares, strict=True)}
    return Record(figures, dict.fromkeys(quarters, Cell.of(people)))


# --- Series and words


def test_a_rate_says_of_which_year_the_people_are_where_its_own_is_not_known():
    known = {FIRST + at: min(2024, (FIRST + at).year) for at in range(9)}
    rate = Record({}, {}, known)
    shown = next(
        each for measure in measures().values() for each in measure.shown if each.bottom == "population"
    )
    assert whose_people(shown, rate) == (
        "How many children and young people live here is not known of every year. The nearest year stands for"
        " it: those of 2024 for 2024/25 Q4."
    )
    assert whose_people(AGREED, rate) == "", "a share has no such people"
    assert whose_people(shown, Record({}, {}, {FIRST: 2023})) == ""


def test_people_are_those_of_the_nearest_year_known_the_earlier_of_two_as_near():
    figures = [(f"S{number:03}", year) for number in range(1, 5) for year in (2020, 2022)]
    known = tuple(Population("SQ15", code, year, (year,) * 25) for code, year in figures)
    moved = replace(squares(), populations=known)
    years = {year: people_nearest(moved, "SQ15", year).year for year in (2015, 2020, 2021, 2022, 2030)}
    assert years == {2015: 2020, 2020: 2020, 2021: 2020, 2022: 2022, 2030: 2022}
    later = people_nearest(moved, "SQ20", 2030)
    assert later.by_code["S900"] == 2 * later.by_code["S003"], "along the lineage too"
    assert people_nearest(replace(moved, populations=()), "SQ15", 2020) is None


def test_a_share_is_drawn_with_its_denominators_and_all_else_by_its_own_variation():
    shares = {each.id for each in measures().values() if is_share(each, each.headline)}
    assert {"D1", "H3", "A4", "M1", "R2", "H7"} <= shares
    assert not {"H1", "H2", "R1", "T2", "D4", "M3"} & (shares - {"D4"})
    assert series_of(D1, AGREED, record(*SHARES), name="x").kind is ChartKind.PROPORTIONS
    assert series_of(H2, H2.headline, record(*SHARES), name="x").kind is ChartKind.INDIVIDUALS


def test_a_share_of_a_share_leads_back_to_its_denominator_and_a_sum_of_counts_does_not():
    seen = measures()["R2"]
    assert all(is_share(seen, each) for each in seen.shown)
    assert not is_share(R1, R1.headline)


def test_a_quarter_nobody_signed_off_is_a_gap_and_not_nought():
    known = record(*SHARES)
    gap = FIRST + 3
    without = Record({q: cells for q, cells in known.figures.items() if q != gap}, known.people)
    points = series_of(D1, AGREED, without, name="x").points
    assert len(points) == len(SHARES)
    assert points[3].figure.state is CellState.NOT_SUBMITTED


def test_a_chart_says_in_a_sentence_what_its_latest_quarters_say():
    def said(*shares: int | None) -> str:
        return in_a_sentence(charts([series_of(D1, AGREED, record(*shares), name="x")])[0])

    assert said(*SHARES) == "Higher than usual, which is better."
    assert said(*reversed(SHARES)) == "Lower than usual, which is worse."
    assert said(*([40, 44, 38, 46, 41] * 3)) == "As usual: it goes up and down as it has before."
    assert said(40, 41, 39) == "3 quarters so far. It takes 12 to tell what is usual here."
    assert said(40) == "1 quarter so far. It takes 12 to tell what is usual here."
    assert said(*(30, 31, 32, 33, 34, 35, 36, 37)).startswith("It has changed: 8 quarters")
    assert said(*[40] * 13) == "It is the same every quarter."
    assert said(None, None) == "No figure yet."


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell.of(46.25), "46.2%"),
        (Cell.of(0), "0%"),
        (Cell.without(CellState.SUPPRESSED), "suppressed"),
        (Cell.without(CellState.WITHHELD), "withheld for quality"),
    ],
    ids=["value", "zero", "suppressed", "withheld"],
)
def test_a_figure_has_its_unit_and_a_missing_one_its_state(cell, words):
    assert with_unit(cell, AGREED) == words
    assert with_unit(Cell.of(44), H2.headline) == "44 days"
    assert with_unit(Cell.of(1234.0), R1.headline) == "1,230 per 100,000"


def test_all_measures_stand_by_grouping_in_the_order_of_the_framework_never_by_icon():
    links = dict.fromkeys(measures(), "/x/")
    page = overview(measures(), record(*SHARES), {}, links)
    captions = [table["caption"]["text"] for table in page.tables]
    assert captions[0] == "Thriving"
    assert captions[-2:] == ["Shared decision making", "Whole system"]
    names = [row[0]["text"] for table in page.tables for row in table["rows"]]
    expected = {each.title for each in measures().values() if is_for_one_area(each)}
    assert set(names) == expected
    assert page.not_for_one == (measures()["R4"].title, W2.title)
    none = overview(measures(), Record({}, {}), {}, links)
    assert none.tables == ()
    assert none.sentence.startswith("No return has been signed off yet.")


def test_groupings_are_shown_where_they_were_sent():
    quarter = {**plan(40), FigureKey("D1", "open", "thriving"): Cell.of(9)}
    assert groupings_sent(D1, AGREED, Record({FIRST: quarter}, {}), ("getting-help", "thriving")) == (
        "thriving",
    )
    assert groupings_sent(D1, AGREED, record(40), ("thriving",)) == ()
    assert groupings_sent(R1, R1.headline, Record({FIRST: quarter}, {}), ("thriving",)) == ()


# --- Beside others, under the rule for partners


@pytest.mark.parametrize(
    ("agreed", "of", "shared"),
    [(40, 100, True), (5, 10, True), (4, 100, False), (97, 100, False), (0, 100, False), (5, 9, False)],
    ids=["plain", "smallest", "few", "few-others", "nobody", "small-group"],
)
def test_a_share_of_another_area_needs_enough_on_either_side(agreed, of, shared):
    assert may_be_shared(D1, AGREED, record(agreed, of=of), FIRST, PARTNERS).is_figure == shared


@pytest.mark.parametrize(("seen", "shared"), [(10, True), (9, False)], ids=["ten", "nine"])
def test_a_median_of_another_area_needs_ten_people(seen, shared):
    cells = {FigureKey("H2", "seen"): Cell.of(seen), FigureKey("H2", "median-days"): Cell.of(40)}
    found = may_be_shared(H2, H2.headline, Record({FIRST: cells}, {}), FIRST, PARTNERS)
    assert found.is_figure == shared


@pytest.mark.parametrize(("very_urgent", "shared"), [(0, True), (2, False), (30, True)], ids=["0", "2", "30"])
def test_a_rate_over_the_population_needs_a_count_that_may_be_shown(very_urgent, shared):
    cells = {FigureKey("R1", each): Cell.of(0) for each in ("urgent", "emergency")}
    cells[FigureKey("R1", "very-urgent")] = Cell.of(very_urgent)
    known = Record({FIRST: cells}, {FIRST: Cell.of(40_000)})
    assert may_be_shared(R1, R1.headline, known, FIRST, PARTNERS).is_figure == shared
    nobody = Record({FIRST: cells}, {})
    assert not may_be_shared(R1, R1.headline, nobody, FIRST, PARTNERS).is_figure


def test_a_difference_of_medians_of_another_area_is_never_shared():
    shown = next(each for each in W2.shown if each.less)
    cells = {FigureKey("W2", each.code): Cell.of(50) for each in W2.returned}
    assert not may_be_shared(W2, shown, Record({FIRST: cells}, {}), FIRST, PARTNERS).is_figure


def test_the_middle_of_fewer_than_five_others_is_not_told():
    own = record(40, 42)
    others = [record(30), record(35), record(45), record(50), record(60)]
    first, second = quarters_beside(D1, AGREED, own, others, PARTNERS)
    assert (first.areas, first.low, first.middle, first.high) == (5, 35, 45, 50)
    assert (second.areas, second.low, second.middle, second.high) == (0, None, None, None)
    hidden = [*others[:4], record(3)]
    assert quarters_beside(D1, AGREED, own, hidden, PARTNERS)[0].middle is None


def test_a_funnel_names_nobody_but_the_reader_and_leaves_out_small_counts():
    others = [record(40 + at, of=100 + at) for at in range(10)]
    plot = funnel_beside(D1, AGREED, record(45), [*others, record(3)], FIRST, PARTNERS, "Alderbrook")
    assert plot is not None
    assert [point.name for point in plot.points] == ["Alderbrook", *(f"Area {at}" for at in range(1, 11))]
    assert [point.of for point in plot.points][1:] == sorted(range(100, 110), reverse=True)
    assert plot.left_out == ()
    assert funnel_beside(D1, AGREED, record(45), others[:8], FIRST, PARTNERS, "Alderbrook") is None
    assert funnel_beside(D1, AGREED, record(None), others, FIRST, PARTNERS, "Alderbrook") is None
    assert funnel_beside(H2, H2.headline, record(45), others, FIRST, PARTNERS, "Alderbrook") is None


# --- Pages


def sent(area: LocalArea, quarter: Quarter, agreed: int, reason: str = "") -> PastReturn:
    cells = {
        **plan(agreed),
        FigureKey("D1", "open", "thriving"): Cell.of(10),
        FigureKey("D1", "agreed", "thriving"): Cell.of(4),
    }
    figures = {
        key: ReturnedFigure(cell, reason if key.figure == "agreed" else "") for key, cell in cells.items()
    }
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    return PastReturn(area, quarter, quarter.ends, quarter.ends, [PastVersion(figures, moment, moment)])


def has_sent(area: LocalArea, *shares: int, reason: str = "") -> None:
    returns = [sent(area, FIRST + at, share, reason) for at, share in enumerate(shares)]
    bring_in_returns(returns=returns, by=BY)


def others_take_part(cast: Cast, many: int, role: MemberRole = MemberRole.MEMBER) -> None:
    geography = cast.country.geographies.get()
    for at in range(many):
        area = LocalArea.objects.create(
            country=cast.country,
            kind="local-area",
            code=f"X{at:02}",
            name=f"Otherton {at}",
            starts=geography.starts,
        )
        Place.objects.create(geography=geography, local_area=area, name=area.name)
        Membership.objects.create(area=area, role=role, starts=date(2015, 1, 1))
        has_sent(area, 30 + at, 31 + at)


@pytest.fixture
def ada(cast: Cast) -> Client:
    return signed_in(cast.ada)


def test_an_area_without_returns_is_told_where_its_charts_will_be(ada: Client) -> None:
    assert "No return has been signed off yet." in ada.get(f"{BASE}/T001/").content.decode()
    assert "No figure is signed off yet." in ada.get(f"{BASE}/T001/D1/").content.decode()
    assert ada.get(f"{BASE}/T001/D1/chart.svg").status_code == 404


def test_charts_are_there_as_soon_as_a_return_is_signed_off(cast: Cast, ada: Client) -> None:
    has_sent(cast.alderbrook, *SHARES, reason="A form of its own")
    said = ada.get(f"{BASE}/T001/").content.decode()
    assert "17 quarters are signed off, the latest 2026/27 Q4." in said
    assert "Higher than usual, which is better." in said
    said = ada.get(f"{BASE}/T001/D1/").content.decode()
    assert "2026/27 Q4, Of them, with a care plan agreed with the young person or family" in said
    assert "A form of its own" in said
    assert "Thriving" in said
    assert "Too few other areas that take part have a figure" in said
    assert said.count("<svg") == 3  # wide, narrow, and one grouping


def test_a_chart_is_taken_away_as_drawing_picture_and_table(cast: Cast, ada: Client) -> None:
    has_sent(cast.alderbrook, *SHARES)
    drawing = ada.get(f"{BASE}/T001/D1/chart.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"Higher" not in drawing.content
    assert b"improvement, high" in drawing.content
    assert ada.get(f"{BASE}/T001/D1/chart.png").content.startswith(b"\x89PNG")
    table = ada.get(f"{BASE}/T001/D1/chart.csv?grouping=thriving").content.decode()
    assert len(table.strip().splitlines()) == 18
    assert ",4,value,10,value," in table


@pytest.mark.parametrize(
    "path",
    ["H99/", "W2/", "D1/?figure=nothing", "D1/chart.pdf", "D1/chart.csv?grouping=nothing"],
)
def test_a_chart_that_there_is_not_is_not_found(cast: Cast, ada: Client, path: str) -> None:
    has_sent(cast.alderbrook, 40, 41)
    assert ada.get(f"{BASE}/T001/{path}").status_code == 404


def test_other_areas_stand_beside_this_one_without_their_names(cast: Cast, ada: Client) -> None:
    has_sent(cast.alderbrook, 50, 52)
    others_take_part(cast, 10)
    said = ada.get(f"{BASE}/T001/D1/").content.decode()
    assert "Of 10 other areas that take part, half had 35.5% or less" in said
    assert "11 areas about their average." in said
    assert "Otherton" not in said
    assert said.count("/D1/funnel.csv") == said.count("/D1/beside.png") == 1


@pytest.mark.parametrize(
    ("drawing", "first", "rows"),
    [("funnel", "Area,Figure,Of,Within the 99.8% limits", 11), ("beside", "Quarter,Alderbrook,", 2)],
)
def test_what_stands_beside_others_is_taken_away_with_what_its_page_shows(
    cast: Cast, ada: Client, drawing: str, first: str, rows: int
) -> None:
    has_sent(cast.alderbrook, 50, 52)
    others_take_part(cast, 10)
    table = ada.get(f"{BASE}/T001/D1/{drawing}.csv").content.decode().strip().lstrip("\ufeff")
    assert table.startswith(first)
    assert len(table.splitlines()) == 1 + rows
    assert "Otherton" not in table
    picture = ada.get(f"{BASE}/T001/D1/{drawing}.svg").content.decode()
    assert picture.count("<text") > 10
    assert "Otherton" not in picture
    assert ada.get(f"{BASE}/T001/D1/{drawing}.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("drawing", ["funnel", "beside", "nothing"])
def test_too_few_others_make_no_file(cast: Cast, ada: Client, drawing: str) -> None:
    has_sent(cast.alderbrook, 50, 52)
    assert ada.get(f"{BASE}/T001/D1/{drawing}.csv").status_code == 404


def test_comparison_sites_are_never_among_the_others_and_see_others_themselves(cast: Cast) -> None:
    has_sent(cast.brackenford, 50, 52)
    others_take_part(cast, 10, MemberRole.COMPARISON)
    for person in (cast.cam, cast.eve):
        said = signed_in(person).get(f"{BASE}/T002/D1/").content.decode()
        assert (
            "Too few other areas that take part have a figure that may be shared to compare with (0)." in said
        )
    Membership.objects.update(role=MemberRole.MEMBER)
    Membership.objects.create(area=cast.brackenford, role=MemberRole.COMPARISON, starts=date(2015, 1, 1))
    said = signed_in(cast.cam).get(f"{BASE}/T002/D1/").content.decode()
    assert "Of 10 other areas that take part" in said


def test_who_may_not_know_of_a_comparison_site_sees_no_more_than_of_an_area_that_sent_nothing(
    cast: Cast,
) -> None:
    pat = signed_in(cast.pat)
    paths = (f"{BASE}/T001/", f"{BASE}/T001/D1/")
    nothing = [read(pat, path) for path in paths]
    Membership.objects.create(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=date(2015, 1, 1))
    has_sent(cast.alderbrook, *SHARES, reason="Secret words")
    assert [read(pat, path) for path in paths] == nothing
    assert pat.get(f"{BASE}/T001/D1/chart.csv").status_code == 404
    assert b"Secret words" in signed_in(cast.eve).get(f"{BASE}/T001/D1/").content
    assert b"Secret words" in signed_in(cast.mia).get(f"{BASE}/T001/D1/").content


def read(client: Client, path: str) -> str:
    """The page, without the token that every page has anew."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(path).content.decode())


def asked_for(client: Client, path: str) -> int:
    client.get(path)  # drawings, gazetteers and sessions are there from the second time on
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_thirty_measures_and_more_quarters_and_areas_take_the_same_few_queries(
    cast: Cast, ada: Client
) -> None:
    has_sent(cast.alderbrook, 40, 41)
    paths = (f"{BASE}/T001/", f"{BASE}/T001/D1/")
    before = [asked_for(ada, path) for path in paths]
    bring_in_returns(returns=[sent(cast.alderbrook, FIRST + 2 + at, 44) for at in range(8)], by=BY)
    others_take_part(cast, 1)
    once = [asked_for(ada, path) for path in paths]
    others = Membership.objects.count()
    for at in range(4):
        area = LocalArea.objects.create(
            country=cast.country, kind="local-area", code=f"Y{at}", name=f"Y{at}", starts=date(2015, 1, 1)
        )
        Membership.objects.create(area=area, role=MemberRole.MEMBER, starts=date(2015, 1, 1))
        has_sent(area, 30, 31)
    assert Membership.objects.count() == others + 4
    assert [asked_for(ada, path) for path in paths] == once
    assert once[0] == before[0] < 25
    assert once[1] < 45


def test_the_home_of_an_area_its_returns_and_its_notes_lead_to_its_charts(cast: Cast, ada: Client) -> None:
    has_sent(cast.alderbrook, 40)
    number = QuarterlyReturn.objects.get().pk
    assert f'href="{BASE}/T001/"' in ada.get(f"/returns/{number}/").content.decode()
    assert f'href="{BASE}/T001/"' in ada.get("/home/thornmere/local-area/T001/").content.decode()
    notes = ada.get("/improvement/areas/thornmere/local-area/T001/D1/notes/").content.decode()
    assert f'href="{BASE}/T001/D1/"' in notes
