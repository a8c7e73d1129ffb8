"""What is drawn of a chart, and what its SVG, its tables and its icons hold."""

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import altair
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.improvement import (
    Annotation,
    AnnotationKind,
    Assurance,
    ChartKind,
    Funnel,
    FunnelArea,
    FunnelKind,
    Rebase,
    Variation,
    chart,
    chart_sentence,
    funnel,
)
from ithrive.improvement.drawing import (
    NARROW,
    WIDE,
    chart_csv,
    chart_events,
    chart_sheet,
    chart_svg,
    chart_table,
    drawing_key,
    funnel_list,
    funnel_svg,
    funnel_table,
    icon_svg,
    icon_table_rows,
    png,
    small_multiples_svg,
)
from ithrive.improvement.drawing.chart_sketch import chart_sketch
from ithrive.improvement.drawing.funnel_sketch import funnel_sketch
from ithrive.improvement.drawing.palette import GRID, LINES, SPOTS
from ithrive.improvement.drawing.sketch import LineLook, Sketch, SpotLook
from ithrive.improvement.drawing.spec import vega_lite
from ithrive.improvement.drawing.ticks import numbers_between
from ithrive.measures import Cell, Direction
from ithrive.problems import BadInput
from tests.improvement.drawing import STEADY, month, series

NAMED = "{http://www.w3.org/2000/svg}"
CLINIC = Rebase(month(12), "A second clinic", "Steering group")


def looks(sketch: Sketch, look: LineLook) -> list[tuple[tuple[float, float], ...]]:
    return [line.points for line in sketch.lines if line.look is look]


def spots(sketch: Sketch) -> list[SpotLook]:
    return [spot.look for spot in sketch.spots]


@pytest.mark.parametrize(
    ("low", "high", "percent", "words"),
    [
        (9.94, 11.06, False, ["10", "10.25", "10.5", "10.75", "11"]),
        (12000.0, 12250.0, False, ["12,000", "12,050", "12,100", "12,150", "12,200", "12,250"]),
        (0.1, 0.2, True, ["10%", "12%", "14%", "16%", "18%", "20%"]),
        (0.9, 0.91, True, ["90%", "90.2%", "90.4%", "90.6%", "90.8%", "91%"]),
    ],
)
def test_an_axis_says_where_its_marks_stand_and_rounds_nothing_off(
    low: float, high: float, percent: bool, words: list[str]
) -> None:
    assert [tick.text[0] for tick in numbers_between(low, high, 5, percent=percent)] == words


def test_under_twelve_points_only_the_median_is_drawn() -> None:
    drawn = chart_sketch(chart(series(STEADY[:9])))
    assert {line.look for line in drawn.lines} == {LineLook.FIGURES, LineLook.CENTRE}
    assert [label.text for label in drawn.labels] == ["Median 52"]
    assert set(spots(drawn)) == {SpotLook.FIGURE}
    assert drawn.spot_key == ()


def test_the_key_speaks_of_usual_variation_only_where_there_are_limits_to_judge_by() -> None:
    few, many = (chart_sketch(chart(series([*figures, "*"]))) for figures in (STEADY[:8], STEADY))
    assert few.spot_key == (SpotLook.FIGURE, SpotLook.SUPPRESSED)
    assert many.spot_key == (SpotLook.USUAL, SpotLook.SUPPRESSED)


def test_limits_of_twelve_to_twenty_points_look_provisional() -> None:
    drawn = chart_sketch(chart(series(STEADY)))
    assert len(looks(drawn, LineLook.PROVISIONAL)) == 2
    assert looks(drawn, LineLook.LIMIT) == []
    assert drawn.line_key == ((LineLook.PROVISIONAL, "Provisional limits"),)
    settled = chart_sketch(chart(series(STEADY * 2)))
    assert (len(looks(settled, LineLook.LIMIT)), settled.line_key) == (2, ())


def test_missing_figures_leave_gaps_and_each_state_has_a_mark_of_its_own_on_the_axis() -> None:
    drawn = chart_sketch(chart(series([50, 51, "*", 52, "", 53, "n/a", 54, "-", 55, 56])))
    assert [len(stretch) for stretch in looks(drawn, LineLook.FIGURES)] == [2, 2]
    missing = [spot for spot in drawn.spots if spot.y is None]
    assert [spot.look for spot in missing] == [
        SpotLook.SUPPRESSED,
        SpotLook.NOT_SUBMITTED,
        SpotLook.NOT_APPLICABLE,
        SpotLook.WITHHELD,
    ]
    assert len({(SPOTS[spot.look].shape, SPOTS[spot.look].filled) for spot in drawn.spots}) == 5


