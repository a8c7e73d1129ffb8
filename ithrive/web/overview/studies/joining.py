"""What a study rests on, from what areas sent and the programme holds: one value for the pure evaluation.

Whoever calls asks for the right first: comparison sites are among the areas.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study import (
    Assessed,
    Covariates,
    FileRead,
    Merger,
    OutcomeFigures,
    Quotation,
    StudyData,
    panel_from_figures,
)
from ithrive.measures import cell_text
from ithrive.periods import Quarter
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import LocalArea
from ithrive.web.evaluation.models import Study
from ithrive.web.evaluation.queries import areas_of
from ithrive.web.overview.studies import implementing, places, scoring, speaking
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.queries import signed_off_figures


def study_data(study: Study, protocol: Protocol, *, at: datetime) -> StudyData:
    """Everything the study rests on as it stood at the end of the day of `at`: figures signed off by then,
    scores agreed, pulses closed and evidence dated by then.
    """
    areas = areas_of(study)
    figures = outcome_figures(protocol, areas, at=at)
    assessed = scoring.assessed(protocol, areas, at=at)
    quotations = speaking.quotations(protocol, areas, at=at)
    covariates = _covariates(protocol, areas)
    evidence = implementing.evidence(protocol, areas, at=at)
    return StudyData(
        figures=figures,
        assessed=assessed,
        progress=implementing.step_shares(protocol, areas, at=at),
        moderators=implementing.moderators(protocol, areas, at=at),
        covariates=covariates,
        evidence=evidence,
        quotations=quotations,
        mergers=_mergers(protocol, areas),
        files=(
            _read("figures", _figures_as_text(figures), at),
            _read("assessments", _scores_as_text(assessed), at),
            _read("evidence", [[each.site, each.on.isoformat(), each.kind] for each in evidence], at),
            *([_read("quotations", _words_as_text(quotations), at)] if quotations else ()),
        ),
    )


def outcome_figures(
    protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime
) -> Mapping[str, OutcomeFigures]:
    """The figures of every outcome of these sites, as signed off by the end of that day."""
    sites = {area.pk: site for site, area in areas.items()}
    returns = QuarterlyReturn.objects.filter(
        area__in=list(sites), quarter_starts__in=[each.starts for each in protocol.quarters]
    )
    measures = {each.measure for each in protocol.outcomes}
    day = timezone.localdate(at)
    told = signed_off_figures(returns, measures=measures, as_at=None if day >= timezone.localdate() else day)
    sent = {(sites[number], quarter): cells for (number, quarter), cells in told.items()}
    people = places.people(protocol, areas)
    return panel_from_figures(protocol, sent, people)


def vintage_of(at: datetime) -> str:
    """How results call the figures they rest on."""
    return f"signed off by {timezone.localtime(at):%-d %B %Y, %H:%M}"


def _figures_as_text(figures: Mapping[str, OutcomeFigures]) -> list[list[str]]:
    return [
        [outcome, site, quarter.label, cell_text(each.cell), cell_text(each.over) if each.over else ""]
        for outcome, found in figures.items()
        for (site, quarter), each in found.items()
        if each.cell.is_figure
    ]


def _scores_as_text(found: Assessed) -> list[list[str]]:
    overall = [[site, quarter.label, "", str(score)] for (site, quarter), score in found.overall.items()]
    levels = [
        [site, quarter.label, level, str(score)] for (site, quarter, level), score in found.by_level.items()
    ]
    return overall + levels


def _words_as_text(found: tuple[Quotation, ...]) -> list[list[str]]:
    return [
        [
            each.site,
            each.quarter.label,
            each.statement,
            each.sector,
            str(each.people),
            str(each.consent),
            each.text,
        ]
        for each in found
    ]


def _read(what: str, rows: list[list[str]], at: datetime) -> FileRead:
    """What was read of the database, told as if it were a file: how many rows, and their fingerprint."""
    words = json.dumps(sorted(rows), separators=(",", ":"), ensure_ascii=False)
    return FileRead(
        what, f"{what} on this site", vintage_of(at), hashlib.sha256(words.encode()).hexdigest(), len(rows)
    )


def _mergers(protocol: Protocol, areas: Mapping[str, LocalArea]) -> tuple[Merger, ...]:
    """Areas that ended in mid-study, with each area that took up a share of their people."""
    first, last = protocol.quarters[0].starts, protocol.quarters[-1].ends
    ended = [(site, area) for site, area in areas.items() if area.ends and first < area.ends <= last]
    return tuple(
        Merger(site, Quarter.of(area.ends), successor, share)
        for site, area in ended
        if area.ends
        for successor, share in places.successors(area)
    )


def _covariates(protocol: Protocol, areas: Mapping[str, LocalArea]) -> Covariates | None:
    """Every attribute of the areas and how many children live there, as before the study; and the same of
    every other area of that geography, from which sites could have been chosen.
    """
    geographies = {(each.country, each.geography) for each in protocol.sites}
    if len(geographies) != 1:
        return None
    ((country, geography),) = geographies
    gazetteer = gazetteer_of(country)
    if not gazetteer.attributes:
        return None
    mine = {area.code: site for site, area in areas.items()}
    names, values = places.covariates(gazetteer, geography, protocol.quarters[0].year)
    if set(mine) - values.keys():
        return None
    sites = {mine[code]: each for code, each in values.items() if code in mine}
    others = {code: each for code, each in values.items() if code not in mine}
    return Covariates(names, sites, others)
