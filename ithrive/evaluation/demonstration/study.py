"""The whole study as arrays, with the doses it was made with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.demonstration.figures import Told, told
from ithrive.evaluation.demonstration.sites import WAVES, StudySite, study_sites
from ithrive.evaluation.demonstration.truth import USUAL_DOSE, effect_on
from ithrive.evaluation.panel import Panel
from ithrive.measures import Cell, FigureKey, Measure, measures, shown_cell
from ithrive.returns import return_form


@dataclass(frozen=True)
class PlantedStudy:
    """`sites` stand in pairs. `cells` holds each site's figures by wave, None where a return is missing.

    `doses` is sites x waves: the mean agreed score, from 1 to 4, known by each wave.
    """

    sites: tuple[StudySite, ...]
    doses: Floats
    cells: tuple[tuple[Mapping[FigureKey, Cell] | None, ...], ...]

    @property
    def relationships(self) -> Floats:
        """The moderator of each site: working relationships at the baseline, from 0 to 100."""
        return np.array([site.relationships for site in self.sites])

    def panel(self, outcomes: Sequence[str]) -> Panel:
        """The headline figures of these measures as a panel, named by measure."""
        known = measures()
        return Panel(
            sites=tuple(site.code for site in self.sites),
            waves=tuple(f"{wave:02}" for wave in range(WAVES)),
            outcomes=tuple(outcomes),
            figures=np.array([self._shown(known[each]) for each in outcomes]),
            starts=np.array([WAVES if site.starts is None else site.starts for site in self.sites]),
            pairs=tuple(site.code[1:] for site in self.sites),
            weights=np.ones((len(self.sites), WAVES)),
        )

    def true_effect(self, measure: str, figure: str) -> float:
        """The mean of what was planted over all treated sites and waves, in the figure's unit."""
        planted = [
            effect_on(measure, figure, relationships=site.relationships, dose=float(self.doses[at, wave]))
            for at, site in enumerate(self.sites)
            if site.starts is not None
            for wave in range(site.starts, WAVES)
        ]
        return float(np.mean(planted))

    def _shown(self, measure: Measure) -> list[list[float]]:
        return [
            [self._number(measure, site, cells) for cells in row]
            for site, row in zip(self.sites, self.cells, strict=True)
        ]

    @staticmethod
    def _number(measure: Measure, site: StudySite, cells: Mapping[FigureKey, Cell] | None) -> float:
        if cells is None:
            return float("nan")
        cell = shown_cell(measure, measure.headline, cells, population=Cell.of(site.people))
        return float("nan") if cell.number is None else float(cell.number)


def planted_study(
    seed: int = 2015, *, only: Iterable[str] | None = None, missing: float = 0.0
) -> PlantedStudy:
    """The study of this seed: figures of the measures `only` (all if None), all groupings together.

    `missing` is the share of returns that never came.
    """
    sites = study_sites(seed)
    roll = np.random.default_rng([seed, 7])
    doses = _doses(len(sites), roll)
    known = measures()
    form = return_form([known[each] for each in (known if only is None else only)])
    lines = [line for line in form.lines if line.required]
    cells = tuple(
        tuple(
            None if roll.random() < missing else told(Told(site, wave, float(doses[at, wave]), seed), lines)
            for wave in range(WAVES)
        )
        for at, site in enumerate(sites)
    )
    return PlantedStudy(sites, doses, cells)


def _doses(sites: int, roll: np.random.Generator) -> Floats:
    """Scores that grow slowly, from levels that differ: about the usual dose in the middle of the study."""
    begins = roll.normal(USUAL_DOSE - 0.15, 0.25, size=(sites, 1))
    gains = np.clip(roll.normal(0.015, 0.01, size=(sites, 1)), 0, None)
    return np.clip(begins + gains * np.arange(WAVES), 1, 4)
