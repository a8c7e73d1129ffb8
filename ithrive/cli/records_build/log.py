"""The run log: what was read, what was found wrong with it, and what became of the figures, in Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ithrive.cli.records_build.asked import Asked
from ithrive.cli.records_build.needed import fields_of, rests_on
from ithrive.cli.records_build.returned import Built
from ithrive.cli.records_build.vintage import Vintage
from ithrive.measures import CellState, measures
from ithrive.records.checks import CheckReport
from ithrive.records.grouping import METHODS, MethodBreak, method_breaks
from ithrive.records.indicators import differences_as_text
from ithrive.records.indicators.registry import Mode
from ithrive.records.model import month_start, stand_ins

FEW = 5
SHOWN = 2  # rows named for each rule
# Findings of these kinds are many and seldom matter: they are counted.
COUNTED = frozenset({"missing_column"})


def run_log(asked: Asked, report: CheckReport, vintage: Vintage, returns: Sequence[Built]) -> str:
    parts = (
        _what(asked, report, vintage),
        _findings(report),
        _checks(report, hide=bool(asked.suppress)),
        _grades(report),
        _states(returns),
        _methods(returns),
        _submissions(report),
        _rules(asked),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _what(asked: Asked, report: CheckReport, vintage: Vintage) -> Iterator[str]:
    months = report.extract.months
    yield "# Run log of `ithrive records build`\n"
    first, last = (f"{month_start(month):%Y-%m}" for month in (months[0], months[-1]))
    yield f"- Extract: {asked.extract.name}, {first} to {last}"
    yield f"- Digest of the {vintage.files} files read: `{vintage.digest}`"
    yield f"- Quarters: {', '.join(quarter.label for quarter in asked.quarters)}"
    yield f"- Rules: {asked.mode.value}; engine: {asked.engine}; age at most {asked.rules.oldest}"
    shown = f"figures as the rule “{asked.suppress}” shows them" if asked.suppress else "small counts stand"
    yield f"- Disclosure: {shown}\n"


def _findings(report: CheckReport) -> Iterator[str]:
    yield "## What the reading met\n"
    needed = {place for measure in measures().values() for place in rests_on(measure)}
    untold = Counter[str]()
    for finding in report.findings:
        if finding.code not in COUNTED or {(finding.table, name) for name in finding.fields} & needed:
            yield f"- {finding.problem}"
        else:
            untold[finding.code] += 1
    yield from (f"- {times} of the kind “{code}” that no figure rests on" for code, times in untold.items())
    yield "" if report.findings else "Nothing.\n"


def _checks(report: CheckReport, *, hide: bool) -> Iterator[str]:
    yield "## What the checks found\n"
    if not report.failed:
        yield "Nothing.\n"
        return
    yield "| Rule | Severity | Rows | What it says | First in |\n|---|---|---|---|---|"
    for each in report.failed:
        rows = f"fewer than {FEW}" if hide and each.rows < FEW else f"{each.rows:,}"
        first = "" if hide else "; ".join(f"{file} row {row}" for file, row in each.sample[:SHOWN])
        yield f"| {each.rule.code} | {each.rule.severity} | {rows} | {each.rule.sentence} | {first} |"
    yield "\n`ithrive records check --errors errors.csv` writes every one by file and row."
    yield ""


def _grades(report: CheckReport) -> Iterator[str]:
    """Fields that figures rest on and that are poor somewhere: in how many of the months that have rows."""
    yield "## Fields of poor quality that figures rest on\n"
    wanted = {place for measure in measures().values() for place in fields_of(measure)}
    poor, there = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for short, name, provider, month in report.quality:
        if (short, name) not in wanted:
            continue
        grade = report.quality_grade(short, name, provider, month)
        there[short, name, provider] += grade != "no rows"
        poor[short, name, provider] += grade == "poor"
    found = [place for place in poor if poor[place]]
    if not found:
        yield "None.\n"
        return
    yield "| Field | Provider | Months poor | Months with rows |\n|---|---|---|---|"
    for short, name, provider in sorted(found, key=str):
        place = (short, name, provider)
        yield f"| {short}.{name} | {provider} | {poor[place]} | {there[place]} |"
    yield ""


def _states(returns: Iterable[Built]) -> Iterator[str]:
    yield "## Figures\n"
    yield "| Site | Quarter | " + " | ".join(state.value for state in CellState) + " |"
    yield "|---" * (len(CellState) + 2) + "|"
    reasons: dict[str, list[str]] = {}
    for built in returns:
        who = f"{built.identity.area_name} | {built.identity.quarter.label}"
        figures = built.figures.figures
        states = Counter(figure.cell.state for figure in figures.values())
        yield f"| {who} | " + " | ".join(str(states[state]) for state in CellState) + " |"
        for key, figure in figures.items():
            if figure.cell.state in (CellState.NOT_SUBMITTED, CellState.WITHHELD):
                codes = reasons.setdefault(f"{who.replace(' | ', ', ')}: {figure.reason}", [])
                if key.measure not in codes:
                    codes.append(key.measure)
    yield "\nWhy figures are missing:\n"
    yield from (f"- {reason} ({', '.join(codes)})" for reason, codes in reasons.items())
    yield ""


def _methods(returns: Sequence[Built]) -> Iterator[str]:
    yield "## How groupings are known\n"
    yield "| Site | Quarter | " + " | ".join(method.means for method in METHODS) + " |"
    yield "|---" * (len(METHODS) + 2) + "|"
    for built in returns:
        counts = built.method_counts()
        shares = [
            f"{counts[method] / (sum(counts.values()) or 1):.0%}" if counts else "–" for method in METHODS
        ]
        yield f"| {built.identity.area_name} | {built.identity.quarter.label} | {' | '.join(shares)} |"
    found = [one.sentence for one in breaks(returns)]
    yield "\nSeries breaks:\n"
    yield from (f"- {sentence}" for sentence in found or ["None."])
    yield ""


def breaks(returns: Iterable[Built]) -> tuple[MethodBreak, ...]:
    """Where the way groupings are known changed so much that series break, in every site."""
    series: dict[str, list[Built]] = {}
    for built in returns:
        series.setdefault(built.identity.area_name, []).append(built)
    return tuple(
        one
        for site, those in series.items()
        for one in method_breaks(site, ((each.identity.quarter, each.method_counts()) for each in those))
    )


def _submissions(report: CheckReport) -> Iterator[str]:
    yield "## Submissions that count\n"
    yield "| Provider | Months | First | Last | Submissions |\n|---|---|---|---|---|"
    by_provider: dict[str, dict[int, str]] = {}
    for (provider, month), submission in report.extract.submissions.latest.items():
        by_provider.setdefault(provider, {})[month] = submission
    for provider, months in by_provider.items():
        first, last = (f"{month_start(month):%Y-%m}" for month in (min(months), max(months)))
        sent = ", ".join(dict.fromkeys(months.values()))
        yield f"| {provider} | {len(months)} | {first} | {last} | {sent} |"
    yield ""


def _rules(asked: Asked) -> Iterator[str]:
    if sets := stand_ins(asked.rules.own):
        yield "## Stand-ins\n"
        yield (
            f"H3 rests on examples where the members of {len(sets)} reference sets are not public: "
            f"{', '.join(sets)}. Put the real ones into your own reference_sets.csv and give its folder as "
            "--own; until then, take H3 for practice only.\n"
        )
    if asked.mode is Mode.PARITY:
        yield "## What parity reproduces, and corrected mends\n"
        yield differences_as_text()
