"""The real files, as published: every figure in, and every known quirk found."""

import csv
import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ithrive.areas.loading import load
from ithrive.measures import Cell
from ithrive.returns.published import FindingKind, Imported, import_published, rebased

ROOT = Path(__file__).parent.parent.parent.parent
LONG = "mhsds_timeseries/MHSDS_Time_Series_data_Apr_2016_NovPrf_2022.csv.gz"
ACCESS = "mhsds_timeseries/MHS95_cyp_access_ccg_subicb_2021_2023.csv"


@pytest.fixture(scope="module")
def waits(shared_data: Path) -> Imported:
    return import_published(sorted((shared_data / "cyp_waits/raw").glob("*.xlsx")))


@pytest.fixture(scope="module")
def long_series(shared_data: Path) -> Imported:
    return import_published([shared_data / LONG])


def found(imported: Imported, kind: FindingKind) -> list[str]:
    return [str(finding) for finding in imported.findings if finding.kind is kind]


def test_every_cell_of_the_workbooks_equals_somebody_elses_reading_of_them(
    waits: Imported, shared_data: Path
) -> None:
    """`cyp_waits_all_2019_2022.csv.gz` was read from the same workbooks by other means."""
    mine = {
        (each.breakdown, each.area_kind, each.area, each.period_start, each.period_end, each.measure): each
        for each in waits.figures
    }
    kinds = {"National": "country", "Region": "region", "STP": "stp", "CCG": "ccg"}
    compared = 0
    with gzip.open(shared_data / "cyp_waits/cyp_waits_all_2019_2022.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["org_type"] not in kinds or row["org_code"].startswith(("ENG", "UNK")):
                continue
            breakdown = f"{row['count_unit']}; {row['service'].replace('_', ' ')} services"
            place = (breakdown, kinds[row["org_type"]], row["org_code"])
            for measure in ("total", "wait_0_4w", "mean_wait_days", "still_waiting_one_contact"):
                key = (
                    *place,
                    *(date.fromisoformat(row[name]) for name in ("period_start", "period_end")),
                    measure,
                )
                theirs = row[measure]
                cell = mine[key].cell
                assert cell.number == (None if theirs in ("*", "") else float(theirs)), key
                compared += 1
    assert compared > 40_000


def test_ccgs_add_up_to_england_in_every_quarter(waits: Imported) -> None:
    """The total printed in the same table, within the rounding to 5 of each of up to 192 rows."""
    rows = waits.figures.rows(
        "SELECT period_start, period_end, sum(number) FILTER (area_kind = 'ccg'), "
        "max(number) FILTER (area_kind = 'country'), count(*) FILTER (area_kind = 'ccg') FROM figures "
        "WHERE measure = 'total' AND breakdown = 'people; mental health services' GROUP BY ALL ORDER BY ALL"
    )
    assert len(rows) == 15  # twelve quarters and three years
    for _, _, together, england, count in rows:
        assert together == pytest.approx(england, abs=2.5 * count + 0.01 * england)
    assert {count for *_, count in rows} == {192, 136, 107}  # each with UNKNOWN


def test_quirks_of_the_workbooks_are_found(waits: Imported) -> None:
    assert len(found(waits, FindingKind.FOOTER)) == 80  # the copyright under each of 20 + 30 + 30 tables
    assert any("title says referrals" in each for each in found(waits, FindingKind.DRIFT))
    assert any("06A" in each and "-2 is less" in each for each in found(waits, FindingKind.IMPOSSIBLE))


def test_a_ccg_is_followed_across_its_merger_where_counts_add_and_not_where_they_do_not(
    waits: Imported, shared_data: Path
) -> None:
    gazetteer = load(ROOT / "docs/examples/england/manifest.toml", folder=shared_data)
    few = waits.figures.only("measure IN ('total', 'mean_wait_days') AND breakdown LIKE 'people; mental%'")
    moved = rebased(few, gazetteer, "CCG21").figures
    # Bedfordshire (06F), Luton (06P) and Milton Keynes (04F) merged on 1 April 2021.
    merged = {
        (each.measure, each.period_start.isoformat(), each.period_end.isoformat()): each
        for each in moved.where("area = 'M1J4Y'")
    }
    assert len(merged) == 30
    before = merged["total", "2021-01-01", "2021-03-31"]
    parts = few.where("measure = 'total' AND area IN ('04F', '06F', '06P') AND period_start = '2021-01-01'")
    assert len(parts) == 3
    assert before.number == sum(part.number or 0 for part in parts)
    assert merged["total", "2021-04-01", "2021-06-30"].cell == Cell.of(4510)
    assert merged["mean_wait_days", "2021-01-01", "2021-03-31"].state == "not applicable"
    assert merged["mean_wait_days", "2021-04-01", "2021-06-30"].state == "value"


def test_the_long_series_comes_in_whole(long_series: Imported) -> None:
    """Counts as other readers of the file report them: 465,927 rows, of which 286,782 are hidden."""
    assert long_series.files[0].states == {"suppressed": 286_782, "value": 179_145}
    england = long_series.figures.where(
        "measure = 'MHS95' AND area = 'England' AND subgroup = '' AND period_end = '2022-03-31'"
    )
    assert [each.number for each in england] == [674_485.0]


def test_drift_and_gaps_of_the_long_series_are_found(long_series: Imported) -> None:
    drift, gaps = found(long_series, FindingKind.DRIFT), found(long_series, FindingKind.GAP)
    assert any("345,521 rows have the measure's id in front" in each for each in drift)
    assert any("“PROVIDER” is in capitals" in each for each in drift)
    assert any("MHS32 has 3 names" in each for each in drift)
    assert any("by GP practice or residence, month to 2022-07-31" in each for each in gaps)


def test_both_series_agree_where_they_overlap(long_series: Imported, shared_data: Path) -> None:
    key = "area, breakdown, period_start, period_end"
    query = f"SELECT {key}, number FROM figures WHERE measure = 'MHS95' AND area_kind IN ('ccg', 'sub-icb')"  # noqa: S608 # written here
    access = import_published([shared_data / ACCESS])
    mine = {row[:-1]: row[-1] for row in access.figures.rows(query)}
    theirs = {row[:-1]: row[-1] for row in long_series.figures.rows(query)}
    overlap = mine.keys() & theirs.keys()
    assert len(overlap) > 1_500
    assert all(mine[each] == theirs[each] for each in overlap)
    assert any("“09/01/2022” is taken as 2022-09-01" in each for each in found(access, FindingKind.DRIFT))


def test_four_week_waits_come_in_plainly(shared_data: Path) -> None:
    imported = import_published(sorted((shared_data / "mhsds_4ww").glob("*.gz")))
    assert len(imported.files) == 6
    assert imported.findings == ()
    spells = imported.figures.where("measure = 'MRS08' AND area = 'England'")
    within = imported.figures.where("measure = 'MRS08a' AND area = 'England'")
    share = imported.figures.where("measure = 'MRS08b' AND area = 'England'")
    for whole, part, percent in zip(spells, within, share, strict=True):
        assert part.number is not None
        assert whole.number
        assert percent.number == pytest.approx(100 * part.number / whole.number, abs=5e-5)


def test_publication_errors_of_the_dashboard_are_found(shared_data: Path) -> None:
    imported = import_published([shared_data / "mh_dashboard/cyp_indicators_2016_2022.csv"])
    assert len(imported.figures) == 24_951
    assert len(found(imported, FindingKind.UNREADABLE)) == 109  # error cells of the published workbook
    wrong = found(imported, FindingKind.DOES_NOT_ADD_UP)
    # Bed days were published in the place of people: 2,400 against 83.
    assert any("CYP(iv.b), 2020-04-01" in each and "2,400, more than" in each for each in wrong)
    # Plans of 2017/18 are published for some regions only.
    assert any("CYP(v), planned, 2017-04-01" in each and "well below" in each for each in wrong)


def test_the_board_that_scotland_lists_twice_is_withheld(shared_data: Path) -> None:
    names = ("patients_seen", "patients_waiting", "referrals", "did_not_attend")
    imported = import_published(shared_data / f"scotland_camhs/{name}.csv" for name in names)
    contradictions = found(imported, FindingKind.CONTRADICTION)
    assert len(contradictions) == 2
    assert all("S08000015, 2025-01-01" in each and "88 and 92" in each for each in contradictions)
    states = Counter(each.state for each in imported.figures)
    assert states["not submitted"] == 919
    assert sum(states.values()) == 2295 * 7 + 2294 * 5 + 2295 * 2 + 1845 * 3


def test_the_monthly_figure_for_england_agrees_with_the_long_series(
    long_series: Imported, shared_data: Path
) -> None:
    imported = import_published([shared_data / "mhsds_national/england_monthly_2016.csv"])
    query = (
        "SELECT period_end, number FROM figures "
        "WHERE measure = 'MHS01' AND area = 'England' AND subgroup = ''"
    )
    mine, theirs = (dict(each.figures.rows(query)) for each in (imported, long_series))
    shared = mine.keys() & theirs.keys()
    assert len(mine) == 97
    assert shared
    assert sum(mine[day] == theirs[day] for day in shared) > 0.9 * len(shared)
