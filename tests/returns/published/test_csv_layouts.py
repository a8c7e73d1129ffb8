"""Every kind of drift in the CSV layouts, in small: found, reported, and nothing lost in silence."""

import gzip
from pathlib import Path

import pytest

from ithrive.problems import BadInput
from ithrive.returns.published import FindingKind, PublishedFigures, import_published
from tests.returns.published.small_files import brought_in, kinds, mhsds, mhsds_row, text_file

DASHBOARD = (
    "indicator,unit,org_type,org_code,ons_code,org_name,region_code,stp_code,period,fy,quarter,"
    "plan_or_actual,value,flag\n"
)
SCOTLAND = "HB,Month,TotalPatientsWaiting,TotalPatientsWaitingQF,ReferralsAccepted,ReferralsAcceptedQF\n"


def test_a_plain_file_gives_every_cell_and_nothing_to_report(tmp_path: Path) -> None:
    rows = [
        mhsds_row(primary_level=code, measure_value=value)
        for code, value in (("A", "5"), ("B", "*"), ("C", "0"))
    ]
    imported = brought_in(mhsds(tmp_path, *rows))
    assert [(each.area, each.state, each.number) for each in imported.figures] == [
        ("A", "value", 5.0),
        ("B", "suppressed", None),
        ("C", "zero", 0.0),
    ]
    assert imported.findings == ()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"measure_name": "MHS32 - Referrals starting in RP"}, FindingKind.DRIFT),
        ({"breakdown": "PROVIDER"}, FindingKind.DRIFT),
        ({"breakdown": "Ward of Residence"}, FindingKind.DRIFT),
        ({"reporting_period_start": "04/01/2021"}, FindingKind.DRIFT),
        ({"measure_value": "1,234"}, FindingKind.DRIFT),
        ({"measure_value": "<5"}, FindingKind.DRIFT),
        ({"measure_value": "-"}, FindingKind.DRIFT),
        ({"measure_value": "lots"}, FindingKind.UNREADABLE),
        ({"measure_value": "-3"}, FindingKind.IMPOSSIBLE),
        ({"reporting_period_end": "never"}, FindingKind.UNREADABLE),
        ({"measure_id": ""}, FindingKind.FOOTER),
    ],
    ids=lambda value: (
        "-".join(f"{a}={b}"[:30] for a, b in value.items()) if isinstance(value, dict) else value.name
    ),
)
def test_each_drift_is_found_where_it_is(tmp_path: Path, change: dict[str, str], kind: FindingKind) -> None:
    imported = brought_in(mhsds(tmp_path, mhsds_row(primary_level="Z"), mhsds_row(**change)))
    found = [finding for finding in imported.findings if finding.kind is kind]
    assert found
    assert all(finding.where.startswith("mhsds.csv") and finding.done for finding in found)


def test_the_row_is_numbered_as_a_spreadsheet_shows_it(tmp_path: Path) -> None:
    imported = brought_in(mhsds(tmp_path, mhsds_row(), mhsds_row(primary_level="B", measure_value="lots")))
    assert [finding.where for finding in imported.findings] == ["mhsds.csv, row 3"]


def test_headings_may_be_moved_and_written_otherwise(tmp_path: Path) -> None:
    path = mhsds(tmp_path, mhsds_row())
    lines = [line.split(",") for line in path.read_text().splitlines()]
    turned = [",".join([*line[3:], *line[:3]]) for line in lines]
    path.write_text("\n".join([turned[0].replace("_", " ").lower(), turned[1]]), encoding="utf-8")
    imported = brought_in(path)
    assert [each.number for each in imported.figures] == [120.0]
    assert kinds(imported) == ["DRIFT"]


def test_rows_published_twice_are_kept_once_and_contradictions_are_withheld(tmp_path: Path) -> None:
    rows = [
        mhsds_row(),
        mhsds_row(),
        mhsds_row(primary_level="B"),
        mhsds_row(primary_level="B", measure_value="7"),
    ]
    imported = brought_in(mhsds(tmp_path, *rows))
    assert [(each.area, each.state) for each in imported.figures] == [
        ("90A", "value"),
        ("B", "withheld for quality"),
    ]
    assert kinds(imported) == ["CONTRADICTION", "DUPLICATE"]


