"""A study run whole: from a protocol and its data to results."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from ithrive.evaluation.looks import LookTaken, why_not_show_contrasts
from ithrive.evaluation.protocol import Frozen, Outcome, Protocol, Standing, canonical, fingerprint
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.study.as_json import rounded
from ithrive.evaluation.study.balance import balance_result
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.effects import found, judged_together
from ithrive.evaluation.study.families import family_results
from ithrive.evaluation.study.flow import flow
from ithrive.evaluation.study.implementation import implementation
from ithrive.evaluation.study.one_outcome import Run, outcome_result
from ithrive.evaluation.study.prepared import Prepared, prepared
from ithrive.evaluation.study.received import quality, states_of
from ithrive.evaluation.study.results import LookShown, StandingResult, StudyResults, WaveName
from ithrive.evaluation.study.sources import Sources
from ithrive.periods import Quarter
from ithrive.problems import BadInput, Problem

LOOKED = (
    "The study was looked at while it ran: what the primary family found is what crossed at the looks;"
    " p and intervals here take no account of them."
)
WORKING = "Working out outcomes"
Progress = Callable[[str, int, int], None]
FORM = 3  # of results.json; it grows when a reader of the old form would go wrong


def run_study(
    protocol: Protocol,
    standing: Standing,
    data: StudyData,
    *,
    at: datetime,
    frozen: Frozen | None = None,
    ledger: Sequence[LookTaken] = (),
    progress: Progress = lambda what, done, total: None,
) -> StudyResults:
    """Everything the protocol asks of the data, each number with its source, each gap with its reason.

    `standing` is what the analysis may call itself; `at` is the moment to write on the results. The same
    protocol, standing, data and moment give the same bytes of JSON. `progress` is called before every
    outcome, and once all are done.
    Raises BadInput for a moment without a time zone, or a primary outcome without any figure.
    """
    _refuse(protocol, data, at)
    last = data.last_quarter
    assert last is not None  # a primary outcome has figures
    standing = _early(protocol, standing, last, ledger)
    sources, shared = Sources(data.files), Shared()
    ready = _ready(protocol, data, last)
    cores = {
        name: found(each.panel, each.outcome, analysis=protocol.analysis, shared=shared)
        for name, each in ready.items()
    }
    families = judged_together(protocol, cores)
    crossed = frozenset(name for each in ledger for name in each.crossed) if ledger else None
    run = Run(protocol, standing, data, last, sources, shared, crossed)
    outcomes = []
    for done, each in enumerate(_in_order(protocol)):
        progress(WORKING, done, len(protocol.outcomes))
        family_p = families[each.family][each.id]
        outcomes.append(outcome_result(run, ready[each.id], cores[each.id], family_p))
    progress(WORKING, len(outcomes), len(outcomes))
    waves = f"{protocol.quarters[0].label} to {last.label}"
    return rounded(
        StudyResults(
            form=FORM,
            study=protocol.id,
            name=protocol.name,
            question=protocol.question,
            fictional=protocol.fictional,
            at=at.astimezone(UTC).isoformat(timespec="seconds"),
            disclosure=protocol.disclosure,
            alpha=protocol.analysis.alpha,
            standing=_standing(protocol, standing, frozen),
            looks=tuple(map(_look, ledger)),
            files=tuple(sorted(data.files, key=lambda each: each.what)),
            dropped=tuple(sorted(data.dropped, key=lambda each: (each.file, each.what, each.why))),
            waves=_waves(protocol),
            flow=flow(protocol, data, ready, sources, waves),
            balance=balance_result(protocol, data.covariates, sources),
            quality=quality(states_of(protocol, data.figures, last), sources, waves),
            implementation=implementation(protocol, data, ready, sources, on=at.astimezone(UTC).date()),
            families=family_results(protocol, families, cores, sources, waves, crossed),
            outcomes=tuple(outcomes),
            sources=sources.all,
            notes=_notes(protocol, last, ledger),
        )
    )


def _refuse(protocol: Protocol, data: StudyData, at: datetime) -> None:
    problems = []
    if at.tzinfo is None:
        problems.append(
            Problem("Results", "The moment has no time zone.", "Give it with its zone, such as UTC.")
        )
    for outcome in protocol.primary:
        if not any(each.cell.is_figure for each in data.figures.get(outcome.id, {}).values()):
            what = "This primary outcome has not one figure."
            problems.append(Problem(f"Outcome {outcome.id}", what, "Add its figures, or amend the protocol."))
    if problems:
        raise BadInput(problems)


def _early(protocol: Protocol, standing: Standing, last: Quarter, ledger: Sequence[LookTaken]) -> Standing:
    """Arms compared before the study ends, and before a look crossed: one more look, that nobody planned."""
    early = why_not_show_contrasts(ledger, ended=last >= protocol.quarters[-1])
    if early and standing.confirmatory:
        what = "Arms were compared before the study ended and before any look crossed its boundary."
        return Standing(False, what)
    return standing


def _ready(protocol: Protocol, data: StudyData, last: Quarter) -> Mapping[str, Prepared]:
    return {
        each.id: prepared(protocol, each, data.figures.get(each.id, {}), mergers=data.mergers, last=last)
        for each in protocol.outcomes
    }


def _in_order(protocol: Protocol) -> list[Outcome]:
    """Primary outcomes first, then by id: the order of the file says nothing."""
    return sorted(protocol.outcomes, key=lambda each: (each.family != "primary", each.id))


def _standing(protocol: Protocol, standing: Standing, frozen: Frozen | None) -> StandingResult:
    sealed = frozen.first.at.astimezone(UTC).isoformat(timespec="seconds") if frozen else ""
    amendments = (
        tuple((each.reason, "; ".join(changes)) for each, changes in frozen.amendments) if frozen else ()
    )
    return StandingResult(
        standing.label, standing.reason, fingerprint(canonical(protocol)), sealed, amendments
    )


def _look(taken: LookTaken) -> LookShown:
    return LookShown(
        wave=taken.wave,
        at=taken.at.astimezone(UTC).isoformat(timespec="seconds"),
        by=taken.by,
        information=taken.information,
        may_be_spent=taken.may_be_spent,
        threshold=taken.threshold,
        crossed=taken.crossed,
    )


def _waves(protocol: Protocol) -> tuple[WaveName, ...]:
    first = -protocol.waves.retrospective
    return tuple(
        WaveName(first + step, quarter.label, first + step in protocol.waves.assessments)
        for step, quarter in enumerate(protocol.quarters)
    )


def _notes(protocol: Protocol, last: Quarter, ledger: Sequence[LookTaken]) -> tuple[str, ...]:
    found = []
    if ledger:
        found.append(LOOKED)
    if last < protocol.quarters[-1]:
        found.append(
            f"Figures have come up to {last.label}; the study ends with {protocol.quarters[-1].label}."
        )
    if protocol.waves.retrospective + 1 < 3:
        found.append("With fewer than three waves before the start, little shows whether arms moved alike.")
    return tuple(found)
