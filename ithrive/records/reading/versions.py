"""Which version of the data set a file is of, by the names of its columns."""

from collections.abc import Sequence
from functools import cache

from ithrive.records.model import FIRST_MONTH, VERSIONS, TableDefinition, model
from ithrive.records.reading.files import TableFile

# In v5 a referral's teams stood in a table of their own, closures and rejections with them.
_V5_TABLE = "MHS102ServiceTypeReferredTo"
_V6_ONLY = {
    "MHS101": ("CareProfTeamLocalID", "ReferRejectionDate", "ReferClosReason", "ReferRejectReason"),
    "MHS102": ("OtherCareProfTeamLocalID", "UniqOtherCareProfTeamLocalID"),
}


def version_of(file: TableFile, columns: Sequence[str]) -> str | None:
    """ "6", "5" or "4.1"; None where neither names nor month tell."""
    names = set(columns)
    if names & _only_in("4.1", file.short):
        return "4.1"
    if names & _only_in("5", file.short) or file.table_name == _V5_TABLE:
        return "4.1" if file.month and file.month < FIRST_MONTH["5"] else "5"
    if names & (_only_in("6", file.short) | set(_V6_ONLY.get(file.short, ()))):
        return "6"
    return version_in(file.month) if file.month else None


def version_in(month: int) -> str:
    """The version that providers sent in that month."""
    return next((version for version in VERSIONS if month >= FIRST_MONTH[version]), VERSIONS[-1])


@cache
def _only_in(version: str, short: str) -> frozenset[str]:
    """The names that this version, and no later one, gave to a field; for 6, names that are new in it."""
    later = [other for other in VERSIONS if other > version]
    return frozenset(
        field.name_in(version)
        for field in model()[short].fields
        if field.older_names and field.name_in(version) not in {field.name_in(other) for other in later}
        if version != "6" or field.name_in("5") != field.name
    )


def column_for(name: str, definition: TableDefinition, columns: Sequence[str]) -> str | None:
    """The column that holds a field, by its v6 name or an older one, in any mixture of capitals."""
    field = definition.by_name.get(name)
    known = [name, *(field.older_names.values() if field else ())]
    by_lower = {column.lower(): column for column in columns}
    return next((by_lower[known_as.lower()] for known_as in known if known_as.lower() in by_lower), None)
