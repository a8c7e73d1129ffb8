"""Practice before rating: invented scenes with a reference score, and what a rater's scores tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from ithrive.assessments.agreement.report import pair_kappa
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.assessments.ratings import why_not_score
from ithrive.assessments.reading import OURS, read_text
from ithrive.framework.ideas import Code, Definition, Text
from ithrive.framework.instrument import HIGHEST, LOWEST, StatementCode
from ithrive.problems import BadInput, Problem

# A rater is said to lean when their scores lie half a step or more from the reference on average.
LEANS = 0.5


class Vignette(Definition):
    """A short scene about a place that does not exist, the score we would give it, and why."""

    code: StatementCode
    statement: Text
    scene: Text
    score: Annotated[int, Field(ge=LOWEST, le=HIGHEST)]
    why: Text


class Vignettes(Definition):
    """A versioned set of scenes, rated on anchors they share, lowest first."""

    code: Code
    version: Text
    title: Text
    licence: Text
    anchors: tuple[Text, Text, Text, Text]
    vignette: tuple[Vignette, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [each.code for each in self.vignette]
        if len(set(codes)) < len(codes):
            raise ValueError("A vignette's code stands twice")
        return self


@dataclass(frozen=True, slots=True)
class Feedback:
    """A rater's score of one scene beside the reference, and a sentence about it."""

    vignette: str
    score: int
    reference: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a rater's scores compare with the reference: kept beside what they rate, never a pass or a fail.

    `kappa` is quadratically weighted. `leaning` is the mean of their scores less the reference's, in steps.
    """

    version: str
    same: int
    within_one: int
    scenes: int
    kappa: Estimate | NotComputable
    leaning: float
    feedback: tuple[Feedback, ...]

    @property
    def sentence(self) -> str:
        """The whole in one sentence for the rater."""
        told = f"You gave the reference score to {self.same} of {self.scenes} scenes"
        if abs(self.leaning) < LEANS:
            return f"{told}, and lean neither way."
        return f"{told}, and tend to score {'higher' if self.leaning > 0 else 'lower'} than the reference."

    def stored(self) -> dict[str, object]:
        """What to keep beside the rater's ratings, as plain values."""
        return {
            "version": self.version,
            "same": self.same,
            "within_one": self.within_one,
            "scenes": self.scenes,
            "kappa": self.kappa.value if isinstance(self.kappa, Estimate) else None,
            "leaning": self.leaning,
        }


@cache
def vignettes(own: Path | None = None) -> Vignettes:
    """Our scenes, or a programme's own from its file. Raises BadInput where that cannot be used."""
    return read_text(own or OURS / "vignettes.toml", Vignettes)


def calibration(scores: Mapping[str, int], scenes: Vignettes | None = None) -> Calibration:
    """A rater's scores, by vignette, against the reference. Raises BadInput unless every scene has one."""
    practised = scenes or vignettes()
    _refuse_misfits(scores, practised)
    feedback = tuple(_feedback(each, scores[each.code]) for each in practised.vignette)
    apart = [each.score - each.reference for each in feedback]
    return Calibration(
        f"{practised.code} {practised.version}",
        apart.count(0),
        sum(abs(each) <= 1 for each in apart),
        len(apart),
        pair_kappa([(each.score, each.reference) for each in feedback]),
        sum(apart) / len(apart),
        feedback,
    )


def _refuse_misfits(scores: Mapping[str, int], scenes: Vignettes) -> None:
    known = [each.code for each in scenes.vignette]
    problems = [
        Problem(f"Scene {code}", "It has no score.", "Score it.")
        for code in known
        if scores.get(code) is None
    ]
    for code, score in scores.items():
        if code not in known:
            problems.append(Problem(f"Scene {code}", "There is no such scene.", "Leave it out."))
        elif why_not := why_not_score(score):
            problems.append(Problem(f"Scene {code}", why_not, "Give a whole number from 1 to 4."))
    if problems:
        raise BadInput(problems)


def _feedback(vignette: Vignette, score: int) -> Feedback:
    return Feedback(vignette.code, score, vignette.score, f"{_beside(score, vignette.score)} {vignette.why}")


def _beside(score: int, reference: int) -> str:
    apart = abs(score - reference)
    if not apart:
        return f"You gave {score}, as we would."
    steps = "one step" if apart == 1 else f"{apart} steps"
    return (
        f"You gave {score}; we would give {reference}, {steps} {'lower' if score > reference else 'higher'}."
    )
