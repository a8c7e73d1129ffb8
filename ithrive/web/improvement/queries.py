"""Finding what is recorded beside measures. Who may read it is asked before: `request.areas`."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from ithrive import improvement
from ithrive.improvement import NATIONAL_EVENTS, Annotation, AnnotationKind, Decision, cycle_annotations
from ithrive.improvement.mergers import merger_annotations
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import LocalArea
from ithrive.web.improvement.models import ChartNote, Cycle, Rebase


def notes_of(area: LocalArea, measure: str) -> QuerySet[ChartNote]:
    return ChartNote.objects.filter(area=area, measure=measure).select_related("area__country")


def rebases_of(area: LocalArea, measure: str) -> QuerySet[Rebase]:
    return Rebase.objects.filter(area=area, measure=measure).select_related("area__country")


def cycles_of(area: LocalArea) -> QuerySet[Cycle]:
    """The tests of change of an area, the latest first."""
    return Cycle.objects.filter(area=area).select_related("area__country", "after", "added_by")


def annotations_of(area: LocalArea, measure: str) -> tuple[Annotation, ...]:
    """Everything that a chart of this measure is annotated with: tests of change, notes, mergers, and what
    happened to all.
    """
    return recorded_beside(area, [measure])[measure][0]


def shared_annotations(area: LocalArea) -> tuple[Annotation, ...]:
    """What is annotated on the charts of every measure of an area. A fictional country has its own events."""
    gazetteer = gazetteer_of(area.country.slug)
    national = () if area.country.fictional else NATIONAL_EVENTS
    return (*merger_annotations(gazetteer, area.kind, area.code), *national)


def recorded_rebases(area: LocalArea, measure: str) -> tuple[improvement.Rebase, ...]:
    """The rebases as recorded. Before they go into a series, `rebases_among` fits them to its figures."""
    return tuple(as_rebase(row) for row in rebases_of(area, measure))


def recorded_beside(
    area: LocalArea, measures: Iterable[str]
) -> Mapping[str, tuple[tuple[Annotation, ...], tuple[improvement.Rebase, ...]]]:
    """Annotations and rebases of many measures of one area, in three queries for all."""
    wanted, shared = list(measures), shared_annotations(area)
    notes: dict[str, list[Annotation]] = {measure: [] for measure in wanted}
    rebases: dict[str, list[improvement.Rebase]] = {measure: [] for measure in wanted}
    for note in ChartNote.objects.filter(area=area, measure__in=wanted):
        notes[note.measure].append(as_annotation(note))
    for cycle in Cycle.objects.filter(area=area, measure__in=wanted).order_by("started", "pk"):
        notes[cycle.measure] += cycle_annotations(as_cycle(cycle))
    for rebase in Rebase.objects.filter(area=area, measure__in=wanted):
        rebases[rebase.measure].append(as_rebase(rebase))
    return {each: ((*notes[each], *shared), tuple(rebases[each])) for each in wanted}


def as_annotation(row: ChartNote) -> Annotation:
    return Annotation(row.day, AnnotationKind(row.kind), row.words)


def as_rebase(row: Rebase) -> improvement.Rebase:
    return improvement.Rebase(row.on, row.reason, row.decided_by)


def as_cycle(row: Cycle) -> improvement.Cycle:
    decision = Decision(row.decision) if row.decision else None
    return improvement.Cycle(
        row.change, row.aim, row.prediction, row.plan, row.started, row.ended, row.found, decision
    )