def test_another_status_is_another_figure(tmp_path: Path) -> None:
    imported = brought_in(mhsds(tmp_path, mhsds_row(), mhsds_row(status="Performance", measure_value="7")))
    assert len(imported.figures) == 2
    assert imported.findings == ()


def test_a_month_lost_between_two_names_of_one_breakdown_is_found(tmp_path: Path) -> None:
    def row(breakdown: str, number: int, last: int) -> dict[str, str]:
        start, end = f"01/{number:02d}/2022", f"{last}/{number:02d}/2022"
        return mhsds_row(breakdown=breakdown, reporting_period_start=start, reporting_period_end=end)

    rows = [row("CCG of Residence", 4, 30), row("CCG of Residence", 5, 31), row("CCG of Residence", 6, 30)]
    imported = brought_in(mhsds(tmp_path, *rows, row("Sub ICB of Residence", 8, 31)))
    gap = next(finding for finding in imported.findings if finding.kind is FindingKind.GAP)
    assert "month to 2022-07-31" in gap.where
    assert len(imported.figures) == 4


def test_a_note_below_the_table_is_reported_and_left_out(tmp_path: Path) -> None:
    imported = brought_in(mhsds(tmp_path, mhsds_row(), tail="\r\nSource: somebody\r\n"))
    assert len(imported.figures) == 1
    assert [finding.kind for finding in imported.findings] == [FindingKind.FOOTER]


def test_a_file_cut_short_within_a_row_is_refused(tmp_path: Path) -> None:
    path = mhsds(tmp_path, mhsds_row(), tail="01/04/2021,30/04/2021,Fin")
    with pytest.raises(BadInput, match=r"row 3: .* cut short"):
        brought_in(path)


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(mhsds(tmp_path, mhsds_row()).read_bytes())
    path = tmp_path / "short.csv.gz"
    path.write_bytes(packed[:-12])
    with pytest.raises(BadInput, match="damaged or cut short"):
        brought_in(path)


def test_a_file_of_unknown_layout_is_refused_with_the_layouts_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"layout is not one we know \(headings: a, b\).*Scottish CAMHS"):
        brought_in(text_file(tmp_path, "x.csv", "a,b\n1,2\n"))


