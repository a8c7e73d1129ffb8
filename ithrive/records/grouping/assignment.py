"""The grouping of each spell at the end of each quarter: the best method known by then, its newest word."""

from typing import Any

import ibis
from ibis import _

from ithrive.framework import framework
from ithrive.records.features.numbers import of_people, of_referrals
from ithrive.records.features.reckoning import NEVER, Table, beside, days_from, written
from ithrive.records.features.rules import Rules
from ithrive.records.grouping.current_view import current_view_days
from ithrive.records.grouping.methods import METHODS, Method
from ithrive.records.grouping.proxy import by_proxy
from ithrive.records.reading import Extract


def grouping_events(
    extract: Extract, scored: Table, referrals: Table, numbered: Table, rules: Rules, recorded: Table | None
) -> Table:
    """All that was ever said of a grouping: spell, day and word (see `_word`).

    `recorded` is what sites keep beside the data set: UniqServReqID, day, grouping (our codes).
    """
    of_spell = referrals.select("referral", "spell")

    def said(rows: Table, method: Method) -> Table:
        return rows.select("spell", "day", word=_word(rows, method, rules))

    parts = [said(current_view_days(scored, rules).join(of_spell, "referral"), Method.RULES)]
    if rules.needs_based_codes:
        parts.append(said(_by_code(extract, referrals, numbered, rules), Method.CODE))
    if recorded is not None:
        rows = recorded.filter(recorded.grouping.isin([each.code for each in framework().groupings.grouping]))
        parts.append(said(of_referrals(rows, numbered).join(of_spell, "referral"), Method.SITE))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


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


def with_grouping(frame: Table, events: Table, time: Table, rules: Rules) -> Table:
    """The spells of each quarter with `grouping` and `method`; both NULL where nothing is known."""
    heard = events.cross_join(time.select("quarter", "closes")).filter(_.day < _.closes)
    said = heard.group_by("spell", "quarter").agg(word=_.word.min())
    said = said.select("spell", "quarter", said=_spoken(said.word, rules), rank=_rank(said.word, rules))
    joined = beside(frame, said, "spell", "quarter")
    proxy = by_proxy(joined, rules)
    by_rank = joined["rank"].cases(*((place, method.value) for place, method in enumerate(METHODS[:-1])))
    stand_in = proxy.notnull().ifelse(Method.PROXY.value, None)
    return joined.mutate(grouping=joined.said.fill_null(proxy), method=by_rank.fill_null(stand_in)).drop(
        "said", "rank"
    )


# More days than there are between any two.
DAYS = 10_000_000


def _word(rows: Table, method: Method, rules: Rules) -> Any:
    """Method, day and grouping as one whole number: of several words the least counts, which is that of the
    best method, the newest of those, and of two on one day the first in order of name.
    """
    codes = _codes(rules)
    place = rows.grouping.cases(*((code, place) for place, code in enumerate(codes)))
    return (METHODS.index(method) * DAYS + days_from(rows.day, NEVER)) * len(codes) + place


def _spoken(word: Any, rules: Rules) -> Any:
    codes = _codes(rules)
    return (word % len(codes)).cases(*enumerate(codes))


def _rank(word: Any, rules: Rules) -> Any:
    return (word // (DAYS * len(_codes(rules)))).cast("int64")


def _codes(rules: Rules) -> list[str]:
    ours = {each.code for each in framework().groupings.grouping}
    return sorted(ours | {grouping for _, grouping in rules.needs_based_codes})
