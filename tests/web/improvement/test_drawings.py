"""Drawings are kept by their content, shared by processes, and never the only copy of anything."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from ithrive.improvement import chart, chart_sentence
from ithrive.improvement.drawing import chart_sheet, chart_svg
from ithrive.web.improvement import drawings
from ithrive.web.improvement.downloads import ENDINGS, download_response
from ithrive.web.improvement.drawings import make_room, stored_svg
from ithrive.web.improvement.presenters import chart_figure, icon_overview
from tests.cast import Cast
from tests.improvement.drawing import STEADY, series

MADE = chart(series([*STEADY, "*", 54.0], target=50))


def kept(settings: Settings) -> list[Path]:
    return sorted(Path(settings.ITHRIVE_DRAWINGS).rglob("*.svg"))


def test_the_name_of_a_file_does_not_end_in_a_hyphen(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.user = cast.ada
    response = download_response(request, "csv", MADE, "a" * 79 + " and more")
    assert response["Content-Disposition"] == f'attachment; filename="{"a" * 79}.csv"'


def test_a_drawing_is_drawn_once_and_then_read(settings: Settings) -> None:
    first = stored_svg(MADE, "Days")
    assert first == chart_svg(MADE, title="Days")
    (file,) = kept(settings)
    file.write_text("<svg>as kept</svg>")
    assert stored_svg(MADE, "Days") == "<svg>as kept</svg>"
    file.unlink()
    assert stored_svg(MADE, "Days") == first


def test_another_figure_is_another_drawing(settings: Settings) -> None:
    stored_svg(MADE, "Days")
    stored_svg(chart(series(STEADY)), "Days")
    assert len(kept(settings)) == 2


def test_several_at_once_leave_one_whole_drawing(settings: Settings) -> None:
    with ThreadPoolExecutor(4) as several:
        drawn = set(several.map(lambda _: str(stored_svg(MADE, "Days")), range(4)))
    assert len(drawn) == 1
    assert [file.read_text() for file in kept(settings)] == list(drawn)
    assert list(Path(settings.ITHRIVE_DRAWINGS).rglob(".*")) == []


def test_without_a_place_to_keep_it_the_page_still_has_its_drawing(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.ITHRIVE_DRAWINGS = tmp_path / "file"
    assert stored_svg(MADE, "Days").startswith("<svg")


def test_nobody_else_on_the_machine_may_look_in(settings: Settings) -> None:
    stored_svg(MADE, "Days")
    assert Path(settings.ITHRIVE_DRAWINGS).stat().st_mode & 0o077 == 0


def test_what_was_not_asked_for_longest_makes_room(tmp_path: Path) -> None:
    for age, name in enumerate("abcd"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    make_room(tmp_path, 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_chart_can_be_taken_away_by_those_whom_its_page_lets_in(cast: Cast, ending: str) -> None:
    request = RequestFactory().get("/")
    request.user = cast.ada
    response = download_response(request, ending, MADE, "Days: “waited” / Alderbrook")
    assert response["Content-Disposition"] == f'attachment; filename="days-waited-alderbrook.{ending}"'
    assert "private" in response["Cache-Control"]
    content = {"svg": b"not counted as an effect", "png": b"\x89PNG", "csv": b"suppressed"}
    text = re.sub(rb"</text><text[^>]*>", b" ", response.content)
    assert content[ending] in text


def test_a_chart_cannot_be_had_as_anything_else(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.user = cast.ada
    with pytest.raises(Http404):
        download_response(request, "exe", MADE, "Days")


def test_the_part_of_a_page_holds_drawing_sentence_table_and_links() -> None:
    figure = chart_figure(MADE, "Days & nights", unit="days", downloads=[("CSV", "/chart.csv")])
    html = render_to_string("improvement/_chart.html", {"figure": figure, "heading_level": 3})
    assert "<h3" in html
    assert "Days &amp; nights" in html
    assert html.count("<svg") == 2
    assert html.count('role="img"') == 2
    assert str(chart_sentence(MADE)) in html.replace("&#x27;", "'")
    assert "<td" in html
    assert "suppressed" in html
    assert 'href="/chart.csv"' in html
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not re.search(r"style=|<style|<script| on\w+=", html)


def test_the_icon_table_names_every_icon_and_says_why_one_is_missing() -> None:
    table = icon_overview([chart(series(STEADY[:9])), MADE], "Alderbrook", ["/a/", "/b/"])
    few, many = table["rows"]
    assert few[0] == {"text": "Days waited", "href": "/a/"}
    assert (few[4], few[5]) == ({"text": "run chart"}, {"text": "no target"})
    assert 'aria-label="Common cause"' in many[4]["html"]


def test_both_sizes_are_kept_apart(settings: Settings) -> None:
    wide, narrow = drawings.both_sizes(lambda size: chart_sheet(MADE, title="Days", size=size))
    assert ('width="720"' in wide, 'width="320"' in narrow) == (True, True)
    assert len(kept(settings)) == 2
