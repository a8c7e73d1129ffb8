"""The kind of team or activity as a stand-in for need, where nobody recorded any."""

from typing import Any

import ibis

from ithrive.records.features.codes import DIGITAL_PROVIDERS
from ithrive.records.features.reckoning import Table
from ithrive.records.features.rules import Rules
from ithrive.records.model import team_groupings, team_types


def by_proxy(frame: Table, rules: Rules) -> Any:
    """The grouping of a spell at the end of a quarter by its first team and what was done; NULL where
    neither says.

    Finished after one contact, or with an anonymous digital provider: Advice. A stay in hospital: More Help.
    Mental health support teams do several things, so they go by activity: Help from the second contact on,
    Advice before it. Otherwise as the team types are mapped in team_groupings.csv.
    """
    school_team = frame.team_type.isin(sorted(team_types("mental_health_support_team")))
    finished_after_one = frame.closed_by_then & (frame.contacts == 1)
    by_team = frame.team_type.cases(*((each.team_type, each.grouping) for each in team_groupings(rules.own)))
    return ibis.cases(
        (frame.hospital, "getting-more-help"),
        (finished_after_one | frame.provider.isin(DIGITAL_PROVIDERS), "getting-advice"),
        (school_team & frame.seen_twice, "getting-help"),
        (school_team, "getting-advice"),
        else_=by_team,
    )
