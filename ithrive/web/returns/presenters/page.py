"""The words of one return's page: where it stands, what the checks found, what was asked, its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.returns import Finding, ReturnForm, Severity
from ithrive.returns.life import State
from ithrive.web.accounts.models import Person
from ithrive.web.components.parts import Params, summary_list, table
from ithrive.web.returns.models import QuarterlyReturn, Query, SentFile, Version
from ithrive.web.returns.paths import area_returns_path, figure_path, return_path, section_of
from ithrive.web.returns.presenters.words import CAME_BY, arrived, now, state_tag
from ithrive.web.returns.versions import in_force, under_way

MOST_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class QueryShown:
    about: str
    href: str
    asks: str
    asked: str
    answer: str
    answered: str
    answer_href: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    title: str
    tag: Params
    facts: Params
    found: str
    unexplained: int
    findings: Params | None
    queries: tuple[QueryShown, ...]
    sections: tuple[tuple[str, str], ...]
    versions: Params | None
    files: tuple[tuple[str, str], ...]
    back: str


def return_page(
    found: QuarterlyReturn,
    form: ReturnForm,
    versions: list[Version],
    *,
    findings: Sequence[Finding],
    queries: Sequence[Query],
    files: Sequence[SentFile],
    today: date,
    may_send: bool,
) -> ReturnPage:
    current = under_way(versions) or in_force(versions)
    fillable = may_send and current is not None and current.state in {State.DRAFT, State.QUERIED}
    return ReturnPage(
        title=f"{found.area.name}: figures for {found.quarter.label}",
        tag=state_tag(current.state) if current else {"text": now(found, versions, today)},
        facts=summary_list(_facts(found, versions, current, today)),
        found=found_in_words(findings) if current else "",
        unexplained=_unexplained(findings),
        findings=findings_table(found, form, findings) if findings else None,
        queries=tuple(_query(found, form, each, may_answer=fillable) for each in queries),
        sections=tuple(
            (title, return_path(found, "fill", section_of(title))) for title in form.sheets if fillable
        ),
        versions=_versions(found, versions) if versions else None,
        files=tuple((_file(each), return_path(found, "original", each.pk)) for each in files),
        back=area_returns_path(found.area),
    )


def found_in_words(findings: Sequence[Finding]) -> str:
    """How much has to be done before it can be submitted."""
    wrong = sum(each.severity is Severity.MUST_FIX for each in findings)
    asked = _unexplained(findings)
    answered = len(findings) - wrong - asked
    if not findings:
        return "The checks found nothing."
    said = [f"{wrong:,} to mend"] if wrong else []
    said += [f"{asked:,} to explain"] if asked else []
    said += [f"{answered:,} explained"] if answered else []
    return f"The checks found {', '.join(said)}."


def _unexplained(findings: Sequence[Finding]) -> int:
    return sum(each.severity is Severity.QUERY and not each.answer for each in findings)


def findings_table(found: QuarterlyReturn | None, form: ReturnForm, findings: Sequence[Finding]) -> Params:
    """What was found, by cell: first what stands in the way. `found`: None where nothing can be filled in."""
    ordered = sorted(findings, key=lambda each: (bool(each.answer), each.severity is not Severity.MUST_FIX))
    rows = [
        (_what(each), _where(found, form, each), each.what, each.answer or each.mend)
        for each in ordered[:MOST_FINDINGS]
    ]
    more = len(findings) - len(rows)
    caption = f"What the checks found (the first {len(rows)})" if more else "What the checks found"
    return table(caption, ["To do", "Cell", "What was found", "How to mend it, or the reason given"], rows)


def _what(finding: Finding) -> str:
    if finding.severity is Severity.MUST_FIX:
        return "Must fix"
    return "Explained" if finding.answer else "Query"


def _where(found: QuarterlyReturn | None, form: ReturnForm, finding: Finding) -> object:
    if found is None or finding.key is None or finding.key not in form.by_key:
        return finding.place
    return finding.place, figure_path(found, form, finding.key)


def _facts(
    found: QuarterlyReturn, versions: list[Version], current: Version | None, today: date
) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Stands at", now(found, versions, today)),
        ("Due on", plain_day(found.due_on)),
        ("Taken until", f"{plain_day(found.closes_on)}; later only if the programme opens it again"),
        ("First received on", arrived(found, versions)),
    ]
    if current:
        facts.append(("Version", f"{current.number}, by {CAME_BY.get(current.came_by, current.came_by)}"))
        facts += _moved(current)
        if current.resubmitted_because:
            facts.append(("Sent again because", current.resubmitted_because))
        if current.notes:
            facts.append(("Notes", current.notes))
    return facts


def _moved(version: Version) -> list[tuple[str, object]]:
    moves = (
        ("Submitted by", version.submitted_by, version.submitted_at),
        ("Signed off by", version.signed_off_by, version.signed_off_at),
    )
    return [(what, f"{name(who)}, {plain_day(timezone.localdate(at))}") for what, who, at in moves if at]


def name(person: Person | None) -> str:
    return person.name if person else "the platform"


def _query(found: QuarterlyReturn, form: ReturnForm, query: Query, *, may_answer: bool) -> QueryShown:
    line = form.by_code.get(query.key)
    about = f"{line.measure_title}: {line.title} ({line.whom})" if line else "The whole return"
    answered = f"{name(query.answered_by)}, {_at(query.answered_at)}" if query.answered_at else ""
    return QueryShown(
        about, figure_path(found, form, line.key) if line and may_answer else "", query.asks,
        f"{name(query.asked_by)}, {_at(query.asked_at)}", query.answer, answered,
        return_path(found, "answer", query.pk) if may_answer else "",
    )  # fmt: skip


def _at(moment: datetime) -> str:
    return plain_day(timezone.localdate(moment))


def _versions(found: QuarterlyReturn, versions: Sequence[Version]) -> Params:
    rows = [
        (
            f"Version {each.number}" if each.number == 1
            else (f"Version {each.number}: what it changes", return_path(found, "differences", each.number)),
            each.state.capitalize(),
            _day(each.submitted_at),
            _day(each.signed_off_at),
            each.resubmitted_because,
        )
        for each in versions
    ]  # fmt: skip
    return table("Versions", ["Version", "State", "Submitted", "Signed off", "Why it was sent again"], rows)


def _day(moment: datetime | None) -> str:
    return _at(moment) if moment else ""


def _file(file: SentFile) -> str:
    return f"{file.name}, sent {_at(file.sent_at)} by {name(file.sent_by)}"
