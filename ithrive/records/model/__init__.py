"""The data set as we read it: tables, fields, codes, reference sets and thresholds, all dated data."""

from ithrive.records.model.definitions import ORIGIN, STANDING, FieldDefinition, TableDefinition
from ithrive.records.model.months import month_number, month_start
from ithrive.records.model.own import needs_based_codes, own_lists, stand_ins
from ithrive.records.model.references import (
    Code,
    Member,
    Scale,
    TeamGrouping,
    TeamInSet,
    codes,
    concepts,
    in_month,
    members,
    scales,
    team_groupings,
    team_types,
    teams,
)
from ithrive.records.model.tables import FIRST_MONTH, VERSIONS, model

__all__ = [
    "FIRST_MONTH",
    "ORIGIN",
    "STANDING",
    "VERSIONS",
    "Code",
    "FieldDefinition",
    "Member",
    "Scale",
    "TableDefinition",
    "TeamGrouping",
    "TeamInSet",
    "codes",
    "concepts",
    "in_month",
    "members",
    "model",
    "month_number",
    "month_start",
    "needs_based_codes",
    "own_lists",
    "scales",
    "stand_ins",
    "team_groupings",
    "team_types",
    "teams",
]
