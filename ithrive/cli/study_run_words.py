"""What the command says of a run and of a look."""

from pathlib import Path

from ithrive.evaluation.protocol import Standing
from ithrive.evaluation.study import Look, StudyResults


def ran(found: StudyResults, out: Path) -> str:
    """The standing first, then the outcomes, what was not used, and where everything is."""
    quality = found.quality.all
    lines = [
        f"{found.name}: {found.standing.label}. {found.standing.reason}",
        f"{quality.received:,} of {quality.expected:,} expected figures came ({quality.grade}).",
        *(f"{each.family.capitalize()}. {each.sentence}" for each in found.outcomes),
        *(f"{each.file}: {each.what}, {_rows(each.rows)} not used. {each.why}" for each in found.dropped),
        *found.notes,
        f"Written to {out}: results.json and tables.",
    ]
    return "\n".join(lines)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def looked(taken: Look, standing: Standing, ledger: str) -> str:
    return "\n".join(
        (
            taken.sentence,
            f"The look is {standing.label}. {standing.reason}",
            f"It stands in {ledger} for good: keep that file, and the folder beside it, with the protocol.",
        )
    )
