"""The first page of a report: what was found in plain words, then all outcomes in one table and picture."""

from collections.abc import Iterator

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.study import OutcomeResult, StudyResults
from ithrive.reports.document import Block, Drawn, Grid, Heading, Paragraph, Points, Warned
from ithrive.reports.pictures import Frame, all_outcomes
from ithrive.reports.pictures.effect_scale import NONE, effect_scale
from ithrive.reports.study.audience import LEAST_SITES, Audience, disclosure_rule
from ithrive.reports.study.plain_words import certainty, direction, meanings, plain_sentence
from ithrive.reports.study.words import p_value

AS_IF = (
    "Sites volunteered; nobody drew lots. Each p in its family says how often an assignment by lot within"
    " this set would give as much, not that there was one. The intervals are those of the model (CR2), so"
    " near the bound an interval may leave nought out and p not pass, or the other way round."
)
VOLUNTEERED = (
    "The places that put THRIVE in place chose to do so. They are compared with places as alike as could be"
    " found. But nobody drew lots, so something else about them may be part of the reason."
)


def summary(results: StudyResults, audience: Audience) -> Iterator[Block]:
    """The findings, the primary outcomes first, with how sure they are, for the words this audience uses."""
    yield Heading(2, "In plain words", "summary")
    yield from warnings(results)
    yield Paragraph(f"The study asked: {results.question}")
    for family in results.families:
        told = [results.outcome(each) for each in family.outcomes]
        if told:
            yield Heading(3, f"{family.family.capitalize()} outcomes")
            yield Points(tuple(plain_sentence(results, each) for each in told))
    yield Paragraph(VOLUNTEERED)
    rows = tuple((word.value, meaning) for word, meaning in meanings(results.alpha))
    yield Grid("What the words mean", ("Word", "What it stands for"), rows)
    if audience is Audience.PUBLIC:
        yield from _held_back(results)


def warnings(results: StudyResults) -> Iterator[Block]:
    if results.standing.label != "confirmatory":
        yield Warned(f"These results are exploratory. {results.standing.reason}")
    if results.fictional:
        yield Warned("This study is fictional: its places, people and figures are made up.")


def glance(results: StudyResults, frame: Frame, audience: Audience) -> Iterator[Block]:
    """Every outcome in a row, and all of them on the one scale they share."""
    yield Heading(2, "All outcomes at a glance", "glance")
    rows = tuple(_row(results, each) for each in results.outcomes)
    headings = (
        "Outcome",
        "Family",
        "Effect",
        f"{frame.level} interval",
        "p in its family",
        "Signs",
        "Source",
    )
    yield Grid("What was found of each outcome", headings, rows)
    picture = all_outcomes(results.outcomes, frame)
    if picture:
        yield Drawn(picture, "the effect of each outcome, as in the table before")
    if audience is Audience.EVALUATORS:
        yield Points(tuple(f"{each.sentence} (source {each.effect.source})" for each in results.outcomes))
    yield Paragraph(AS_IF)


def _row(results: StudyResults, outcome: OutcomeResult) -> tuple[str, ...]:
    effect, scale = outcome.effect, effect_scale(outcome)
    size = (
        NONE if isinstance(effect.estimate, NotComputable) else f"{scale.told(effect.estimate)} {scale.unit}"
    )
    judged = effect.cr2
    bounds = NONE if isinstance(judged, NotComputable) else scale.between(judged.interval)
    signs, way = certainty(results, outcome), direction(results, outcome)
    told = signs.value if way == "–" else f"{signs.value} of {way}"
    return outcome.title, outcome.family, size, bounds, p_value(effect.family_p), told, effect.source


def _held_back(results: StudyResults) -> Iterator[Block]:
    rule = disclosure_rule(results)
    yield Heading(3, "What this report holds back")
    yield Points(
        (
            "No site, area or pair is named, and no figure is of one site or one pair.",
            f"A mean over fewer than {LEAST_SITES} sites is hidden.",
            "No count of people is shown: figures are means over sites, and effects of all sites together.",
            f"The study's disclosure rule is “{rule.title}”: {rule.says}",
        )
    )
