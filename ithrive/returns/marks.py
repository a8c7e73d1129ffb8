"""What was found, in the words that stand beside a figure."""

from collections.abc import Iterable

from ithrive.returns.findings import Finding, Severity


def look_at(findings: Iterable[Finding]) -> str:
    """One line for each finding, saying first whether it must be mended or explained."""
    return "\n".join(f"{_head(each)}: {each.what} {each.mend}" for each in findings)


def _head(finding: Finding) -> str:
    if finding.severity is Severity.MUST_FIX:
        return "Must fix"
    return "Query, answered" if finding.answer else "Query"