def test_a_nought_is_a_figure_and_no_gap() -> None:
    drawn = chart_sketch(chart(series([3.0, 0.0, 4.0], kind=ChartKind.COUNTS)))
    assert [spot.y for spot in drawn.spots] == [3, 0, 4]
    assert len(looks(drawn, LineLook.FIGURES)) == 1


def test_the_old_lines_stay_after_a_rebase_and_the_two_meet_at_it() -> None:
    drawn = chart_sketch(chart(series(STEADY + [each - 20 for each in STEADY], rebases=(CLINIC,))))
    old, new = looks(drawn, LineLook.CENTRE)
    assert old[0][1] == pytest.approx(new[0][1] + 20)
    (begin,) = drawn.uprights
    assert begin.new_lines
    assert old[-1][0] == new[0][0] == begin.x
    assert [len(stretch) for stretch in looks(drawn, LineLook.FIGURES)] == [12, 12]


def test_a_part_too_short_for_limits_has_its_median_beside_the_old_ones_limits() -> None:
    drawn = chart_sketch(chart(series([*STEADY, 40, 41, 42], rebases=(CLINIC,))))
    assert [stretch[0][1] for stretch in looks(drawn, LineLook.CENTRE)] == pytest.approx(
        [52.1667, 41], abs=1e-3
    )
    assert len(looks(drawn, LineLook.PROVISIONAL)) == 2
    assert [label.text for label in drawn.labels] == ["Median 41"]


def test_a_limit_no_figure_can_pass_is_neither_drawn_nor_listed() -> None:
    few = series([3, 1, 4, 2, 3, 1, 4, 2, 3, 1, 4, 2], kind=ChartKind.COUNTS)
    made = chart(few)
    assert made.points[0].lower is not None
    assert made.points[0].lower < 0
    assert len(looks(chart_sketch(made), LineLook.PROVISIONAL)) == 1
    headings, rows = chart_table(made)
    assert {row[headings.index("Lower limit")] for row in rows} == {""}


def test_events_are_numbered_in_order_of_time_and_numbers_keep_clear_of_each_other() -> None:
    noted = (
        Annotation(date(2020, 6, 20), AnnotationKind.MERGER, "Two in one."),
        Annotation(date(2020, 6, 1), AnnotationKind.TEST_OF_CHANGE, "Reminders"),
    )
    made = chart(replace(series(STEADY * 2, rebases=(CLINIC,)), annotations=noted))
    assert [each.sentence for each in chart_events(made)] == [
        "1. 1 June 2020: Reminders (test of change)",
        "2. 20 June 2020: Two in one (merger)",
        "3. 1 January 2021: Lines begin anew: A second clinic (Steering group)",
    ]
    assert [each.level for each in chart_sketch(made).uprights] == [0, 1, 0]


def test_marks_say_by_shape_what_they_say_by_colour() -> None:
    meant = [SpotLook.USUAL, SpotLook.BETTER_HIGH, SpotLook.BETTER_LOW, SpotLook.WORSE, SpotLook.CHANGED]
    assert len({SPOTS[look].shape for look in meant}) == len(meant)
    rising = [*STEADY, 90.0]
    worse, better, changed = (
        chart_sketch(chart(series(rising, better=way)))
        for way in (Direction.LOWER, Direction.HIGHER, Direction.NEITHER)
    )
    last = [drawn.spots[-1].look for drawn in (worse, better, changed)]
    assert last == [SpotLook.WORSE, SpotLook.BETTER_HIGH, SpotLook.CHANGED]


