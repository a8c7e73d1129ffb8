"""Which grouping a spell has, how it is known, and where a series breaks."""

from datetime import date
from typing import Any

import ibis
import pytest

from ithrive.periods import Quarter
from ithrive.records.engine import duckdb_engine
from ithrive.records.features import ProviderSites, Rules
from ithrive.records.grouping import Method, method_breaks
from ithrive.records.indicators import build
from ithrive.records.indicators.registry import Over
from tests.records.plain.written import WrittenExtract

QUARTERS = (Quarter(2024, 1), Quarter(2024, 2))
STANDING = {"OrgIDProv": "RX1", "UniqMonthID": 1488}
SELF_HARM = "987341000000108"  # item 10 of Current View
RULES = Rules(needs_based_codes=(("H1", "getting-help"),))


def extract(**tables: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """One open spell with a team of type C10, whose proxy is Getting More Help."""
    referral = {"LocalPatientID": "p", "ServiceRequestID": "r", "CareProfTeamLocalID": "t"}
    return {
        "MHS001": [STANDING | {"LocalPatientID": "p", "PersonBirthDate": date(2010, 5, 1)}],
        "MHS101": [STANDING | referral | {"ReferralRequestReceivedDate": date(2024, 1, 9)}],
        "MHS902": [STANDING | {"CareProfTeamLocalID": "t", "ServTeamTypeMH": "C10"}],
        **tables,
    }


RATED = {"ServiceRequestID": "r", "CodedAssToolType": SELF_HARM, "AssToolCompTimestamp": "2024-04-10 09:00"}
BY_RULES = {"MHS606": [STANDING | RATED | {"PersScore": "3"}]}
CLUSTER = {"LocalPatientID": "p", "ClustID": "c", "StartDateCareClust": date(2024, 4, 11)}
BY_CODE = {"MHS803": [STANDING | CLUSTER | {"CAMHNeedsBasedGroupingCode": "H1"}]}
BY_SITE = {"UniqServReqID": ["RX1r"], "day": [date(2024, 4, 12)], "grouping": ["thriving"]}


@pytest.mark.parametrize(
    ("tables", "recorded", "at_the_end"),
    [
        ({}, None, ("getting-more-help", "by-proxy")),
        (BY_RULES, None, ("getting-risk-support", "by-rules")),
        (BY_RULES | BY_CODE, None, ("getting-help", "by-code")),
        (BY_RULES | BY_CODE, BY_SITE, ("thriving", "by-site")),
    ],
    ids=["proxy", "rules", "code", "site"],
)
def test_the_best_method_known_by_the_quarters_end_counts(
    tables: dict[str, Any], recorded: dict[str, Any] | None, at_the_end: tuple[str, str]
) -> None:
    with duckdb_engine(memory="500MB", threads=1) as engine:
        said = (
            ibis.memtable(recorded, schema={"UniqServReqID": "string", "day": "date", "grouping": "string"})
            if recorded
            else None
        )
        layers = build(
            WrittenExtract(engine, extract(**tables)),
            quarters=QUARTERS,
            sites=ProviderSites({"RX1": "Alderbrook"}),
            rules=RULES,
            recorded=engine.materialise("recorded", said) if said is not None else None,
        )
        spells = layers.of[Over.SPELLS].order_by("quarter").select("grouping", "method")
        found = [tuple(row.values()) for row in engine.connection.to_pyarrow(spells).to_pylist()]
    assert found == [("getting-more-help", "by-proxy"), at_the_end]


def test_a_series_breaks_where_a_fifth_of_spells_is_known_another_way() -> None:
    first = Quarter(2024, 1)
    series = [
        (first, {Method.PROXY: 90, Method.SITE: 10}),
        (first + 1, {Method.PROXY: 75, Method.SITE: 25}),
        (first + 2, {}),
        (first + 3, {Method.PROXY: 20, Method.SITE: 80}),
    ]
    (found,) = method_breaks("Alderbrook", series)
    assert (found.quarter, found.before, found.after) == (first + 3, 0.25, 0.8)
    assert found.sentence == (
        "From 2024/25 Q3 on, 80% of groupings at Alderbrook are recorded by the site; before it were 25%. "
        "Do not compare across it."
    )
