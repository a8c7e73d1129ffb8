"""The parts of a report that are about the whole study: its standing, sites, balance, figures, families."""

from collections.abc import Iterator, Mapping

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import LookShown, Received, StudyResults
from ithrive.reports.document import Block, Drawn, Grid, Heading, Paragraph, Points
from ithrive.reports.pictures import Picture
from ithrive.reports.pictures.picture import ARMS
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.words import by_state, moment, p_value

ARM = {"accelerator": "accelerator", "comparison": "comparison"}


def standing(results: StudyResults, audience: Audience) -> Iterator[Block]:
    yield Heading(2, "What the results rest on", "standing")
    found = results.standing
    yield Paragraph(f"The analysis is {found.label}. {found.reason}")
    frozen = moment(found.frozen) if found.frozen else "never"
    yield Points(
        (
            f"Protocol frozen: {frozen}. Its SHA-256: {found.protocol_sha256}",
            *(f"Amended because: {why} What changed: {what}" for why, what in found.amendments),
        )
    )
    if results.looks:
        yield _looks(results, audience)
    if results.files:
        files = tuple(
            (each.what, each.name, each.vintage or "–", f"{each.rows:,}", each.sha256[:16])
            for each in results.files
        )
        yield Grid("Files read", ("What", "File", "Vintage", "Rows", "SHA-256 begins"), files)
    if results.dropped:
        dropped = tuple((each.file, each.what, f"{each.rows:,}", each.why) for each in results.dropped)
        yield Grid("Rows set aside", ("File", "Which", "Rows", "Why"), dropped)
    if results.notes:
        yield Points(results.notes)


def _looks(results: StudyResults, audience: Audience) -> Grid:
    """Who took a look is a person: the public reads when."""
    rows = tuple(_look(results, each, audience) for each in results.looks)
    by = ("By",) if audience is Audience.EVALUATORS else ()
    headings = ("After wave", "Taken", *by, "Alpha spent by then", "Boundary", "Outcomes that crossed")
    return Grid("Looks taken while the study ran", headings, rows)


def _look(results: StudyResults, look: LookShown, audience: Audience) -> tuple[str, ...]:
    boundary = "nothing could cross" if look.threshold is None else number(look.threshold)
    crossed = "; ".join(results.outcome(each).title for each in look.crossed) or "none"
    by = (look.by,) if audience is Audience.EVALUATORS else ()
    return str(look.wave), moment(look.at), *by, number(look.may_be_spent), boundary, crossed


def sites(results: StudyResults, audience: Audience) -> Iterator[Block]:
    yield Heading(2, "Sites from protocol to analysis", "sites")
    stages = tuple(
        (each.stage, str(each.accelerators), str(each.comparisons)) for each in results.flow.stages
    )
    headings = ("Stage", *ARMS.values())
    yield Grid("Flow of sites", headings, stages, results.flow.source)
    if audience is Audience.EVALUATORS:
        yield _each_site(results)


def _each_site(results: StudyResults) -> Grid:
    rows = tuple(
        (
            each.site,
            ARM[each.arm],
            each.pair or "–",
            each.starts or "–",
            str(each.waves_received),
            str(each.outcomes),
            each.merger or "–",
        )
        for each in sorted(results.flow.sites, key=lambda each: (each.arm, each.site))
    )
    headings = ("Site", "Arm", "Pair", "Starts", "Waves received", "Outcomes with a part", "Merger")
    return Grid("Each site", headings, rows, results.flow.source)


def balance(results: StudyResults) -> Iterator[Block]:
    yield Heading(2, "How alike the arms were", "balance")
    found = results.balance
    if isinstance(found, NotComputable):
        yield Paragraph(found.reason)
        return
    from ithrive.evaluation.drawing import love_plot_svg, love_plot_words

    yield Paragraph(found.sentence)
    rows = tuple(
        (
            each.covariate,
            number(each.after.accelerator),
            number(each.after.others),
            number(each.before.difference),
            number(each.after.difference),
            number(each.after.ratio),
            number(each.after.ecdf_max),
        )
        for each in found.covariates
    )
    headings = (
        "Covariate", "Accelerator", "Comparison", "Difference before", "Difference after",
        "Ratio of variances", "Largest gap of shares",
    )  # fmt: skip
    words, drawing = love_plot_words(found.covariates), love_plot_svg(found.covariates)
    yield Drawn(Picture("Balance before and after matching", words, drawing, headings, rows), found.source)
    made_up = [
        f"{name}: {count} figures completed {found.sets} ways" for name, count in found.filled if count
    ]
    yield Points((*made_up, *found.left_out) or ("No covariate was missing.",))


def quality(results: StudyResults, audience: Audience) -> Iterator[Block]:
    yield Heading(2, "What was received", "quality")
    found = results.quality
    yield Paragraph(
        f"{found.all.received:,} of {found.all.expected:,} expected figures came ({found.all.grade}; source"
        f" {found.source}). Good is 95% and more, fair 80% and more; these bounds are ours."
        " Figures that were hidden, withheld or never sent are kept apart and never counted as nought."
    )
    titles = {each.id: each.title for each in results.outcomes}
    yield _received("By outcome", "Outcome", found.by_outcome, found.source, titles)
    yield _received("By quarter", "Quarter", found.by_quarter, found.source)
    if audience is Audience.EVALUATORS:
        yield _received("By site", "Site", found.by_site, found.source)


def _received(
    caption: str, of: str, found: tuple[Received, ...], source: str, titles: Mapping[str, str] | None = None
) -> Grid:
    rows = tuple(
        (
            (titles or {}).get(each.of, each.of),
            f"{each.expected:,}",
            f"{each.received:,}",
            each.grade,
            by_state(each.states),
        )
        for each in found
    )
    return Grid(caption, (of, "Expected", "Received", "Grade", "Figures by state"), rows, source)


def families(results: StudyResults) -> Iterator[Block]:
    yield Heading(2, "Outcomes judged together", "families")
    yield Paragraph(
        "The more outcomes are judged, the more often one stands out by chance. So the outcomes of a family"
        " are judged together, and p says how often any of them would stand out as far."
    )
    for family in results.families:
        rows = tuple(
            (results.outcome(name).title, p_value(p), "yes" if name in family.found else "no")
            for name, p in family.p
        )
        if rows:
            caption = f"{family.family.capitalize()} family over {family.over}"
            found = f"Found at {100 * family.alpha:.3g}%"
            yield Grid(caption, ("Outcome", "p in its family", found), rows, family.source)
