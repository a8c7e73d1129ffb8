"""The data set as we read it: tables, fields, codes, reference sets and thresholds, all dated data."""

from ithrive.records.model.definitions import ORIGIN, STANDING, FieldDefinition, TableDefinition
from ithrive.records.model.months import month_number, month_start
from ithrive.records.model.tables import FIRST_MONTH, VERSIONS, model

__all__ = [
    "FIRST_MONTH",
    "ORIGIN",
    "STANDING",
    "VERSIONS",
    "FieldDefinition",
    "TableDefinition",
    "model",
    "month_number",
    "month_start",
]