def test_one_bad_file_stops_them_all(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        brought_in(mhsds(tmp_path, mhsds_row()), text_file(tmp_path, "x.csv", "a\n"), tmp_path / "no.csv")
    assert [problem.place for problem in refused.value.problems] == ["x.csv", "no.csv"]


def test_two_files_join_and_keep_their_releases(tmp_path: Path) -> None:
    first = mhsds(tmp_path, mhsds_row())
    second = first.rename(tmp_path / "later.csv")
    imported = import_published([mhsds(tmp_path, mhsds_row(measure_value="121")), second])
    assert {(each.release, each.number) for each in imported.figures} == {("mhsds", 121.0), ("later", 120.0)}


def test_a_figure_of_a_part_above_its_whole_is_reported(tmp_path: Path) -> None:
    rows = [
        mhsds_row(measure_id="MRS08", measure_name="Spells", measure_value="20"),
        mhsds_row(measure_id="MRS08a", measure_name="Spells in 4 weeks", measure_value="40"),
    ]
    assert kinds(brought_in(mhsds(tmp_path, *rows))) == ["IMPOSSIBLE"]


def test_areas_that_add_up_to_more_than_the_country_are_reported(tmp_path: Path) -> None:
    england = {"breakdown": "England", "primary_level": "England"}
    rows = [
        mhsds_row(**england, measure_value="100"),
        *(mhsds_row(primary_level=code, measure_value="90") for code in "ABC"),
    ]
    imported = brought_in(mhsds(tmp_path, *rows))
    assert kinds(imported) == ["DOES_NOT_ADD_UP"]
    assert imported.findings[0].what == "The figures of all CCGs add up to 270, more than the country's 100."


def test_the_dashboard_tells_plan_from_actual_and_hidden_from_error(tmp_path: Path) -> None:
    rows = (
        "CYP(v),GBP,CCG,90A,,ALDERBROOK,Y1,Q1,2021/22,2021/22,,actual,1000,\n"
        "CYP(v),GBP,CCG,90A,,ALDERBROOK,Y1,Q1,2021/22 planned,2021/22,,plan,900,\n"
        "CYP(iv.a),number,CCG,90A,,ALDERBROOK,Y1,Q1,Q4 2021/22,2021/22,Q4,actual,,suppressed\n"
        "CYP(iv.b),number,CCG,90A,,ALDERBROOK,Y1,Q1,Q4 2021/22,2021/22,Q4,actual,,error\n"
        "CYP(iii.a),number,CCG,90A,,ALDERBROOK,Y1,Q1,Q4 2021/22,2021/22,Q4,actual,0,\n"
    )
    imported = brought_in(text_file(tmp_path, "dashboard.csv", DASHBOARD + rows))
    found = {(each.measure, each.subgroup): (each.state, each.number) for each in imported.figures}
    assert found == {
        ("CYP(v)", ""): ("value", 1000.0),
        ("CYP(v)", "planned"): ("value", 900.0),
        ("CYP(iv.a)", ""): ("suppressed", None),
        ("CYP(iv.b)", ""): ("withheld for quality", None),
        ("CYP(iii.a)", ""): ("zero", 0.0),
    }
    assert kinds(imported) == ["UNREADABLE"]


def test_a_nought_among_large_figures_is_withheld(tmp_path: Path) -> None:
    rows = "".join(
        f"CYP(i.a),number,CCG,90A,,ALDERBROOK,Y1,Q1,Q{quarter} 2021/22,2021/22,Q{quarter},actual,{value},\n"
        for quarter, value in enumerate((3000, 0, 3200), 1)
    )
    imported = brought_in(text_file(tmp_path, "dashboard.csv", DASHBOARD + rows))
    assert [each.state for each in imported.figures] == ["value", "withheld for quality", "value"]
    assert kinds(imported) == ["IMPOSSIBLE"]


def test_scottish_qualifiers_say_why_a_cell_is_empty_and_what_to_know_of_a_figure(tmp_path: Path) -> None:
    rows = "S08000090,202401,12,u r,,c\nS08000091,202401,,:,,z\nS08000092,202401,,,0,\nTotal,,,,,\n"
    imported = brought_in(text_file(tmp_path, "waiting.csv", SCOTLAND + rows))
    found = {(each.area, each.measure): (each.state, each.note) for each in imported.figures}
    assert found == {
        ("S08000090", "TotalPatientsWaiting"): ("value", "low reliability; revised"),
        ("S08000090", "ReferralsAccepted"): ("suppressed", "confidential"),
        ("S08000091", "TotalPatientsWaiting"): ("not submitted", "not available"),
        ("S08000091", "ReferralsAccepted"): ("not applicable", "not applicable"),
        ("S08000092", "TotalPatientsWaiting"): ("not submitted", ""),
        ("S08000092", "ReferralsAccepted"): ("zero", ""),
    }
    assert kinds(imported) == ["FOOTER", "UNREADABLE"]


def test_figures_written_are_read_back_alike_and_csv_is_safe_to_open(tmp_path: Path) -> None:
    rows = [
        mhsds_row(primary_level_description="=HYPERLINK(1)"),
        mhsds_row(primary_level="B", measure_value="*"),
    ]
    figures = brought_in(mhsds(tmp_path, *rows)).figures
    for name in ("out.parquet", "out.csv"):
        figures.write(tmp_path / name)
        assert list(PublishedFigures.read(tmp_path / name)) == list(figures)
    assert "'=HYPERLINK" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_file_that_we_did_not_write_is_refused(tmp_path: Path) -> None:
    for name in ("x.csv", "x.parquet"):
        with pytest.raises(BadInput, match="not a file of published figures"):
            PublishedFigures.read(text_file(tmp_path, name, "a,b\n1,2\n"))
