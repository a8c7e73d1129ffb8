"""The spread map as SVG text."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.legend import swatch
from ithrive.areas.paints import PATTERNS, ROLES, SHADES, Paint
from ithrive.areas.shapes import Outlines
from ithrive.areas.spread_map import MapArea, draw

SVG = "{http://www.w3.org/2000/svg}"
OUTLINES = Outlines(
    (0, 0, 100, 80), {"A": "M0 0l9 0 0 9z", "B": "M20 0l9 0 0 9z"}, {"A": (3, 3), "B": (23, 3)}
)
ALDERBROOK = MapArea("A", "Alderbrook", "role-accelerator", "Alderbrook: accelerator", "/areas/A/")
BRACKENFORD = MapArea("B", "Brackenford", "role-none", "Brackenford: not a member", "/areas/B/")
BOTH = (BRACKENFORD, ALDERBROOK)


def drawn(*areas: MapArea, **how: object) -> ElementTree.Element:
    words = {"title": "Spread", "description": "On 1 April 2019"}
    return ElementTree.fromstring(draw(OUTLINES, areas, **{**words, **how}))  # noqa: S314 - our own text


def test_each_area_is_a_link_with_its_name_in_the_order_given():
    links = drawn(*BOTH).findall(f".//{SVG}a")
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("/areas/B/", "Brackenford: not a member"),
        ("/areas/A/", "Alderbrook: accelerator"),
    ]
    assert [link.findtext(f"{SVG}path/{SVG}title") for link in links] == [each.label for each in BOTH]


def test_a_label_without_the_areas_name_gets_it():
    (link,) = drawn(MapArea("A", "Alderbrook", "role-member", "member", "/")).findall(f".//{SVG}a")
    assert link.get("aria-label") == "Alderbrook: member"


def test_a_map_of_links_is_a_group_and_one_without_is_a_picture():
    assert drawn(*BOTH).get("role") == "group"
    assert drawn(MapArea("A", "Alderbrook", "role-none", "Alderbrook")).get("role") == "img"


def test_the_map_has_a_name_and_a_description():
    root = drawn(*BOTH)
    assert (root.get("aria-label"), root.findtext(f"{SVG}desc")) == ("Spread", "On 1 April 2019")


def test_areas_without_an_outline_are_left_to_the_list():
    assert len(drawn(*BOTH, MapArea("Z", "Nowhere", "role-none", "Nowhere", "/")).findall(f".//{SVG}a")) == 2


@pytest.mark.parametrize("standalone", [False, True])
def test_nothing_in_it_needs_an_exception_from_the_security_policy(standalone):
    text = draw(OUTLINES, BOTH, title="Spread", description="", standalone=standalone)
    assert "style" not in text
    assert "<script" not in text


def test_a_pattern_is_defined_once_and_only_if_it_is_used():
    assert [each.get("id") for each in drawn(*BOTH).iter(f"{SVG}pattern")] == ["map-role-accelerator"]
    assert not list(drawn(BRACKENFORD).iter(f"{SVG}pattern"))


def test_two_maps_on_one_page_do_not_share_ids():
    text = draw(OUTLINES, BOTH, title="", description="", prefix="second")
    assert 'id="second-role-accelerator"' in text
    assert "url(#second-role-accelerator)" in text


def test_a_class_without_paint_is_drawn_as_nothing_to_say():
    plain = drawn(MapArea("A", "Alderbrook", "unheard-of", "Alderbrook"))
    assert plain.find(f".//{SVG}path").get("fill") == "#d8dfe3"


def test_lines_between_hexagons_do_not_catch_the_pointer():
    outlines = Outlines(OUTLINES.view_box, OUTLINES.paths, OUTLINES.anchors, inner="M1 1l2 2")
    text = draw(outlines, BOTH, title="", description="")
    inner = ElementTree.fromstring(text).findall(f".//{SVG}path")[-1]  # noqa: S314 - our own text
    assert (inner.get("d"), inner.get("pointer-events")) == ("M1 1l2 2", "none")


def test_a_downloaded_map_carries_its_title_description_and_legend():
    root = drawn(*BOTH, standalone=True)
    assert root.findtext(f"{SVG}title") == "Spread"
    assert [each.text for each in root.iter(f"{SVG}text")] == [
        "Spread",
        "On 1 April 2019",
        "Accelerator",
        "Not a member",
    ]


def test_a_downloaded_map_has_no_links_and_no_classes():
    text = draw(OUTLINES, BOTH, title="Spread", description="", standalone=True)
    assert "<a " not in text
    assert "class=" not in text


def test_a_long_title_is_broken_into_lines():
    root = drawn(*BOTH, standalone=True, title="An unusually long title " * 4)
    assert len([each for each in root.iter(f"{SVG}text") if each.get("font-size") == "30"]) > 2


def test_a_swatch_brings_its_own_pattern_and_is_not_read_out():
    root = ElementTree.fromstring(swatch("role-left", ROLES))  # noqa: S314 - our own text
    assert root.get("aria-hidden") == "true"
    assert root.find(".//rect[@stroke]").get("fill") == "url(#swatch-role-left)"
    assert root.find("defs/pattern").get("id") == "swatch-role-left"


@given(st.text())
def test_no_name_can_break_out(words):
    area = MapArea("A", words, words, words, words)
    for standalone in (False, True):
        root = drawn(
            area, title=words, description=words, standalone=standalone, palette={words: Paint(words, words)}
        )
        assert len(root.findall(f".//{SVG}path")) == 1


@pytest.mark.parametrize("palette", [ROLES, SHADES])
def test_classes_next_to_each_other_differ_in_lightness_or_pattern(palette):
    paints = list(palette.values())
    for one, other in pairwise(paints):
        lighter = contrast(one.colour, other.colour) >= 1.4
        assert lighter or one.pattern != other.pattern


@pytest.mark.parametrize("palette", [ROLES, SHADES])
def test_any_two_classes_can_be_told_apart_without_colour(palette):
    """Any two differ in pattern, or by three to one in lightness."""
    paints = list(palette.values())
    for one in paints:
        for other in paints[: paints.index(one)]:
            assert one.pattern != other.pattern or contrast(one.colour, other.colour) >= 3


@pytest.mark.parametrize("palette", [ROLES, SHADES])
def test_every_pattern_is_seen_on_its_colour(palette):
    for paint in palette.values():
        assert not paint.pattern or paint.pattern in PATTERNS
        assert not paint.pattern or contrast(paint.colour, paint.ink) >= 3


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
