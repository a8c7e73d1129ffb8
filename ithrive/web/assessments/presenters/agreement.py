"""How far the raters of a round agreed: every statistic with its interval, or why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ithrive.assessments.agreement import STATISTICS, Agreement, AgreementReport, Statistic
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.models import RaterOnRound
from ithrive.web.assessments.presenters.figures import MINUS, counted
from ithrive.web.components import parts
from ithrive.web.components.parts import Params

NOT_COMPUTABLE = "not computable"
BRACKETS = "In brackets: 95% intervals."
MIXED = "Staff’s and young people’s views are compared too, and may differ for good reasons."


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """`reasons` say why cells are not computable, or have no interval."""

    sentence: str
    table: Params
    reasons: tuple[str, ...]
    explained: tuple[Statistic, ...]
    practice: tuple[str, ...]


def agreement_part(
    report: AgreementReport, instrument: Instrument, raters: Sequence[RaterOnRound]
) -> AgreementPart:
    """For the page on agreement while scores are moderated, and for the profile ever after."""
    columns = [("Overall", report.overall)]
    columns += [(level.name, report.levels[level.code]) for level in instrument.level]
    lines = [dict(agreement.lines()) for _, agreement in columns]
    rows = [(each.title, *(_figure(line[each], each.code) for line in lines)) for each in STATISTICS]
    rows.append(("Statements compared", *(_compared(agreement) for _, agreement in columns)))
    headings = ("Statistic", *(name for name, _ in columns))
    return AgreementPart(
        _sentence(report.overall, raters),
        parts.table("Agreement between raters", headings, rows, numeric=range(1, len(headings))),
        tuple(_reasons(columns)),
        STATISTICS,
        tuple(_practice(raters)),
    )


def _sentence(overall: Agreement, raters: Sequence[RaterOnRound]) -> str:
    left_out = overall.cannot_rate + overall.missing
    return (
        f"{counted(overall.raters, 'rater', 'raters')}, blind to each other. Worked out from what they "
        "handed in before anyone saw another’s scores"
        + (f"; {counted(left_out, 'rating', 'ratings')} without a score left out." if left_out else ".")
        + (f" {MIXED}" if len({each.view for each in raters}) > 1 else "")
        + f" {BRACKETS}"
    )


def _compared(found: Agreement) -> str:
    return f"{found.compared} of {found.statements}"


def _figure(found: Estimate | NotComputable, statistic: str) -> str:
    if isinstance(found, NotComputable):
        return NOT_COMPUTABLE
    unit, decimals = ("%", 0) if statistic == "percent" else ("", 2)
    value = f"{_plain(found.value, decimals)}{unit}"
    if found.low is None or found.high is None:
        return f"{value} (no interval)"
    return f"{value} ({_plain(found.low, decimals)} to {_plain(found.high, decimals)}{unit})"


def _plain(figure: float, decimals: int) -> str:
    """Rounded, with a proper minus sign, and without one before nought."""
    return f"{round(figure, decimals) + 0.0:.{decimals}f}".replace("-", MINUS)


def _reasons(columns: Iterable[tuple[str, Agreement]]) -> Iterable[str]:
    """Each reason once, with the columns and statistics it holds for."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, agreement in columns:
        for statistic, estimate in agreement.lines():
            reason = estimate.reason if isinstance(estimate, NotComputable) else estimate.note
            if reason:
                found.setdefault(reason, {}).setdefault(name, []).append(statistic.title)
    for reason, places in found.items():
        held = "; ".join(
            f"{name} (all)" if len(titles) == len(STATISTICS) else f"{name} ({', '.join(titles)})"
            for name, titles in places.items()
        )
        yield f"{held}: {reason}"


def _practice(raters: Sequence[RaterOnRound]) -> Iterable[str]:
    """What raters' practice before rating told. They are not named: the round is judged, not they."""
    for number, rater in enumerate(raters, 1):
        told = rater.calibration
        yield (
            f"Rater {number} gave the reference score to {told['same']} of {told['scenes']} practice scenes, "
            f"and came within one step on {told['within_one']}."
            if told
            else f"Rater {number} did not practise before this round."
        )
