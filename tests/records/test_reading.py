"""Whatever form an extract comes in, it is read as the tables of v6, and what is wrong with it is said."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ithrive.problems import BadInput
from ithrive.records.engine import duckdb_engine
from ithrive.records.model import model
from ithrive.records.reading import Finding, open_extract
from tests.records.engines import codes, opened, rows
from tests.records.folders import CONTACT, HEADER, PERSON, REFERRAL, small_extract, write_csv

MAY = HEADER | {"ReportingPeriodStartDate": "2024-05-01", "ReportingPeriodEndDate": "2024-05-31"}


def found(findings: tuple[Finding, ...], code: str) -> list[str]:
    return [str(finding.problem) for finding in findings if finding.code == code]


def test_every_table_has_exactly_the_columns_of_the_model(tmp_path: Path) -> None:
    with opened(small_extract(tmp_path)) as extract:
        for short, table in model().items():
            assert extract.table(short).columns == tuple(table.columns)


def test_a_row_is_read_with_provider_month_person_and_where_it_came_from(tmp_path: Path) -> None:
    with opened(small_extract(tmp_path)) as extract:
        (referral,) = rows(extract, "MHS101")
    assert referral["OrgIDProv"] == "RAA"
    assert referral["UniqMonthID"] == 1489
    assert referral["UniqServReqID"] == "RAAR1"
    assert referral["Person_ID"] == "9434765919"
    assert referral["ReferralRequestReceivedDate"] == date(2024, 4, 2)
    assert referral["ReferralRequestReceivedTime"] == 9 * 3600 + 30 * 60
    assert (referral["source_file"], referral["source_row"]) == ("MHS101Referral_2024-04.csv", 1)


def test_a_person_without_a_good_nhs_number_is_known_to_their_provider_only(tmp_path: Path) -> None:
    folder = small_extract(tmp_path, MHS001MPI=[PERSON | {"NHSNumber": "9434765918"}])
    with opened(folder) as extract:
        assert rows(extract, "MHS101", "Person_ID") == [{"Person_ID": "RAA:P1"}]


def test_what_the_national_processing_derived_is_kept(tmp_path: Path) -> None:
    sent = REFERRAL | {"Person_ID": "N1", "UniqServReqID": "OTHER", "OrgIDProv": "RBB", "UniqMonthID": "1489"}
    with opened(small_extract(tmp_path, MHS101Referral=[sent])) as extract:
        (referral,) = rows(extract, "MHS101", "Person_ID", "UniqServReqID", "OrgIDProv")
    assert referral == {"Person_ID": "N1", "UniqServReqID": "OTHER", "OrgIDProv": "RBB"}


DAYS = {
    "2024-02-29": date(2024, 2, 29),
    "2023-02-29": None,
    "29/02/2024": date(2024, 2, 29),
    "20240229": date(2024, 2, 29),
    "2024-02-29 00:00:00": date(2024, 2, 29),
    " 2024-02-29 ": date(2024, 2, 29),
    "2024-2-9": None,
    "45351": None,
    "NULL": None,
    "": None,
}
# Summer time began on 31 March 2024 at 1 o'clock and ended on 27 October at 1 o'clock, universal time.
MOMENTS = {
    "2024-07-01T23:30:00Z": "2024-07-02T00:30:00",
    "2024-01-15 12:00:00+01:00": "2024-01-15T11:00:00",
    "2024-03-31T00:59:00Z": "2024-03-31T00:59:00",
    "2024-03-31T01:00:00Z": "2024-03-31T02:00:00",
    "2024-10-27T00:59:00Z": "2024-10-27T01:59:00",
    "2024-10-27T01:00:00Z": "2024-10-27T01:00:00",
    "2024-07-01 23:30:00": "2024-07-01T23:30:00",
    "2024-07-01": "2024-07-01T00:00:00",
    "25:00": None,
}
TIMES = {
    "14:05": 50_700,
    "00:00:00": 0,
    "1970-01-01 23:59:59": 86_399,
    "24:00": None,
    "9:00": None,
    "noon": None,
}


def test_days_are_read_as_written_and_29_february_only_where_there_is_one(tmp_path: Path) -> None:
    people = [PERSON | {"PersonBirthDate": written} for written in DAYS]
    with opened(small_extract(tmp_path, MHS001MPI=people)) as extract:
        assert [row["PersonBirthDate"] for row in rows(extract, "MHS001")] == list(DAYS.values())


def test_a_time_zone_is_turned_into_english_time(tmp_path: Path) -> None:
    score = {"ServiceRequestID": "R1", "CodedAssToolType": "987251000000103", "PersScore": "1"}
    scores = [score | {"AssToolCompTimestamp": written} for written in MOMENTS]
    with opened(small_extract(tmp_path, MHS606CodedScoreAssessmentRefer=scores)) as extract:
        read = [row["AssToolCompTimestamp"] for row in rows(extract, "MHS606")]
    assert [moment and moment.isoformat() for moment in read] == list(MOMENTS.values())


def test_times_of_day_are_seconds_since_midnight(tmp_path: Path) -> None:
    contacts = [CONTACT | {"CareContTime": written} for written in TIMES]
    with opened(small_extract(tmp_path, MHS201CareContact=contacts)) as extract:
        assert [row["CareContTime"] for row in rows(extract, "MHS201")] == list(TIMES.values())


def test_parquet_of_mixed_kinds_is_read_like_csv(tmp_path: Path) -> None:
    small_extract(tmp_path, MHS201CareContact=[])
    folder = tmp_path / "MHS201CareContact" / "UniqMonthID=1489"
    folder.mkdir(parents=True)
    contact: dict[str, list[Any]] = {
        "CareContactID": [7001, None],
        "ServiceRequestID": ["R1 ", "NULL"],
        "CareContDate": [date(2024, 4, 12), None],
        "CareContTime": [datetime.fromisoformat("1970-01-01T14:05:00"), None],
        "ClinContDurOfCareCont": [45.0, None],
        "AttendStatus": ["5", ""],
    }
    pq.write_table(pa.table(contact), folder / "part-0.parquet")
    with opened(tmp_path) as extract:
        names = ("CareContactID", "ServiceRequestID", "CareContTime", "ClinContDurOfCareCont", "UniqMonthID")
        first, second = rows(extract, "MHS201", *names)
    assert tuple(first.values()) == ("7001", "R1", 14 * 3600 + 300, 45, 1489)
    assert tuple(second.values()) == (None, None, None, None, 1489)


def test_version_5_has_its_teams_brought_where_version_6_has_them(tmp_path: Path) -> None:
    small_extract(tmp_path)
    referral = {"ServiceRequestId": "R9", "LocalPatientId": "P1", "ReferralRequestReceivedDate": "2022-04-02"}
    team = {"ServiceRequestId": "R9", "CareProfTeamLocalId": "TA", "ServTeamTypeRefToMH": "C10"}
    write_csv(tmp_path / "MHS001MPI_2022-04.csv", [{"LocalPatientId": "P1", "NHSNumber": "9434765919"}])
    write_csv(tmp_path / "MHS101Referral_2022-04.csv", [referral])
    write_csv(
        tmp_path / "MHS102ServiceTypeReferredTo_2022-04.csv",
        [
            team | {"ReferClosReason": "02"},
            team | {"CareProfTeamLocalId": "TB", "ServTeamTypeRefToMH": "A18"},
        ],
    )
    write_csv(
        tmp_path / "MHS201CareContact_2022-04.csv",
        [
            {
                "CareContactId": "C9",
                "ServiceRequestId": "R9",
                "CareContDate": "2022-04-09",
                "AttendOrDNACode": "5",
            }
        ],
    )
    with opened(tmp_path) as extract:
        older = rows(extract, "MHS101", "CareProfTeamLocalID", "ReferClosReason")[0]
        others = rows(extract, "MHS102", "OtherCareProfTeamLocalID")
        kinds = {row["CareProfTeamLocalID"]: row["ServTeamTypeMH"] for row in rows(extract, "MHS902")}
        attended = [row["AttendStatus"] for row in rows(extract, "MHS201")]
        (mixed,) = found(extract.findings, "mixed_versions")
    assert older == {"CareProfTeamLocalID": "TA", "ReferClosReason": "02"}
    assert others == [{"OtherCareProfTeamLocalID": "TB"}]
    assert kinds == {"TA": "C10", "TB": "A18"}
    assert attended == ["5", "5"]
    assert "version 5: " in mixed
    assert "MHS102ServiceTypeReferredTo_2022-04.csv" in mixed


def test_codes_of_version_4_1_that_another_took_the_place_of_are_changed(tmp_path: Path) -> None:
    sent = {
        "CareContactId": "C9",
        "ServiceRequestId": "R1",
        "CareContDate": "2020-04-09",
        "ConsMediumUsed": "03",
    }
    small_extract(tmp_path)
    write_csv(tmp_path / "MHS201CareContact_2020-04.csv", [sent])
    with opened(tmp_path) as extract:
        assert [row["ConsMechanismMH"] for row in rows(extract, "MHS201")] == ["11", "01"]


def test_of_two_files_of_a_month_the_last_is_read_and_both_are_named(tmp_path: Path) -> None:
    small_extract(tmp_path)
    write_csv(tmp_path / "again" / "MHS201CareContact_2024-04.csv", [CONTACT | {"CareContactID": "OLD"}])
    with opened(tmp_path) as extract:
        assert len(rows(extract, "MHS201")) == 1
        (twice,) = found(extract.findings, "month_twice")
    assert "again/MHS201CareContact_2024-04.csv" in twice
    assert "MHS201CareContact of 2024-04" in twice


def test_of_a_month_in_parts_and_in_a_file_beside_the_parts_are_read_and_both_are_named(
    tmp_path: Path,
) -> None:
    small_extract(tmp_path)
    parts = tmp_path / "MHS201CareContact" / "UniqMonthID=1489"
    for number in ("1", "2"):
        write_csv(parts / f"part-{number}.csv", [CONTACT | {"CareContactID": f"P{number}"}])
    with opened(tmp_path) as extract:
        assert [row["CareContactID"] for row in rows(extract, "MHS201", "CareContactID")] == ["P1", "P2"]
        (twice,) = found(extract.findings, "month_twice")
    assert "Only MHS201CareContact/UniqMonthID=1489/part-1.csv, " in twice


def test_the_latest_submission_of_a_month_takes_the_place_of_the_whole_month(tmp_path: Path) -> None:
    first = {"UniqSubmissionID": "9"}
    latest = {"UniqSubmissionID": "10"}
    folder = small_extract(
        tmp_path,
        MHS000Header=[HEADER | first, HEADER | latest],
        MHS001MPI=[PERSON | first, PERSON | latest],
        MHS101Referral=[REFERRAL | first, REFERRAL | latest | {"ServiceRequestID": "R2"}],
        MHS201CareContact=[CONTACT | first],
    )
    with opened(folder) as extract:
        assert rows(extract, "MHS101", "ServiceRequestID") == [{"ServiceRequestID": "R2"}]
        assert rows(extract, "MHS201") == []
        assert extract.submissions.replaced == {("RAA", 1489): ("9",)}
        assert "submitted 2 times" in found(extract.findings, "month_twice")[0]


def test_a_month_between_others_that_was_not_sent_is_named(tmp_path: Path) -> None:
    small_extract(tmp_path)
    for month in ("2024-05", "2024-07"):
        start = {"ReportingPeriodStartDate": f"{month}-01"}
        write_csv(tmp_path / f"MHS000Header_{month}.csv", [MAY | start])
        write_csv(tmp_path / f"MHS001MPI_{month}.csv", [PERSON])
        write_csv(tmp_path / f"MHS101Referral_{month}.csv", [REFERRAL])
    with opened(tmp_path) as extract:
        assert extract.months == (1489, 1490, 1492)
        assert "Nothing was submitted for 2024-06" in found(extract.findings, "missing_month")[0]


def test_a_month_range_leaves_the_others_out(tmp_path: Path) -> None:
    small_extract(tmp_path)
    write_csv(tmp_path / "MHS001MPI_2024-05.csv", [PERSON])
    with duckdb_engine(memory="500MB", threads=1) as engine:
        assert open_extract(tmp_path, engine=engine, site_month_range=(1489, 1489)).months == (1489,)


def test_a_missing_table_and_a_missing_column_are_named_and_the_run_goes_on(tmp_path: Path) -> None:
    contact = {name: value for name, value in CONTACT.items() if name != "AttendStatus"}
    with opened(small_extract(tmp_path, MHS201CareContact=[contact])) as extract:
        assert rows(extract, "MHS201", "AttendStatus") == [{"AttendStatus": None}]
        assert rows(extract, "MHS204") == []
        assert "MHS201.AttendStatus" in extract.absent_columns
        tables = found(extract.findings, "missing_table")
        columns = found(extract.findings, "missing_column")
    assert any(text.startswith("MHS204IndirectActivity: ") for text in tables)
    assert any(text.startswith("MHS201CareContact.AttendStatus: ") for text in columns)


@pytest.mark.parametrize("name", ["MHS201CareContact_2024-04.parquet", "MHS201CareContact_2024-04.csv.gz"])
def test_a_truncated_file_is_named_and_left_out(tmp_path: Path, name: str) -> None:
    small_extract(tmp_path, MHS201CareContact=[])
    path = tmp_path / name
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"CareContactID": ["C1"]}), path)
    else:
        write_csv(path, [CONTACT] * 50)
    path.write_bytes(path.read_bytes()[:-10])
    with opened(tmp_path) as extract:
        assert rows(extract, "MHS201") == []
        (unreadable,) = found(extract.findings, "unreadable")
    assert unreadable.startswith(f"{name}: ")


def test_a_row_of_csv_that_is_too_short_or_too_long_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    small_extract(tmp_path)
    text = (
        "CareContactID,ServiceRequestID,CareContDate\nC1,R1\nC2,R1,2024-04-12,more,more\nC3,R1,2024-04-13\n"
    )
    (tmp_path / "MHS201CareContact_2024-04.csv").write_text(text)
    with opened(tmp_path) as extract:
        days = {row["CareContactID"]: row["CareContDate"] for row in rows(extract, "MHS201")}
    assert days == {"C1": None, "C2": date(2024, 4, 12), "C3": date(2024, 4, 13)}


def test_a_file_that_is_not_utf_8_is_named_and_left_out(tmp_path: Path) -> None:
    small_extract(tmp_path)
    (tmp_path / "MHS201CareContact_2024-04.csv").write_bytes(b"CareContactID\nC1\nC\xe9\n")
    with opened(tmp_path) as extract:
        (unreadable,) = found(extract.findings, "unreadable")
    assert unreadable.startswith("MHS201CareContact_2024-04.csv: It is not UTF-8 text throughout.")


def test_an_access_database_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "idb.accdb").write_bytes(b"not read")
    (tmp_path / "notes.txt").write_text("about")
    with opened(small_extract(tmp_path)) as extract:
        assert codes(extract) == ["access", "not_a_table"]
        assert "Export each table to CSV" in found(extract.findings, "access")[0]


def test_a_folder_without_people_or_referrals_is_refused_with_every_reason(tmp_path: Path) -> None:
    (tmp_path / "idb.accdb").write_bytes(b"not read")
    with pytest.raises(BadInput) as refusal, opened(tmp_path):
        pass
    assert "MHS001MPI and MHS101Referral" in str(refusal.value)
    assert "Access databases are not read." in str(refusal.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no such folder"), opened(tmp_path / "nowhere"):
        pass