@pytest.mark.parametrize("colour", sorted({each.colour for each in (*LINES.values(), *SPOTS.values())}))
def test_colours_stand_out_from_paper_and_from_the_grid(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(colour, GRID) >= 3


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 works it out."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def every_part(drawing: str) -> list[Element]:
    return list(fromstring(drawing).iter())


def test_a_drawing_is_named_described_and_holds_nothing_a_strict_page_forbids() -> None:
    made = chart(series([*STEADY, "*", 70.0], rebases=(), target=45))
    drawn = chart_svg(made, title="Days <waited> & “more”", unit="days")
    root, parts = fromstring(drawn), every_part(drawn)
    ids = [part.attrib["id"] for part in parts if "id" in part.attrib]
    assert root.attrib["role"] == "img"
    assert [root.attrib["aria-labelledby"], root.attrib["aria-describedby"]] == ids
    title, words = root.find(f"{NAMED}title"), root.find(f"{NAMED}desc")
    assert title is not None
    assert words is not None
    assert (title.text, words.text) == ("Days <waited> & “more”", chart_sentence(made))
    assert {part.tag.removeprefix(NAMED) for part in parts} <= {
        *("svg", "title", "desc", "g", "path", "line", "text", "tspan", "rect"),
    }
    names = {name for part in parts for name in part.attrib}
    assert not [name for name in names if name in {"style", "class", "href"} or name.startswith("on")]


def test_the_specification_keeps_to_its_schema() -> None:
    """Which drawing itself does not check, for it would cost more than the drawing."""
    noted = (Annotation(month(3), AnnotationKind.MERGER, "Two in one"),)
    made = chart(replace(series([*STEADY, "*", 70.0], target=45, rebases=(CLINIC,)), annotations=noted))
    for size in (WIDE, NARROW):
        specification = vega_lite(chart_sketch(made, size, unit="days"))
        assert altair.Chart.from_dict(specification, validate=True)
    assert altair.Chart.from_dict(vega_lite(funnel_sketch(areas(), of_what="Referrals")), validate=True)


def test_two_charts_on_a_page_share_no_id_and_the_same_input_gives_the_same_bytes() -> None:
    one, other = chart(series(STEADY)), chart(series([*STEADY, 51.0]))
    drawn = [chart_svg(each, title="Days") for each in (one, other, one)]
    ids = [{part.attrib["id"] for part in every_part(each) if "id" in part.attrib} for each in drawn]
    assert ids[0].isdisjoint(ids[1])
    assert drawn[0] == drawn[2]


def test_another_process_in_another_time_zone_draws_the_same_bytes() -> None:
    program = (
        "import sys; from ithrive.improvement import chart; "
        "from ithrive.improvement.drawing import chart_svg; "
        "from tests.improvement.drawing import STEADY, series; "
        "sys.stdout.buffer.write(chart_svg(chart(series(STEADY)), title='Days').encode())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TZ": "Pacific/Auckland"},
        check=True,
        capture_output=True,
    )
    assert elsewhere.stdout.decode() == chart_svg(chart(series(STEADY)), title="Days")


def test_the_key_changes_with_anything_that_is_seen_and_with_nothing_else() -> None:
    made = chart(series(STEADY))
    same = [drawing_key(chart_sheet(made, title="Days", unit="days")) for _ in range(2)]
    other = [
        chart_sheet(made, title="Other", unit="days"),
        chart_sheet(made, title="Days", unit="weeks"),
        chart_sheet(made, title="Days", unit="days", size=NARROW),
        chart_sheet(made, title="Days", unit="days", alone=True),
        chart_sheet(chart(series([*STEADY[:-1], 56.0])), title="Days", unit="days"),
    ]
    assert same[0] == same[1]
    assert len({same[0], *(drawing_key(each) for each in other)}) == 6


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.one_of(st.floats(0, 1e6), st.sampled_from(["*", "", "n/a", "-"])), min_size=1, max_size=14),
    st.text(max_size=20),
)
def test_whatever_the_figures_and_words_the_drawing_can_be_read(
    figures: list[float | str], words: str
) -> None:
    made = chart(series(figures))
    for size in (WIDE, NARROW):
        drawn = chart_svg(made, title=words, unit=words, size=size, alone=True)
        assert fromstring(drawn).attrib["width"] == str(size.width)
        assert "NaN" not in drawn
    assert len(chart_table(made)[1]) == len(figures)


def test_the_narrow_drawing_fits_a_telephone_and_keeps_its_letters() -> None:
    drawn = fromstring(chart_svg(chart(series(STEADY)), title="Days", size=NARROW))
    sizes = {part.attrib.get("font-size", "") for part in drawn.iter(f"{NAMED}text")}
    assert int(drawn.attrib["width"]) <= 320
    assert sizes == {"13px"}


def test_a_drawing_that_leaves_its_page_takes_title_list_and_sentence_along() -> None:
    made = chart(series(STEADY * 2, rebases=(CLINIC,)))
    written = " ".join(part.text or "" for part in every_part(chart_svg(made, title="Days", alone=True)))
    for words in ("Days", "1. 1 January 2021: Lines begin anew", "not counted as an effect"):
        assert words in written


