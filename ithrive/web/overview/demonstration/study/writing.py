"""The protocol of the demonstration's study, written from its areas and their roles: pure."""

import re
from collections.abc import Mapping, Sequence

from ithrive.areas.membership import MemberRole, Membership
from ithrive.evaluation.demonstration import FOLLOWING, RETROSPECTIVE
from ithrive.evaluation.demonstration.sites import STARTS, STARTS_LATE
from ithrive.web.overview.demonstration.returns.story import BASELINE, FIRST
from ithrive.web.overview.demonstration.round_story import STUDY

TOP = f"""\
# The study of the demonstration programme. Its places, people and figures are made up.
schema = 1
id = "{STUDY}"
name = "The Thornmere study"
fictional = true
question = "Where THRIVE is implemented, do young people wait less and share more in decisions?"
written = 2024-02-05
disclosure = "programme"

[waves]
baseline = "{BASELINE.label}"
retrospective = {RETROSPECTIVE}
following = {FOLLOWING}
# Rounds are held in March and September, in the quarters between those of the looks.
assessments = [-1, 1, 3, 5, 7]

[analysis]
alpha = 0.05
assignment = "pair-swaps"
spending = "obrien-fleming"
looks = [4]

# What is planted: waits fall, and further where partners work well together; more plans are agreed, and
# more still where areas are more THRIVE-like. Nothing else is changed.
[[outcome]]
id = "wait"
measure = "H2"
better = "lower"
family = "primary"

[[outcome]]
id = "plans"
measure = "D1"
better = "higher"
family = "primary"

[[outcome]]
id = "access"
measure = "H1"
model = "log"
better = "higher"

[[outcome]]
id = "crisis"
measure = "R1"
model = "count"
better = "neither"

[[outcome]]
id = "not-accepted"
measure = "A4"
better = "lower"

[[moderator]]
id = "relationships"
title = "How well partners say that they work together"
source = "pulse"
figure = "mean"

[dose]
source = "assessment"
lag = 1
outcomes = ["wait", "plans"]

[missing]
least_waves = 8
"""
SITE = """
[[site]]
id = "{id}"
area = "{code}"
geography = "{geography}"
country = "{country}"
arm = "{arm}"
pair = "{pair}"
"""


def protocol_text(
    roles: Sequence[Membership],
    names: Mapping[str, str],
    people: Mapping[str, int],
    *,
    geography: str,
    country: str,
) -> str:
    """The protocol as TOML. `names` and `people` are of every area by its code.

    Pairs are of like size: with one covariate, side by side in its order is the best match there is.
    """
    arms = {arm: _by_size(roles, arm, people) for arm in (MemberRole.ACCELERATOR, MemberRole.COMPARISON)}
    late = max(arms[MemberRole.ACCELERATOR])
    lines = [TOP]
    for pair, both in enumerate(zip(*arms.values(), strict=True), start=1):
        for arm, code in zip(arms, both, strict=True):
            line = SITE.format(
                id=site_id(names[code]), code=code, geography=geography, country=country, arm=arm, pair=pair
            )
            starts = FIRST + (STARTS_LATE if code == late else STARTS)
            lines.append(line + (f'starts = "{starts.label}"\n' if arm is MemberRole.ACCELERATOR else ""))
    return "".join(lines)


def site_id(name: str) -> str:
    """An area's name as a protocol can write it."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


def _by_size(roles: Sequence[Membership], arm: MemberRole, people: Mapping[str, int]) -> list[str]:
    codes = {each.code for each in roles if each.role is arm and each.ends is None}
    return sorted(codes, key=lambda code: (people[code], code))
