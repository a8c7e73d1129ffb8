"""Extract folders made of a few rows, for tests: never real data."""

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Mapping[str, object]]

HEADER = {
    "DatSetVer": "6.0",
    "OrgIDProvider": "RAA",
    "ReportingPeriodStartDate": "2024-04-01",
    "ReportingPeriodEndDate": "2024-04-30",
    "DateTimeDatSetCreate": "2024-05-10 09:00:00",
}
PERSON = {
    "LocalPatientID": "P1",
    "OrgIDLocalPatientID": "RAA",
    "NHSNumber": "9434765919",
    "PersonBirthDate": "2010-02-28",
    "GenderIDCode": "1",
    "EthnicCategory": "A",
}
REFERRAL = {
    "ServiceRequestID": "R1",
    "LocalPatientID": "P1",
    "CareProfTeamLocalID": "T1",
    "ReferralRequestReceivedDate": "2024-04-02",
    "ReferralRequestReceivedTime": "09:30:00",
    "PrimReasonReferralMH": "05",
    "SourceOfReferralMH": "A1",
    "ClinRespPriorityType": "3",
}
CONTACT = {
    "CareContactID": "C1",
    "ServiceRequestID": "R1",
    "CareContDate": "2024-04-12",
    "CareContTime": "14:00:00",
    "ConsMechanismMH": "01",
    "AttendStatus": "5",
}


def write_csv(path: Path, rows: Rows) -> Path:
    """The rows as CSV, with the columns of all of them in the order they come in; zipped if so named."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    whole = gzip.open if path.name.endswith(".gz") else open
    with whole(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def small_extract(folder: Path, **tables: Rows) -> Path:
    """One provider's April 2024 as CSV; `MHS201CareContact=[…]` takes the place of a table's rows."""
    whole: dict[str, Rows] = {
        "MHS000Header": [HEADER],
        "MHS001MPI": [PERSON],
        "MHS101Referral": [REFERRAL],
        "MHS201CareContact": [CONTACT],
    }
    for name, rows in (whole | tables).items():
        if rows:
            write_csv(folder / f"{name}_2024-04.csv", rows)
    return folder
