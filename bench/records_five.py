"""Five indicators of an extract, by us and by pandas: the same job on the same files, to the same answers.

The job, for each provider and quarter: contacts kept or missed, missed, and cancelled (H5); referrals seen
for the first time, and the median of the days they waited (H2). On both sides: find the files, read the
columns needed, trim codes and identifiers and take words for nothing as nothing, keep the latest submission
of each provider's month, take each referral as last sent, and know it by provider and identifier.
Nothing else is done by pandas. Ours opens the extract as every run does, and goes by the same expressions as
every indicator of contacts. Neither looks for rows that stand there twice.
"""

from pathlib import Path
from typing import Any

import pandas as pd
from ibis import _

from ithrive.cli.records_build.asked import engine_within
from ithrive.records.features.contacts import contact_quarters, contacts, first_contacts
from ithrive.records.features.numbers import numbers
from ithrive.records.features.reckoning import days_from, quarter_of
from ithrive.records.features.referrals import latest_referrals, months_sent
from ithrive.records.features.teams import teams
from ithrive.records.model import model
from ithrive.records.reading import open_extract

FIRST, LAST = 2024 * 4 + 1, 2026 * 4  # quarters of the years, counted on; the eight of the whole run
ATTENDED, MISSED, CANCELLED = ("5", "6"), ("3", "7"), ("2", "4")
# What of a referral the five need; of contacts DuckDB finds out by itself.
OF_REFERRALS = ("UniqServReqID", "Person_ID", "provider", "sent_by", "received")
NOTHING = {"", "NULL", "NAN", "NONE"}
Answers = dict[str, list[float]]  # provider and quarter → the five figures


def ours(extract: Path, memory: str) -> Answers:
    with engine_within(memory) as engine:
        opened = open_extract(extract, engine=engine)
        known_teams = engine.materialise("teams", teams(opened))
        latest = latest_referrals(opened, known_teams, months_sent(opened))
        latest = engine.materialise("latest", latest.select(*OF_REFERRALS))
        numbered = engine.materialise("numbers", numbers(latest))
        whose = latest.select("UniqServReqID", "provider", "received").join(numbered, "UniqServReqID")
        met = contacts(opened, known_teams, numbered)
        by_quarter = contact_quarters(met).join(whose, "referral").group_by("provider", "quarter")
        sums = by_quarter.agg(
            booked=_.attended.sum() + _.missed.sum(), missed=_.missed.sum(), cancelled=_.cancelled.sum()
        )
        seen = first_contacts(met).join(whose, "referral")
        seen = seen.mutate(
            quarter=quarter_of(seen.first_contact), days=days_from(seen.received, seen.first_contact)
        )
        seen = seen.filter(_.days >= 0).group_by("provider", "quarter")
        waits = seen.agg(seen=_.count(), median=_.days.cast("float64").median())
        joined = sums.join(waits, ["provider", "quarter"]).filter(_.quarter.between(FIRST, LAST))
        rows = engine.connection.to_pyarrow(joined).to_pylist()
    names = ("booked", "missed", "cancelled", "seen", "median")
    return {f"{row['provider']} {row['quarter']}": [float(row[name]) for name in names] for row in rows}


def by_pandas(extract: Path) -> Answers:
    referral = ["OrgIDProv", "ServiceRequestID"]
    sent = read(extract, "MHS101", "ReferralRequestReceivedDate")
    last_first = ["UniqMonthID", "UniqSubmissionID"]
    latest = sent.sort_values(last_first, kind="stable").drop_duplicates(referral, keep="last")
    latest = latest[[*referral, "ReferralRequestReceivedDate"]].dropna()
    rows = read(extract, "MHS201", "CareContDate", "AttendStatus")
    rows = rows.dropna(subset=[*referral, "CareContDate"]).merge(latest, on=referral)
    day = pd.to_datetime(rows.CareContDate)
    rows = rows.assign(
        day=day,
        quarter=day.dt.year * 4 + day.dt.quarter - 1,
        came=rows.AttendStatus.isin(ATTENDED),
        missed=rows.AttendStatus.isin(MISSED),
        cancelled=rows.AttendStatus.isin(CANCELLED),
    )
    sums = rows.groupby(["OrgIDProv", "quarter"])[["came", "missed", "cancelled"]].sum()
    seen = (
        rows[rows.came]
        .groupby(referral, as_index=False)
        .agg(day=("day", "min"), received=("ReferralRequestReceivedDate", "first"))
    )
    seen["days"] = (seen.day - pd.to_datetime(seen.received)).dt.days
    seen["quarter"] = seen.day.dt.year * 4 + seen.day.dt.quarter - 1
    waits = seen[seen.days >= 0].groupby(["OrgIDProv", "quarter"]).days.agg(["count", "median"])
    both = sums.join(waits, how="inner").reset_index()
    both = both[both.quarter.between(FIRST, LAST)]
    return {
        f"{provider} {quarter}": [float(n) for n in (came + missed, missed, cancelled, count, median)]
        for provider, quarter, came, missed, cancelled, count, median in both.itertuples(index=False)
    }


def read(extract: Path, short: str, *columns: str) -> pd.DataFrame:
    """The columns of one table, cleaned, of the latest submission of each provider's month."""
    standing = ["OrgIDProv", "UniqMonthID", "UniqSubmissionID", "ServiceRequestID"]
    files = sorted((extract / model()[short].name).rglob("*.parquet"))
    wanted = [*standing, *columns]
    rows = pd.concat([pd.read_parquet(file, columns=wanted, partitioning=None) for file in files])
    for name in wanted:
        if rows[name].dtype == object and not name.endswith("Date"):
            rows[name] = cleaned(rows[name])
    number = rows.UniqSubmissionID.astype("int64")
    return rows[number == number.groupby([rows.OrgIDProv, rows.UniqMonthID]).transform("max")]


def cleaned(text: Any) -> Any:
    """Trimmed, and nothing where a word for it stands: once for each different text, not for each row."""
    different = {each: each.strip() for each in text.dropna().unique()}
    return text.map({each: None if said.upper() in NOTHING else said for each, said in different.items()})
