"""Which submission of a provider's month is the latest: the whole month is taken from it alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from ithrive.problems import Problem
from ithrive.records.engine import Engine
from ithrive.records.reading.findings import Finding
from ithrive.records.reading.notes import month_name

# Where every submission leaves rows: the header, the people and their referrals.
_EVERYWHERE = ("MHS000", "MHS001", "MHS101")
_KEY = ["OrgIDProv", "UniqMonthID", "UniqSubmissionID"]
# So many submissions are named one by one, which every pass over a table does faster than a join.
FEW = 12


@dataclass(frozen=True)
class Submissions:
    """The submission store's index: every submission of each provider and month, and the latest."""

    every: Mapping[tuple[str, int], tuple[str, ...]]  # from the first to the latest

    @property
    def latest(self) -> dict[tuple[str, int], str]:
        return {month: submissions[-1] for month, submissions in self.every.items()}

    @property
    def replaced(self) -> dict[tuple[str, int], tuple[str, ...]]:
        """The months that were sent again, with the submissions that no longer count."""
        return {month: submissions[:-1] for month, submissions in self.every.items() if len(submissions) > 1}


def submissions_of(tables: Mapping[str, ir.Table], *, engine: Engine, findings: list[Finding]) -> Submissions:
    """Every submission, the latest last: by number where they are numbers, else by name."""
    rows = ibis.union(*(tables[short].select(_KEY) for short in _EVERYWHERE), distinct=True)
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    unknown = False
    for row in engine.connection.to_pyarrow(rows).to_pylist():
        if row["OrgIDProv"] is None or row["UniqMonthID"] is None:
            unknown = True
            continue
        found[row["OrgIDProv"], int(row["UniqMonthID"])].add(row["UniqSubmissionID"])
    submissions = Submissions({key: tuple(sorted(found[key], key=_order)) for key in sorted(found)})
    findings += [_replaced(*key, old) for key, old in submissions.replaced.items()]
    findings += _gaps(submissions)
    if unknown:
        findings.append(_unknown())
    return submissions


def _order(submission: str) -> tuple[int, int, str]:
    return (1, int(submission), "") if submission.isdigit() else (0, 0, submission)


def _replaced(provider: str, month: int, old: tuple[str, ...]) -> Finding:
    what = f"{month_name(month)} was submitted {len(old) + 1} times (earlier: {', '.join(old)})."
    problem = Problem(
        f"Provider {provider}", what, "Only the latest submission counts; nothing need be done."
    )
    return Finding("month_twice", problem, months=(month,), provider=provider)


def _gaps(submissions: Submissions) -> list[Finding]:
    """Months of the extract that a provider did not send, between its first and its last."""
    sent: dict[str, set[int]] = defaultdict(set)
    for provider, month in submissions.every:
        sent[provider].add(month)
    found = []
    for provider, months in sent.items():
        absent = tuple(sorted(set(range(min(months), max(months))) - months))
        if absent:
            what = f"Nothing was submitted for {', '.join(map(month_name, absent))}."
            problem = Problem(f"Provider {provider}", what, "Their figures are “not submitted”, never zero.")
            found.append(Finding("missing_month", problem, months=absent, provider=provider))
    return found


def _unknown() -> Finding:
    what = "Some rows say neither which provider nor which month they are of."
    mend = "Add OrgIDProv and UniqMonthID columns, or MHS000Header, or put the month in the file name."
    return Finding("no_provider_or_month", Problem("MHS001MPI and MHS101Referral", what, mend))


def latest_only(
    tables: Mapping[str, ir.Table], submissions: Submissions, *, engine: Engine
) -> dict[str, ir.Table]:
    """The rows of the latest submissions. The same tables where no month was sent twice."""
    old = [(*month, submission) for month, gone in submissions.replaced.items() for submission in gone]
    if not old:
        return dict(tables)
    if len(old) <= FEW:
        return {
            short: table.filter(*(_is_not(table, *one) for one in old)) for short, table in tables.items()
        }
    given = engine.view("given_replaced", ibis.memtable(old, columns=_KEY))
    replaced = engine.materialise("replaced_submissions", given)
    return {short: table.anti_join(replaced, _KEY) for short, table in tables.items()}


def _is_not(table: ir.Table, provider: str, month: int, submission: str) -> ir.BooleanValue:
    # A row that does not say whose it is was not replaced.
    same = (
        (table.UniqMonthID == month) & (table.OrgIDProv == provider) & (table.UniqSubmissionID == submission)
    )
    return ~same.fill_null(False)
