"""Pairs of scores: the first on or after the first contact, the last later and on or after the second.

MHS112 says when a referral is paired; MHS113 to MHS115 what the pairs say, by rater: improved where at least
one scale reliably improved and none deteriorated, deteriorated where any scale did, else unchanged.
"""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table, beside
from ithrive.records.features.rules import Rules
from ithrive.records.outcomes.scales import RATERS, scales_table

# Differences are of decimal points (a threshold of 6.6 is met by 20.6 − 14.0); far below any score's step.
ROUNDING = 1e-9


def outcome_pairs(scored: Table, contacts: Table, rules: Rules) -> Table:
    """One row a referral with any pair, by both rules.

    Official: a pair may hold two versions of a scale; columns paired_official, improved_self_official and
    so on. Corrected: first and last carry the same concept and lie within the scale's range; columns paired,
    improved_self and so on.
    """
    rows = scored.join(scales_table(rules), "concept").join(contacts, "referral")
    rows = rows.filter(rows.score.notnull(), rows.day >= rows.first_contact)
    official = _by_referral(_pairs(rows, "scale", "rater_official", "sign_official"), conclusive=False)
    within = rows.filter(rows.score.between(rows.lowest, rows.highest))
    corrected = _by_referral(_pairs(within, "concept", "rater", "sign"), conclusive=True)
    names = [name for name in official.columns if name != "referral"]
    official = official.rename({f"{name}_official": name for name in names})
    either = ibis.union(official.select("referral"), corrected.select("referral"), distinct=True)
    both = beside(beside(either, official, "referral"), corrected, "referral")
    wanted = [*names, *(f"{name}_official" for name in names)]
    return both.select("referral", **{name: both[name].fill_null(False) for name in wanted})


def _pairs(rows: Table, scale: str, rater: str, sign: str) -> Table:
    """First and last score of each scale. Two on one day: the lower counts as first, the higher as last."""
    rows = rows.select(
        "referral",
        "day",
        "second_contact",
        "score",
        "needed",
        "conclusive",
        scale=rows[scale],
        rater=rows[rater],
        sign=rows[sign],
    )
    later = (rows.day >= rows.second_contact).ifelse(rows.day, None)
    within = ibis.window(group_by=["referral", "scale", "rater"])
    rows = rows.mutate(first_day=rows.day.min().over(within), last_day=later.max().over(within))
    rows = rows.filter(_.last_day > _.first_day)
    return rows.group_by("referral", "scale", "rater", "needed", "sign", "conclusive").agg(
        first_score=rows.score.min(where=rows.day == rows.first_day),
        last_score=rows.score.max(where=rows.day == rows.last_day),
    )


def _by_referral(pairs: Table, *, conclusive: bool) -> Table:
    change = (pairs.last_score - pairs.first_score) * pairs.sign
    tells = pairs.conclusive if conclusive else ibis.literal(True)
    pairs = pairs.mutate(
        tells=tells,
        better=tells & (change >= pairs.needed - ROUNDING),
        worse=tells & (change <= ROUNDING - pairs.needed),
    )
    columns: dict[str, Any] = {"paired": _.count() > 0}
    for name in RATERS:
        by = pairs.rater == name
        better, worse = (_any(pairs[change], by) for change in ("better", "worse"))
        columns |= {
            f"paired_{name}": _any(pairs.tells, by),
            f"improved_{name}": better & ~worse,
            f"deteriorated_{name}": worse,
        }
    return pairs.group_by("referral").agg(**columns)


def _any(flag: Any, where: Any) -> Any:
    return ((flag & where).fill_null(False)).cast("int64").max() == 1
