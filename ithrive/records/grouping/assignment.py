"""The grouping of each spell at the end of each quarter: the best method known by then, its newest word."""

import ibis
from ibis import _

from ithrive.framework import framework
from ithrive.records.features.numbers import of_people, of_referrals
from ithrive.records.features.reckoning import Table, beside, written
from ithrive.records.features.rules import Rules
from ithrive.records.grouping.current_view import current_view_days
from ithrive.records.grouping.methods import METHODS, Method
from ithrive.records.grouping.proxy import by_proxy
from ithrive.records.reading import Extract


def grouping_events(
    extract: Extract, scored: Table, referrals: Table, numbered: Table, rules: Rules, recorded: Table | None
) -> Table:
    """All that was ever said of a grouping: spell, day, rank of the method (0 is best), grouping.

    `recorded` is what sites keep beside the data set: UniqServReqID, day, grouping (our codes).
    """
    of_spell = referrals.select("referral", "spell")
    parts = [_said(current_view_days(scored, rules).join(of_spell, "referral"), Method.RULES)]
    if rules.needs_based_codes:
        parts.append(_said(_by_code(extract, referrals, numbered, rules), Method.CODE))
    if recorded is not None:
        rows = recorded.filter(recorded.grouping.isin([each.code for each in framework().groupings.grouping]))
        parts.append(_said(of_referrals(rows, numbered).join(of_spell, "referral"), Method.SITE))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _said(rows: Table, method: Method) -> Table:
    rank = ibis.literal(METHODS.index(method), type="int64")
    return rows.select("spell", "day", "grouping", rank=rank)


def _by_code(extract: Extract, referrals: Table, numbered: Table, rules: Rules) -> Table:
    """Codes of MHS803 belong to a person; they speak for the spells of that person which the day lies in."""
    codes = written(
        [{"code": code, "grouping": grouping} for code, grouping in rules.needs_based_codes],
        {"code": "string", "grouping": "string"},
    )
    rows = extract.table("MHS803")
    rows = rows.join(codes, rows.CAMHNeedsBasedGroupingCode == codes.code)
    rows = of_people(rows.select("grouping", "Person_ID", day=rows.StartDateCareClust), numbered)
    rows = rows.join(referrals.select("person", "spell", "received", "ends_on"), "person")
    open_then = (rows.day >= rows.received) & (rows.ends_on.isnull() | (rows.day <= rows.ends_on))
    return rows.filter(open_then).select("spell", "day", "grouping").distinct()


def with_grouping(frame: Table, events: Table, rules: Rules) -> Table:
    """The spells of each quarter with `grouping` and `method`; both NULL where nothing is known."""
    known = events.join(frame.select("spell", "quarter", "closes"), "spell").filter(_.day < _.closes)
    order = [known["rank"], known.day.desc(), known.grouping]
    best = known.mutate(place=ibis.row_number().over(group_by=["spell", "quarter"], order_by=order))
    best = best.filter(best.place == 0).select("spell", "quarter", said=best.grouping, rank=best["rank"])
    joined = beside(frame, best, "spell", "quarter")
    proxy = by_proxy(joined, rules)
    by_rank = joined["rank"].cases(*((place, method.value) for place, method in enumerate(METHODS[:-1])))
    stand_in = proxy.notnull().ifelse(Method.PROXY.value, None)
    return joined.mutate(grouping=joined.said.fill_null(proxy), method=by_rank.fill_null(stand_in)).drop(
        "said", "rank"
    )
