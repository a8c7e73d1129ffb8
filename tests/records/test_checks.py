"""Every rule finds what it is for, names file and row, and agrees with a plain reading of the same rows."""

import csv
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.records.checks import RULES, CheckReport, Quality, run_checks
from ithrive.records.checks.rule import national_messages
from ithrive.records.reading import Extract
from scripts.print_checks import PAGE, printed
from tests.records.engines import opened
from tests.records.folders import CONTACT, PERSON, REFERRAL, Rows, small_extract

SCORE = {
    "ServiceRequestID": "R1",
    "CodedAssToolType": "987251000000103",
    "PersScore": "1",
    "AssToolCompTimestamp": "2024-04-20 10:00:00",
}


def failures(report: CheckReport) -> dict[str, int]:
    return {failed.rule.code: failed.rows for failed in report.failed}


def checked(folder: Path, **tables: Rows) -> tuple[Extract, CheckReport]:
    with opened(small_extract(folder, **tables)) as extract:
        return extract, run_checks(extract)


def test_a_good_extract_fails_nothing(tmp_path: Path) -> None:
    assert failures(checked(tmp_path)[1]) == {}


def test_each_fault_is_found_once_and_nothing_else_is(tmp_path: Path) -> None:
    """One planted fault for each rule below; the rest of the rows is good."""
    _, report = checked(
        tmp_path,
        MHS001MPI=[
            PERSON,
            PERSON | {"LocalPatientID": "P2", "NHSNumber": "9434765918", "PersonBirthDate": "2023-02-29"},
            PERSON | {"LocalPatientID": "P3", "NHSNumber": "", "PersonBirthDate": "1900-01-01"},
            PERSON | {"LocalPatientID": "P4", "NHSNumber": "4010232137", "PersonBirthDate": "2024-06-01"},
        ],
        MHS101Referral=[
            REFERRAL | {"ServDischDate": "2024-04-01"},
            REFERRAL | {"ServiceRequestID": "R2", "LocalPatientID": "P9", "ServDischDate": ""},
            REFERRAL | {"ServiceRequestID": "R3", "ServDischDate": "", "PrimReasonReferralMH": "17"},
            REFERRAL
            | {"ServiceRequestID": "R4", "ServDischDate": "", "ReferralRequestReceivedTime": "23:59"},
        ],
        MHS201CareContact=[
            CONTACT,
            CONTACT,
            CONTACT | {"CareContactID": "C2", "CareContDate": "2024-03-20"},
            CONTACT | {"CareContactID": "C3", "ServiceRequestID": "RX"},
            CONTACT | {"CareContactID": "C4", "AttendStatus": "NULL"},
            CONTACT | {"CareContactID": "C5", "CareContTime": "11:00"},
            CONTACT | {"CareContactID": "C5", "CareContTime": "12:00"},
        ],
        MHS606CodedScoreAssessmentRefer=[
            SCORE,
            SCORE | {"CodedAssToolType": "987251000000100"},
            SCORE | {"PersScore": "2", "AssToolCompTimestamp": "2024-04-20T10:00:00Z"},
        ],
    )
    assert failures(report) == {
        "MHS001.NHSNumber.check_digit": 1,
        "MHS001.PersonBirthDate.format": 1,
        "MHS001.NHSNumber.blank": 1,
        "MHS001.PersonBirthDate.too_old": 1,
        "MHS001.PersonBirthDate.born_later": 1,
        "MHS101.ServDischDate.order_ReferralRequestReceivedDate": 1,
        "MHS101.orphan": 1,
        "MHS101.PrimReasonReferralMH.code": 1,
        "MHS101.ReferralRequestReceivedTime.placeholder": 1,
        "MHS201.copy": 2,
        "MHS201.CareContDate.before_month": 1,
        "MHS201.CareContDate.negative_wait": 1,
        "MHS201.orphan": 1,
        "MHS201.AttendStatus.null_text": 1,
        "MHS201.key": 2,
        "MHS606.CodedAssToolType.snomed": 1,
        "MHS606.AssToolCompTimestamp.zone": 1,
    }


def test_rows_are_named_by_file_and_number_and_never_by_what_stands_in_them(tmp_path: Path) -> None:
    contacts = [CONTACT | {"CareContactID": f"C{n}", "AttendStatus": "9"} for n in range(8)]
    _, report = checked(tmp_path, MHS201CareContact=contacts)
    (failed,) = report.failed
    file = "MHS201CareContact_2024-04.csv"
    assert failed.sample == tuple((file, row) for row in range(1, 6))
    assert str(failed).startswith(
        "AttendStatus holds a code that was not valid in that month. 8 rows, first: "
    )
    assert "C0" not in str(failed)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_error_file_has_a_row_for_each_failure(tmp_path: Path, ending: str) -> None:
    contacts = [CONTACT | {"CareContactID": f"C{n}", "AttendStatus": "9"} for n in range(8)]
    with opened(small_extract(tmp_path / "extract", MHS201CareContact=contacts)) as extract:
        path = run_checks(extract).write_errors(tmp_path / f"errors.{ending}")
    if ending == "csv":
        with path.open(encoding="utf-8", newline="") as file:
            written = [(row["rule"], int(row["source_row"])) for row in csv.DictReader(file)]
    else:
        written = [(row["rule"], row["source_row"]) for row in pq.read_table(path).to_pylist()]
    assert sorted(written) == [("MHS201.AttendStatus.code", row) for row in range(1, 9)]


