"""Leads, champions, the steering group by sector, and who is missing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ithrive.assessments.sectors import SECTORS
from ithrive.implementation import Part, Post, gaps, no_lead_since, steering_group
from ithrive.implementation.people import holders, why_not_post
from ithrive.problems import BadInput

GROUP = steering_group()
DAY = date(2020, 6, 1)
LEAD = Post(Part.LEAD, "Ada", "nhs-provider", date(2019, 1, 1), date(2020, 1, 1))


def missing(*posts: Post, on: date = DAY) -> list[str]:
    return [gap.sentence for gap in gaps(posts, GROUP, on)]


def test_the_recommended_sectors_are_those_published() -> None:
    assert [sector.code for sector in GROUP.sector] == [
        "commissioning",
        "nhs-provider",
        "local-authority",
        "voluntary",
        "education",
    ]
    assert "breaks off" in GROUP.missing


def test_its_sectors_are_those_of_interviews_and_the_pulse() -> None:
    assert {sector.code: sector.name for sector in GROUP.sector}.items() <= SECTORS.items()


def test_a_programme_can_bring_its_own_sectors(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'title = "T"\nabout = "A"\nsource = "S"\naddress = "https://example.org/"\nchecked_on = 2026-01-01\n'
        '[[sector]]\ncode = "youth"\nname = "Young people"\n',
        encoding="utf-8",
    )
    assert [sector.name for sector in steering_group(own).sector] == ["Young people"]


@pytest.mark.parametrize("text", ["title = ", 'title = "No sectors"', "sector = [1]"])
def test_a_file_that_does_not_describe_a_group_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"own\.toml: It does not describe a steering group"):
        steering_group(tmp_path / "own.toml")


def test_with_nobody_everything_is_missing() -> None:
    assert missing() == [
        "There is no implementation lead yet.",
        "There is no chair of the steering group yet.",
        "There is no i-THRIVE champion yet.",
        "NHS commissioning: nobody in the steering group yet.",
        "NHS provider: nobody in the steering group yet.",
        "Local authority: nobody in the steering group yet.",
        "Voluntary sector: nobody in the steering group yet.",
        "Education: nobody in the steering group yet.",
    ]


def test_a_seat_that_was_left_says_since_when() -> None:
    assert missing(LEAD)[0] == "There is no implementation lead since 1 January 2020."
    assert gaps([LEAD], GROUP, DAY)[0].since == date(2020, 1, 1)


def test_a_part_is_held_from_its_first_day_until_the_day_before_its_end() -> None:
    assert LEAD.held_on(date(2019, 1, 1))
    assert LEAD.held_on(date(2019, 12, 31))
    assert not LEAD.held_on(date(2020, 1, 1))
    assert not LEAD.held_on(date(2018, 12, 31))


def test_chair_and_members_fill_their_sectors_seat_but_a_lead_does_not() -> None:
    posts = [
        Post(Part.CHAIR, "Ben", "local-authority", DAY),
        Post(Part.STEERING, "Cam", "education", DAY),
        replace(LEAD, ends=None),
    ]
    empty = [gap.name for gap in gaps(posts, GROUP, DAY)]
    assert empty == [
        "i-THRIVE champion",
        "NHS commissioning",
        "NHS provider",
        "Voluntary sector",
    ]


def test_who_holds_a_part_comes_in_the_order_of_time() -> None:
    ben, cam = (Post(Part.CHAMPION, name, "education", DAY) for name in ("Ben", "Cam"))
    old = replace(ben, holder="Dot", starts=date(2018, 1, 1))
    assert holders([cam, ben, old, LEAD], DAY) == (old, ben, cam)
    assert holders([cam, replace(LEAD, ends=None)], DAY, [Part.LEAD]) == (replace(LEAD, ends=None),)


def test_since_when_nobody_leads() -> None:
    joined = date(2018, 1, 1)
    assert no_lead_since([], DAY, joined) == joined
    assert no_lead_since([], DAY, None) is None
    assert no_lead_since([LEAD], DAY, joined) == date(2020, 1, 1)
    assert no_lead_since([LEAD], date(2019, 6, 1), joined) is None
    later = replace(LEAD, starts=date(2021, 1, 1), ends=None)
    assert no_lead_since([LEAD, later], DAY, joined) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        (LEAD, None),
        (replace(LEAD, holder=" "), "Say who holds it."),
        (replace(LEAD, sector="circus"), "Choose the sector that they come from."),
        (replace(LEAD, ends=LEAD.starts), "The end must be after the start."),
        (replace(LEAD, ends=None), None),
    ],
)
def test_why_a_post_cannot_be_recorded(post: Post, reason: str | None) -> None:
    assert why_not_post(post, GROUP) == reason
