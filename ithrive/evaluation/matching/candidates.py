"""Sites that could be compared: which began, and what each was like before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks
from ithrive.problems import BadInput, Problem

PLACE = "Covariates"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A candidate that must not be matched, and why: the guard that found it, and what it found."""

    site: str
    guard: str
    because: str


@dataclass(frozen=True, eq=False)
class Candidates:
    """Accelerator sites and the sites they may be compared with.

    `values` is sites x covariates, all finite. `strata` holds for each column of exact matching the sites'
    entries, `titles` what people call a site. Sites stand in the order of what they are, never in that of a
    file: so ties between equally good matches are broken alike for every order of rows, and by name only
    where two sites are the same in all.
    """

    sites: tuple[str, ...]
    covariates: tuple[str, ...]
    values: Floats
    accelerator: Marks
    strata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()

    @classmethod
    def of(
        cls,
        sites: Sequence[str],
        values: Floats,
        accelerator: Iterable[bool],
        *,
        covariates: Sequence[str],
        titles: Mapping[str, str] | None = None,
        strata: Mapping[str, Sequence[str]] | None = None,
        exclusions: Iterable[Exclusion] = (),
        name: str = PLACE,
    ) -> "Candidates":
        """Candidates in their own order. Raises BadInput for what no match can be made of."""
        began = np.array(list(accelerator), dtype=bool)
        figures = np.asarray(values, dtype=np.float64).reshape(len(sites), len(covariates))
        _refuse_unusable(sites, figures, began, covariates, name)
        exact = strata or {}
        kinds = list(zip(*exact.values(), strict=True)) or [()] * len(sites)
        order = sorted(range(len(sites)), key=lambda at: (*figures[at], kinds[at], sites[at]))
        return cls(
            sites=tuple(sites[at] for at in order),
            covariates=tuple(covariates),
            values=figures[order],
            accelerator=began[order],
            strata={column: tuple(entries[at] for at in order) for column, entries in exact.items()},
            titles=titles or {},
            exclusions=tuple(sorted(exclusions, key=lambda each: (each.guard, each.site, each.because))),
        )

    @property
    def barred(self) -> frozenset[str]:
        """Candidates that a guard excludes."""
        return frozenset(each.site for each in self.exclusions)

    @property
    def open(self) -> Marks:
        """Which sites are candidates for comparison that no guard excludes."""
        barred = self.barred
        return np.asarray(~self.accelerator & np.array([site not in barred for site in self.sites]))

    def title(self, site: str) -> str:
        """What people call a site; its code where nothing else is known."""
        return self.titles.get(site, site)


def _refuse_unusable(
    sites: Sequence[str], values: Floats, accelerator: Marks, covariates: Sequence[str], name: str
) -> None:
    problems = []
    if not covariates:
        problems.append(Problem(name, "There is no covariate.", "Name at least one."))
    for words, count in (("accelerator", accelerator.sum()), ("candidate", (~accelerator).sum())):
        if not count:
            problems.append(Problem(name, f"There is no {words} site.", "Add one."))
    if repeated := sorted({site for site in sites if list(sites).count(site) > 1}):
        problems.append(Problem(name, f"{repeated[0]} is there twice.", "Keep one row for each site."))
    if not np.isfinite(values).all():
        row, column = np.argwhere(~np.isfinite(values))[0]
        what = f"{sites[row]} has no finite {covariates[column]}."
        problems.append(Problem(name, what, "Fill it, or leave the site or the covariate out."))
    if problems:
        raise BadInput(problems)
    for at, covariate in enumerate(covariates):
        if np.ptp(values[:, at]) == 0:
            what = f"{covariate} is {values[0, at]:g} at every site."
            raise BadInput(Problem(name, what, "Leave it out: it cannot tell sites apart."))