def test_codes_are_told_apart_as_valid_other_default_invalid_and_missing(tmp_path: Path) -> None:
    people = [
        PERSON | {"LocalPatientID": f"P{n}", "NHSNumber": "", "EthnicCategory": code}
        for n, code in enumerate(["A", "B", "Z", "??", "", "NULL"], 1)
    ]
    contacts = [
        CONTACT | {"CareContactID": f"C{n}", "ConsMechanismMH": code} for n, code in enumerate(["01", "98"])
    ]
    _, report = checked(tmp_path, MHS001MPI=people, MHS201CareContact=contacts)
    assert report.quality["MHS001", "EthnicCategory", "RAA", 1489] == Quality(2, 0, 1, 1, 2)
    assert report.quality["MHS201", "ConsMechanismMH", "RAA", 1489] == Quality(1, 1, 0, 0, 0)


def test_a_field_too_poor_to_stand_on_is_withheld_and_the_reason_is_named(tmp_path: Path) -> None:
    contacts = [CONTACT | {"CareContactID": f"C{n}", "AttendStatus": "5" if n else ""} for n in range(10)]
    _, report = checked(tmp_path, MHS201CareContact=contacts)
    needed = [("MHS201", "AttendStatus"), ("MHS201", "CareContDate")]
    assert report.quality_grade("MHS201", "AttendStatus", "RAA", 1489) == "poor"  # 90% of the 95% it needs
    assert report.quality_grade("MHS201", "CareContDate", "RAA", 1489) == "good"
    assert report.quality_grade("MHS201", "CareContDate", "RBB", 1489) == "no rows"
    assert report.poor(needed, ["RAA"], [1489]) == (("MHS201", "AttendStatus", "RAA", 1489),)


def test_a_rule_on_a_column_that_is_not_there_is_silent_because_the_finding_says_it(tmp_path: Path) -> None:
    referral = {name: value for name, value in REFERRAL.items() if name != "CareProfTeamLocalID"}
    person = {name: value for name, value in PERSON.items() if name != "PersonBirthDate"}
    _, report = checked(tmp_path, MHS101Referral=[referral], MHS001MPI=[person])
    assert failures(report) == {}
    assert ("MHS001", "PersonBirthDate") in report.absent_fields


def test_codes_of_rules_are_their_own() -> None:
    assert [code for code, times in Counter(rule.code for rule in RULES).items() if times > 1] == []


def test_national_messages_are_those_of_the_national_rules(shared_data: Path) -> None:
    with (shared_data / "mhsds" / "validation_rules_v6.csv").open(encoding="utf-8", newline="") as file:
        national = {row["error_code"]: (row["table"][:6], row["severity"]) for row in csv.DictReader(file)}
    for (table, _, _), (message, severity) in national_messages().items():
        assert national[message] == (table, severity)
    assert {rule.national for rule in RULES} - {""} <= set(national)


def test_the_handbook_lists_the_rules_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(), "Run: python -m scripts.print_checks"


# The plain twin: what the rules of a contact say, read from the rows by hand.

contacts = st.fixed_dictionaries(
    {
        "CareContactID": st.sampled_from(["C1", "C2", "C3", ""]),
        "ServiceRequestID": st.sampled_from(["R1", "R1", "RX", ""]),
        "CareContDate": st.sampled_from(
            ["2024-04-12", "2024-04-01", "2024-03-31", "2024-05-01", "2023-02-29", "NULL", ""]
        ),
        "CareContTime": st.sampled_from(["14:00", "00:00", "23:59:59", "24:00", "", "Null"]),
        "AttendStatus": st.sampled_from(["5", "6", "0", "", " 5 ", "null"]),
    }
)


def by_hand(rows: list[Mapping[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found.update(_faults_of(row))
        same = [other for other in rows if _key(other) == _key(row)]
        different = {tuple(other.values()) for other in same}
        found["key"] += len(different) > 1
        found["copy"] += len(same) > len(different)
    return Counter({f"MHS201.{name}": times for name, times in found.items() if times})


def _key(row: Mapping[str, str]) -> str:
    return row["CareContactID"]


def _faults_of(row: Mapping[str, str]) -> list[str]:
    clean = {
        name: "" if value.strip().lower() in ("", "null") else value.strip() for name, value in row.items()
    }
    faults = [f"{name}.null_text" for name, value in row.items() if value.strip().lower() == "null"]
    faults += [
        f"{name}.blank" for name in ("CareContactID", "ServiceRequestID", "CareContDate") if not clean[name]
    ]
    faults += ["orphan"] if clean["ServiceRequestID"] != "R1" else []
    faults += ["AttendStatus.code"] if clean["AttendStatus"] not in ("", *"234567") else []
    faults += ["CareContTime.format"] if clean["CareContTime"] == "24:00" else []
    faults += ["CareContTime.placeholder"] if clean["CareContTime"] in ("00:00", "23:59:59") else []
    return faults + _faults_of_day(clean["CareContDate"], received=clean["ServiceRequestID"] == "R1")


def _faults_of_day(written: str, *, received: bool) -> list[str]:
    if not written:
        return []
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return ["CareContDate.format"]
    faults = ["CareContDate.before_month"] if day < date(2024, 4, 1) else []
    faults += ["CareContDate.after_month"] if day > date(2024, 4, 30) else []
    return faults + (["CareContDate.negative_wait"] if received and day < date(2024, 4, 2) else [])


@settings(max_examples=12)
@given(st.lists(contacts, min_size=1, max_size=25))
def test_the_rules_say_what_reading_by_hand_says(rows: list[Mapping[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, report = checked(Path(folder), MHS201CareContact=rows)
    assert Counter(failures(report)) == by_hand(rows)
