"""What a table of the data set holds, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

Kind = Literal["text", "date", "time", "datetime", "integer", "decimal"]
Version = Literal["6", "5", "4.1"]

# Added to every table by the reading, and present in national extracts already.
STANDING = ("OrgIDProv", "UniqMonthID", "UniqSubmissionID")
# Where a row came from, for the error file: never a person.
ORIGIN = ("source_file", "source_row")
# What makes an identifier of one provider unique in the country: provider code and local identifier.
UNIQUE: Mapping[str, str] = {
    "ServiceRequestID": "UniqServReqID",
    "CareContactID": "UniqCareContID",
    "CareActID": "UniqCareActID",
    "CarePlanID": "UniqCarePlanID",
    "HospProvSpellID": "UniqHospProvSpellID",
    "WardStayID": "UniqWardStayID",
    "CareProfTeamLocalID": "UniqCareProfTeamID",
    "OtherCareProfTeamLocalID": "UniqOtherCareProfTeamLocalID",
}


@dataclass(frozen=True)
class FieldDefinition:
    """One field: its v6 name, its kind, and what older versions called it."""

    name: str
    uid: str  # the item number of the data set, M101930; empty where national processing derives it
    type: Kind
    key: bool
    required: Literal["yes", "warn", "no"]  # blank rejects the record, gives a warning, or is allowed
    code_list: str  # the name of a list in data/codes.csv, or empty
    valid_from: date
    valid_to: date | None  # the first day of the last month, None while it is in use
    older_names: Mapping[str, str]  # {"5": "AttendOrDNACode"}
    source: str

    def name_in(self, version: str) -> str:
        return self.older_names.get(version, self.name)


@dataclass(frozen=True)
class TableDefinition:
    """One table, in the words of v6: "MHS101Referral", for short "MHS101"."""

    name: str
    fields: tuple[FieldDefinition, ...]

    @property
    def short(self) -> str:
        return self.name[:6]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The fields that name a row within one provider and month: the natural key."""
        return tuple(field.name for field in self.fields if field.key)

    @cached_property
    def by_name(self) -> Mapping[str, FieldDefinition]:
        return {field.name: field for field in self.fields}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.by_name)

    @cached_property
    def derived(self) -> tuple[str, ...]:
        """Identifiers that the reading adds: unique in the country, and the person where a row names one."""
        unique = tuple(UNIQUE[name] for name in self.names if name in UNIQUE)
        return (*unique, "Person_ID") if "LocalPatientID" in self.names else unique

    @cached_property
    def columns(self) -> Mapping[str, Kind]:
        """Every column of the table as it is read, with its kind, in order."""
        kinds: dict[str, Kind] = {"OrgIDProv": "text", "UniqMonthID": "integer", "UniqSubmissionID": "text"}
        kinds |= {field.name: field.type for field in self.fields}
        kinds |= dict.fromkeys(self.derived, "text")
        return kinds | {"source_file": "text", "source_row": "integer"}

    def as_of(self, version: str) -> "TableDefinition":
        """The same table with the field names of an older version."""
        return replace(
            self, fields=tuple(replace(field, name=field.name_in(version)) for field in self.fields)
        )
