"""How coverage is counted

An invented country, small enough to check in the head. In 2021 Alderbrook and Brackenford merged into
Alder and Bracken, and took the north of Corrie along.

    2015 area   | 2021 area         | children
    Alderbrook  | Alder and Bracken |    6,000
    Brackenford | Alder and Bracken |    4,000
    Corrie      | Alder and Bracken |    1,000
    Corrie      | Corrie South      |    9,000

These are the `MEMBERS` below, and `on` says on which areas they are counted:

    area       | role        | from       | until
    Alderbrook | accelerator | 2016-04-01 |
    Corrie     | member      | 2018-04-01 | 2024-04-01
"""

from collections import defaultdict
from datetime import date
from pathlib import Path

from ithrive.areas.ages import CHILDREN
from ithrive.areas.coverage import Coverage, change_sentence, coverage, coverage_change, sentence
from ithrive.areas.gazetteer import Gazetteer, Link, Population
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import Country, Geography, Place

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "explanation" / "coverage.md"

CHILDREN_BY_AREA, MEMBERS = (part.rstrip() + "\n" for part in str(__doc__).split("\n\n") if "|" in part)


def test_a_member_counts_with_its_own_children() -> None:
    assert covered("2019-01-01", MEMBERS, on="2015") == table("""
        area        | children | in member areas
        Alderbrook  |    6,000 |           6,000
        Brackenford |    4,000 |               0
        Corrie      |   10,000 |          10,000
        Together    |   20,000 |          16,000
    """)


def test_after_a_merger_a_member_still_counts_with_its_own_children() -> None:
    assert covered("2019-01-01", MEMBERS, on="2021") == table("""
        area              | children | in member areas
        Alder and Bracken |   11,000 |           7,000
        Corrie South      |    9,000 |           9,000
        Together          |   20,000 |          16,000
    """)


def test_the_programme_says_it_in_one_sentence() -> None:
    assert said("2019-01-01", MEMBERS) == (
        "2 local areas, in which 80% of Exmoria's children and young people aged 0 to 17 live"
    )
    assert said("2017-01-01", MEMBERS) == (
        "1 local area, in which 30% of Exmoria's children and young people aged 0 to 17 live"
    )


def test_only_members_and_accelerators_count() -> None:
    assert covered(
        "2019-01-01",
        """
            area        | role       | from       | until
            Alderbrook  | left       | 2016-04-01 |
            Brackenford | comparison | 2016-04-01 |
            Corrie      | paused     | 2016-04-01 |
        """,
        on="2015",
    ) == table("""
        area        | children | in member areas
        Alderbrook  |    6,000 |               0
        Brackenford |    4,000 |               0
        Corrie      |   10,000 |               0
        Together    |   20,000 |               0
    """)


def test_children_of_a_member_within_a_member_are_counted_once() -> None:
    assert covered(
        "2022-01-01",
        """
            area              | role   | from       | until
            Alderbrook        | member | 2016-04-01 |
            Alder and Bracken | member | 2021-04-01 |
        """,
        on="2021",
    ) == table("""
        area              | children | in member areas
        Alder and Bracken |   11,000 |          11,000
        Corrie South      |    9,000 |               0
        Together          |   20,000 |          11,000
    """)


def test_what_changed_is_told_by_area() -> None:
    assert changed("2017-01-01", "2025-01-01", MEMBERS + "Brackenford | member | 2020-04-01 |\n") == table("""
        area        | why    | children
        Brackenford | joined |    4,000
        Together    |        |    4,000
    """)
    assert changed("2019-01-01", "2025-01-01", MEMBERS) == table("""
        area     | why  | children
        Corrie   | left |  -10,000
        Together |      |  -10,000
    """)


def test_the_handbook_shows_this_example() -> None:
    page = HANDBOOK.read_text(encoding="utf-8")
    for geography in ("2015", "2021"):
        for row in covered("2019-01-01", MEMBERS, on=geography):
            assert f"| {' | '.join(row.values())} |" in page
    for row in table(CHILDREN_BY_AREA) + table(MEMBERS):
        assert f"| {' | '.join(row.values())} |" in page
    assert said("2019-01-01", MEMBERS) in page
    change = coverage_change(
        exmoria(), members(MEMBERS), since=date(2017, 1, 1), on=date(2019, 1, 1), ages=CHILDREN
    )
    assert change_sentence(change) in page


# How the tables above are read and written.

Rows = list[dict[str, str]]


def table(text: str) -> Rows:
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def exmoria() -> Gazetteer:
    rows = table(CHILDREN_BY_AREA)
    old: dict[str, int] = defaultdict(int)
    new: dict[str, int] = defaultdict(int)
    for row in rows:
        old[row["2015 area"]] += number(row["children"])
        new[row["2021 area"]] += number(row["children"])
    return Gazetteer(
        country=Country("exmoria", "Exmoria", fictional=True),
        geographies=(
            Geography("2015", "area", "Areas, 2015", date(2015, 4, 1), date(2021, 4, 1)),
            Geography("2021", "area", "Areas, 2021", date(2021, 4, 1)),
        ),
        places=(
            *(Place("2015", name, name) for name in old),
            *(Place("2021", name, name) for name in new),
        ),
        links=tuple(
            Link(
                "2015",
                row["2015 area"],
                "2021",
                row["2021 area"],
                number(row["children"]) / old[row["2015 area"]],
                number(row["children"]) / new[row["2021 area"]],
                "people aged 0 to 17 at mid-2020",
            )
            for row in rows
        ),
        populations=tuple(
            Population("2015", name, 2020, (children, *[0] * 17)) for name, children in old.items()
        ),
    )


def members(text: str) -> list[Membership]:
    return [
        Membership(
            row["area"],
            MemberRole(row["role"]),
            starts=date.fromisoformat(row["from"]),
            ends=date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in table(text)
    ]


def asked(day: str, text: str, on: str | None = None) -> Coverage:
    return coverage(exmoria(), members(text), on=date.fromisoformat(day), ages=CHILDREN, geography=on)


def covered(day: str, text: str, *, on: str) -> Rows:
    found = asked(day, text, on)
    lines = [(line.name, line.population, line.covered) for line in found.lines]
    return [
        {"area": name, "children": f"{children:,}", "in member areas": f"{within:,}"}
        for name, children, within in [*lines, ("Together", found.population, found.covered)]
    ]


def said(day: str, text: str) -> str:
    return sentence(asked(day, text))


def changed(since: str, day: str, text: str) -> Rows:
    found = coverage_change(
        exmoria(), members(text), since=date.fromisoformat(since), on=date.fromisoformat(day), ages=CHILDREN
    )
    moves = [(move.name, str(move.reason), move.people) for move in found.moves]
    return [
        {"area": name, "why": why, "children": f"{people:,}"}
        for name, why, people in [*moves, ("Together", "", found.people)]
    ]
