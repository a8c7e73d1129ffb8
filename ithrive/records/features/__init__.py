"""What every indicator stands on: referrals, spells, contacts and what happened in them."""

from ithrive.records.features.rules import Rules
from ithrive.records.features.sites import ProviderSites, Sites

__all__ = ["ProviderSites", "Rules", "Sites"]
