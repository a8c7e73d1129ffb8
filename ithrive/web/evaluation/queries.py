"""Finding studies and what belongs to them. Who may see it is asked before: `request.areas`, `sights`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from ithrive.evaluation.looks import LookTaken, from_lines
from ithrive.evaluation.protocol import (
    Frozen,
    Protocol,
    Standing,
    canonical,
    differences,
    read_frozen,
    read_protocol,
    standing,
)
from ithrive.web.areas.models import LocalArea, Place
from ithrive.web.areas.reach import Reach
from ithrive.web.evaluation.life import TOLD, State
from ithrive.web.evaluation.models import LookLine, ProtocolVersion, Study, StudyRun, StudySite
from ithrive.web.rights import Right


@dataclass(frozen=True)
class StudyNow:
    """A study with its latest protocol, its frozen record and its ledger, each read once."""

    study: Study
    version: ProtocolVersion
    record: str

    @cached_property
    def protocol(self) -> Protocol:
        return read_protocol(self.version.text.encode(), name=f"{self.study.slug}.toml")

    @cached_property
    def frozen(self) -> Frozen | None:
        return (
            read_frozen(self.record.encode(), name=f"{self.study.slug}.frozen.json") if self.record else None
        )

    @cached_property
    def lines(self) -> tuple[LookLine, ...]:
        return tuple(self.study.looks.select_related("taken_by").order_by("at", "pk"))

    @cached_property
    def ledger(self) -> tuple[LookTaken, ...]:
        """Raises BadInput where a line was altered."""
        return from_lines("".join(each.line for each in self.lines), name=f"{self.study.slug}.looks.jsonl")

    @property
    def kept(self) -> Mapping[int, str]:
        """The figures of each look, by its wave."""
        return {each.wave: each.figures for each in self.lines}

    @property
    def seen(self) -> datetime | None:
        """When outcomes by arm were looked at first."""
        return self.ledger[0].at if self.ledger else None

    @property
    def standing(self) -> Standing:
        return standing(self.protocol, self.frozen, seen=self.seen)

    @property
    def changes(self) -> tuple[str, ...]:
        """In what the latest protocol differs from the frozen one; nothing where none is frozen."""
        return differences(self.frozen.current.words, canonical(self.protocol)) if self.frozen else ()


def studies(reach: Reach) -> QuerySet[Study]:
    """The studies that a person may know of: all for evaluators, else those of which results are released."""
    if reach.may(Right.SEE_STUDY):
        return Study.objects.order_by("name", "pk")
    return released_studies()


def released_studies() -> QuerySet[Study]:
    return Study.objects.filter(runs__state=State.RELEASED).distinct().order_by("name", "pk")


def every_study() -> QuerySet[Study]:
    """Every study. The caller asks for the right, or for the protocol's own words, first."""
    return Study.objects.order_by("name", "pk")


def study_now(study: Study) -> StudyNow:
    versions = list(study.protocols.order_by("number"))
    record = next((each.frozen for each in reversed(versions) if each.frozen), "")
    return StudyNow(study, versions[-1], record)


def runs_of(study: Study) -> QuerySet[StudyRun]:
    """Its runs, the latest first, without their results."""
    return study.runs.select_related("asked_by", "released_by").defer("results").order_by("-number")


def run_of(study: Study, number: int) -> StudyRun | None:
    return study.runs.select_related("study", "asked_by", "released_by").filter(number=number).first()


def released_run(study: Study) -> StudyRun | None:
    """The results that the public reads: those released last."""
    return study.runs.filter(state=State.RELEASED).order_by("-released_at", "-pk").first()


def told_run(study: Study) -> StudyRun | None:
    """The latest run that has results, released or not."""
    return study.runs.filter(state__in=TOLD).order_by("-number").first()


def areas_of(study: Study) -> Mapping[str, LocalArea]:
    """The areas of a study by the id of their site. Confidential: comparison sites are among them."""
    found = study.sites.select_related("area__country").order_by("site")
    return {each.site: each.area for each in found}


def own_sites(reach: Reach) -> QuerySet[StudySite]:
    """The sites whose own report a person may read: those of their own areas, and for others accelerators."""
    found = StudySite.objects.select_related("study", "area__country").order_by("study__name", "area__name")
    if reach.may(Right.SEE_COMPARISON):
        return found
    # Belonging to the area is the right that only its own people hold: see `rights.RIGHTS`.
    own = found.filter(area__in=reach.having(Right.SEE_REFLECTION))
    return own | found.filter(area__in=reach.having(Right.SEE_RETURNS)).exclude(arm="comparison")


def area_of_site(country: str, geography: str, code: str) -> LocalArea | None:
    """The local area that a protocol names by its code in a geography."""
    place = Place.objects.select_related("local_area__country").filter(
        geography__country__slug=country, geography__key=geography, local_area__code=code
    )
    found = place.first()
    return found.local_area if found else None


def comparison_names(study: Study) -> tuple[str, ...]:
    """Every name by which somebody could know a comparison site of a study. Confidential."""
    found = study.sites.filter(arm="comparison").order_by("site")
    rows = found.values_list("site", "area__name", "area__code")
    return tuple(dict.fromkeys(name for row in rows for name in row))
