"""What each area of a spread map shows: its role, the support it was given, the last contact, an attribute.

Roles and support are held by the areas of one vintage and drawn on those of another. What lies between
is followed through the lineage, so an area drawn may hold a role in full or in part.
"""

from ithrive.areas.spread.attributes import amount_words, attribute_layer, attribute_title, band_tops
from ithrive.areas.spread.layer import UNKNOWN_WORDS, Layer, LegendEntry, Shown
from ithrive.areas.spread.reach import AreaKey, parts_in, seat_of
from ithrive.areas.spread.roles import (
    COMPARISON_WORDS,
    ROLE_WORDS,
    role_layer,
    role_shares,
    role_shown,
)
from ithrive.areas.spread.support_given import YEAR, days_words, last_contact_layer, support_layer

__all__ = [
    "COMPARISON_WORDS",
    "ROLE_WORDS",
    "UNKNOWN_WORDS",
    "YEAR",
    "AreaKey",
    "Layer",
    "LegendEntry",
    "Shown",
    "amount_words",
    "attribute_layer",
    "attribute_title",
    "band_tops",
    "days_words",
    "last_contact_layer",
    "parts_in",
    "role_layer",
    "role_shares",
    "role_shown",
    "seat_of",
    "support_layer",
]
