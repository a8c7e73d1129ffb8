"""Pairs of scores: the first on or after the first contact, the last later and on or after the second.

MHS112 says when a referral is paired; MHS113 to MHS115 what the pairs say, by rater: improved where at least
one scale reliably improved and none deteriorated, deteriorated where any scale did, else unchanged.
"""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table, beside
from ithrive.records.features.rules import Rules
from ithrive.records.outcomes.scales import RATERS, instruments, scales_table

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
    pairs = _pairs(rows, "instrument_official")
    official = _by_referral(pairs.join(instruments(rules, "official"), "instrument"))
    within = rows.filter(rows.score.between(rows.lowest, rows.highest))
    pairs = _pairs(within, "instrument")
    corrected = _by_referral(pairs.join(instruments(rules, "corrected"), "instrument"))
    names = [name for name in official.columns if name != "referral"]
    official = official.rename({f"{name}_official": name for name in names})
    either = ibis.union(official.select("referral"), corrected.select("referral"), distinct=True)
    both = beside(beside(either, official, "referral"), corrected, "referral")
    wanted = [*names, *(f"{name}_official" for name in names)]
    return both.select("referral", **{name: both[name].fill_null(False) for name in wanted})


def _pairs(rows: Table, instrument: str) -> Table:
    """First and last score by instrument. Of two on one day the lower is the first, the higher the last."""
    late = (rows.day >= rows.second_contact).fill_null(False)
    rows = rows.select("referral", "day", "score", instrument=rows[instrument], late=late)
    days = rows.group_by("referral", "instrument", "day", "late").agg(
        lower=_.score.min(), higher=_.score.max()
    )
    found = days.group_by("referral", "instrument").agg(
        first_day=days.day.min(),
        first_score=days.lower.argmin(days.day),
        last_day=days.day.max(where=days.late),
        last_score=days.higher.argmax(days.day, where=days.late),
    )
    return found.filter(_.last_day > _.first_day)


def _by_referral(pairs: Table) -> Table:
    change = (pairs.last_score - pairs.first_score) * pairs.sign
    pairs = pairs.mutate(
        better=pairs.tells & (change >= pairs.needed - ROUNDING),
        worse=pairs.tells & (change <= ROUNDING - pairs.needed),
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