def test_a_picture_is_twice_as_large() -> None:
    drawn = chart_svg(chart(series(STEADY)), title="Days")
    picture = png(drawn)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 2 * WIDE.width


def test_the_table_names_the_state_of_a_missing_figure_and_every_mark() -> None:
    headings, rows = chart_table(chart(series([*STEADY, "*", 90.0])))
    figure, mark = headings.index("Figure"), headings.index("Mark")
    assert [row[figure] for row in rows[-3:]] == ["55", "suppressed", "90"]
    assert [row[mark] for row in rows[-2:]] == ["", "outside the limits, high"]


def test_the_file_keeps_states_apart_and_runs_nothing_in_a_spreadsheet() -> None:
    noted = Annotation(month(1), AnnotationKind.TEST_OF_CHANGE, "=1+1")
    shares = series([1, "*", 0], of=[10, 10, 0], kind=ChartKind.PROPORTIONS)
    rows = list(csv.DictReader(io.StringIO(chart_csv(chart(replace(shares, annotations=(noted,)))))))
    assert [(row["figure"], row["state"]) for row in rows] == [
        ("0.1", "value"),
        ("", "suppressed"),
        ("", "not applicable"),
    ]
    assert [row["of"] for row in rows] == ["10", "10", "0"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def areas(outlier: int = 5) -> Funnel:
    told = [FunnelArea(f"Area {n}", Cell.of(100 + n % 7), Cell.of(200 + 5 * n)) for n in range(20)]
    told[outlier] = FunnelArea("Brackenford", Cell.of(10), Cell.of(300))
    return funnel([*told, FunnelArea("Alderbrook", Cell.of(90), Cell.of(190))], FunnelKind.SHARES)


def test_a_funnel_names_the_unusual_by_number_and_picks_out_the_readers_area() -> None:
    plot = areas()
    drawn = funnel_sketch(plot, own="Alderbrook")
    assert funnel_list(plot) == ("1. Brackenford: 3.33% of 300",)
    assert spots(drawn).count(SpotLook.UNUSUAL) == spots(drawn).count(SpotLook.OWN) == 1
    assert len(looks(drawn, LineLook.LIMIT)) == len(looks(drawn, LineLook.NEAR_LIMIT)) == 2
    assert [row[0] for row in funnel_table(plot)[1]] == [point.name for point in plot.points]
    assert "Referrals" in funnel_svg(plot, title="Helped", of_what="Referrals", own="Alderbrook")


def test_the_limits_drawn_are_those_of_the_funnel() -> None:
    plot = areas()
    lowest = looks(funnel_sketch(plot), LineLook.LIMIT)[0]
    assert all(y == plot.limits(of).lowest for of, y in lowest)


@pytest.mark.parametrize("meaning", [*Variation, *Assurance], ids=str)
def test_every_icon_has_a_name_a_shape_and_a_letter(meaning: Variation | Assurance) -> None:
    root = fromstring(icon_svg(meaning))
    assert root.attrib["aria-label"].lower() == str(meaning).lower()
    assert root.attrib["role"] == "img"
    assert len(list(root)) == 3


def test_no_two_icons_look_alike_without_colour() -> None:
    drawn = {
        (parts[1].attrib["d"], parts[2].text)
        for parts in (list(fromstring(icon_svg(each))) for each in (*Variation, *Assurance))
    }
    assert len(drawn) == len(Variation) + len(Assurance)


def test_the_icon_table_shows_an_icon_only_where_there_are_limits() -> None:
    few, many = icon_table_rows([chart(series(STEADY[:9])), chart(series(STEADY, target=40))])
    assert (few.variation, few.assurance, few.stage) == ("", "", "run chart")
    assert (many.variation_words, many.assurance_words) == ("common cause", "consistently fails the target")
    assert many.variation.startswith("<svg")


def test_small_charts_of_one_measure_share_their_heights() -> None:
    low, high = chart(series(STEADY)), chart(series([each + 100 for each in STEADY]))
    drawn = small_multiples_svg([low, high, low], title="Days", columns=2)
    assert "150" in " ".join(part.text or "" for part in fromstring(drawn).findall(f"{NAMED}g")[0].iter())
    assert fromstring(drawn).attrib["width"] == str(2 * (NARROW.width + 16))
    with pytest.raises(BadInput, match="no chart"):
        small_multiples_svg([], title="Days")
