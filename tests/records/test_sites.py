"""A row belongs to the site that its provider, commissioner, neighbourhood and team made up on its day."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import ibis
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ithrive.problems import BadInput
from ithrive.records.sites import DatedSites, Member, read_sites

KINDS = {
    "place": "int64",
    "provider": "string",
    "commissioner": "string",
    "neighbourhood": "string",
    "team": "string",
    "day": "date",
}
CORRIE = '\n[[site]]\nname = "Corrie"\n[[site.member]]\nproviders = ["R00"]\nfrom = 2025-03-31\n'
EXAMPLE = """
[[site]]
name = "Alderbrook"

[[site.member]]
providers = ["RAA"]
until = 2025-04-01

[[site.member]]
providers = ["RAA"]
commissioners = ["C1"]
from = 2025-04-01

[[site]]
name = "Brackenford"

[[site.member]]
providers = ["RAA"]
commissioners = ["C2"]
neighbourhoods = ["L1", "L2"]
from = 2025-04-01

[[succession]]
from = "R00"
to = "R01"

[[succession]]
from = "R01"
to = "RAA"
"""


def placed(sites: DatedSites, rows: Sequence[Mapping[str, object]]) -> list[str | None]:
    known = [
        {"place": place, **dict.fromkeys(KINDS, None), **row} | {"place": place}
        for place, row in enumerate(rows)
    ]
    table = sites.provider(ibis.memtable(known, schema=ibis.schema(KINDS)))
    asked = table.select("place", site=sites.site_of(table)).order_by("place")
    return [row["site"] for row in ibis.duckdb.connect().to_pyarrow(asked).to_pylist()]


@pytest.fixture
def sites(tmp_path: Path) -> DatedSites:
    (tmp_path / "sites.toml").write_text(EXAMPLE)
    return read_sites(tmp_path / "sites.toml")


def test_a_site_is_what_it_was_on_the_day(sites: DatedSites) -> None:
    before, after = date(2025, 3, 31), date(2025, 4, 1)
    assert placed(
        sites,
        [
            {"provider": "RAA", "day": before},
            {"provider": "RAA", "day": after},
            {"provider": "RAA", "commissioner": "C1", "day": after},
            {"provider": "RAA", "commissioner": "C2", "neighbourhood": "L2", "day": after},
            {"provider": "RAA", "commissioner": "C2", "neighbourhood": "L9", "day": after},
            {"provider": "RZZ", "day": before},
        ],
    ) == ["Alderbrook", None, "Alderbrook", "Brackenford", None, None]


def test_a_provider_goes_by_the_name_of_its_last_successor(sites: DatedSites) -> None:
    assert (
        placed(sites, [{"provider": code, "day": date(2024, 1, 1)} for code in ("R00", "R01", "RAA")])
        == ["Alderbrook"] * 3
    )


def test_rows_of_no_site_are_left_out(sites: DatedSites) -> None:
    rows = [{"provider": code, "day": date(2024, 1, 1)} for code in ("RAA", "RZZ")]
    table = ibis.memtable([dict.fromkeys(KINDS) | row for row in rows], schema=ibis.schema(KINDS))
    assert ibis.duckdb.connect().to_pyarrow(sites.place(table).provider).to_pylist() == ["RAA"]


def test_csv_says_the_same_as_toml(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text(
        "site,provider,commissioner,neighbourhood,from,until\n"
        "Alderbrook,RAA,,,,2025-04-01\n"
        "Alderbrook,RAA,C1,,2025-04-01,\n"
        "Brackenford,RAA,C2,L1,2025-04-01,\n"
        "Brackenford,RAA,C2,L2,2025-04-01,\n"
    )
    (tmp_path / "sites.toml").write_text(EXAMPLE)
    assert set(read_sites(tmp_path / "sites.csv").members) == set(read_sites(tmp_path / "sites.toml").members)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[site]]", "missing"),
        ("[[site", "cannot be read as TOML"),
        ("site = []", "names no site"),
        ('[[site]]\nname = "A"\n[[site.member]]\n', "names nothing"),
        (
            '[[site]]\nname = "A"\n[[site.member]]\nproviders = ["R"]\nfrom = 2025-01-01\nuntil = 2024-01-01',
            "not after it begins",
        ),
        (EXAMPLE + '\n[[succession]]\nfrom = "RAA"\nto = "R00"\n', "succeeds itself"),
        (EXAMPLE + CORRIE, "Both claim the same rows"),
    ],
    ids=["no member", "no TOML", "no site", "empty part", "no days", "ring", "two sites"],
)
def test_a_file_that_makes_no_sense_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sites.toml").write_text(text)
    with pytest.raises(BadInput, match=said):
        read_sites(tmp_path / "sites.toml")


def test_a_day_that_is_none_is_refused_by_row(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("site,provider,from\nAlderbrook,RAA,1 April\n")
    with pytest.raises(BadInput, match=r"sites.csv, row 2: .*1 April"):
        read_sites(tmp_path / "sites.csv")


some = st.sampled_from
days = some([date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1)])
parts = st.builds(
    Member,
    site=some(["A", "B"]),
    providers=st.frozensets(some(["R1", "R2"]), max_size=2),
    commissioners=st.frozensets(some(["C1", "C2"]), max_size=1),
    teams=st.frozensets(some(["T1"]), max_size=1),
    begins=st.none() | days,
    ends=st.none() | days,
).filter(lambda member: member.depth > 0)
row_of = st.fixed_dictionaries(
    {
        "provider": some(["R1", "R2", None]),
        "commissioner": some(["C1", "C2", None]),
        "team": some(["T1", None]),
        "day": days,
    }
)


def by_hand(members: Sequence[Member], row: Mapping[str, object]) -> str | None:
    """The first of the parts that say most and that the row fits."""
    for member in sorted(members, key=lambda member: -member.depth):
        named = (
            (member.providers, "provider"),
            (member.commissioners, "commissioner"),
            (member.teams, "team"),
        )
        begun = member.begins is None or member.begins <= row["day"]  # type: ignore[operator] # a day
        ended = member.ends is not None and member.ends <= row["day"]  # type: ignore[operator] # a day
        if begun and not ended and all(row[column] in given for given, column in named if given):
            return member.site
    return None


@hypothesis_settings(max_examples=25)
@given(st.lists(parts, min_size=1, max_size=5), st.lists(row_of, min_size=1, max_size=10))
def test_places_are_those_found_by_hand(members: list[Member], rows: list[Mapping[str, object]]) -> None:
    assert placed(DatedSites(tuple(members), {}), rows) == [by_hand(members, row) for row in rows]
