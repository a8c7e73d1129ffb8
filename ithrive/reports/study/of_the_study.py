"""The parts of a report that are about the whole study: its summary, standing, sites, balance, figures."""

from collections.abc import Iterator

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.study import Received, StudyResults
from ithrive.reports.document import Block, Drawn, Grid, Heading, Paragraph, Points, Warned
from ithrive.reports.pictures import Picture
from ithrive.reports.pictures.picture import ARMS, number
from ithrive.reports.study.audience import Audience, shown_names
from ithrive.reports.study.words import p_value

AS_IF = (
    "Sites volunteered; nobody drew lots. Every p says how often an assignment by lot within this set would"
    " give as much, not that there was one."
)


def summary(results: StudyResults) -> Iterator[Block]:
    """The findings in plain words, the primary outcomes first, with how sure they are."""
    yield Heading(2, "In plain words", "summary")
    if results.standing.label != "confirmatory":
        yield Warned(f"These results are exploratory. {results.standing.reason}")
    if results.fictional:
        yield Warned("This study is fictional: its places, people and figures are made up.")
    yield Paragraph(results.question)
    for family in results.families:
        told = [results.outcome(each) for each in family.outcomes]
        if told:
            yield Heading(3, f"{family.family.capitalize()} outcomes")
            yield Points(tuple(each.sentence for each in told))
    yield Paragraph(AS_IF)


def standing(results: StudyResults) -> Iterator[Block]:
    yield Heading(2, "What the results rest on", "standing")
    found = results.standing
    yield Paragraph(f"The analysis is {found.label}. {found.reason}")
    yield Points(
        (
            f"Protocol SHA-256: {found.protocol_sha256}",
            f"Frozen: {found.frozen or 'never'}",
            *(f"Amended {when}: {why}" for when, why in found.amendments),
        )
    )
    if results.looks:
        rows = tuple(
            (
                str(each.wave),
                each.at,
                each.by,
                number(each.may_be_spent),
                "nothing could cross" if each.threshold is None else number(each.threshold),
                ", ".join(each.crossed) or "none",
            )
            for each in results.looks
        )
        headings = ("After wave", "Taken", "By", "Alpha spent by then", "Boundary", "Outcomes that crossed")
        yield Grid("Looks taken while the study ran", headings, rows)
    files = tuple(
        (each.what, each.name, each.vintage, str(each.rows), each.sha256[:16]) for each in results.files
    )
    yield Grid("Files read", ("What", "File", "Vintage", "Rows", "SHA-256 begins"), files)
    if results.dropped:
        dropped = tuple((each.file, each.what, str(each.rows), each.why) for each in results.dropped)
        yield Grid("Rows set aside", ("File", "Which", "Rows", "Why"), dropped)
    if results.notes:
        yield Points(results.notes)


def sites(results: StudyResults, audience: Audience) -> Iterator[Block]:
    yield Heading(2, "Sites from protocol to analysis", "sites")
    stages = tuple(
        (each.stage, str(each.accelerators), str(each.comparisons)) for each in results.flow.stages
    )
    yield Grid("Flow of sites", ("Stage", ARMS["accelerator"], ARMS["comparison"]), stages)
    if audience is Audience.EVALUATORS:
        rows = tuple(
            (
                each.site,
                ARMS[each.arm],
                each.pair or "–",
                each.starts or "–",
                str(each.waves_received),
                str(each.outcomes),
                each.merger or "–",
            )
            for each in results.flow.sites
        )
        headings = ("Site", "Arm", "Pair", "Starts", "Waves received", "Outcomes with a part", "Merger")
        yield Grid("Each site", headings, rows)


def balance(results: StudyResults) -> Iterator[Block]:
    from ithrive.evaluation.drawing import love_plot_svg, love_plot_words

    yield Heading(2, "How alike the arms were", "balance")
    found = results.balance
    if isinstance(found, NotComputable):
        yield Paragraph(found.reason)
        return
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
    words = love_plot_words(found.covariates)
    yield Drawn(
        Picture("Balance before and after matching", words, love_plot_svg(found.covariates), headings, rows)
    )
    made_up = [
        f"{name}: {count} figures completed {found.sets} ways" for name, count in found.filled if count
    ]
    yield (
        Points((*made_up, *found.left_out))
        if made_up or found.left_out
        else Paragraph("No covariate was missing.")
    )


def quality(results: StudyResults, audience: Audience) -> Iterator[Block]:
    yield Heading(2, "What was received", "quality")
    found = results.quality
    yield Paragraph(
        f"{found.all.received} of {found.all.expected} expected figures came ({found.all.grade})."
        " Figures that were hidden, withheld or never sent are kept apart and never counted as nought."
    )
    yield _received("By outcome", found.by_outcome, {})
    yield _received("By quarter", found.by_quarter, {})
    if audience is Audience.EVALUATORS:
        yield _received("By site", found.by_site, shown_names(results, audience))


def families(results: StudyResults) -> Iterator[Block]:
    yield Heading(2, "Outcomes judged together", "families")
    for family in results.families:
        rows = tuple(
            (results.outcome(name).title, p_value(p), "yes" if name in family.found else "no", family.source)
            for name, p in family.p
        )
        if rows:
            caption = f"{family.family.capitalize()} family over {family.over}"
            yield Grid(caption, ("Outcome", "Family-wise p", f"At most {family.alpha:g}", "Source"), rows)


def implementation(results: StudyResults, audience: Audience) -> Iterator[Block]:
    found = results.implementation
    if not found.dimensions and not found.joint:
        return
    names = shown_names(results, audience)
    yield Heading(2, "What was implemented", "implementation")
    yield Paragraph(found.rule)
    if audience is Audience.EVALUATORS:
        rows = tuple(
            (
                names[each.site],
                each.dimension,
                str(each.evidence),
                each.first or "–",
                each.last or "–",
                str(each.quarters),
                "hidden" if each.hidden else "–" if each.people is None else str(each.people),
            )
            for each in found.dimensions
        )
        headings = ("Site", "Dimension", "Dated facts", "First", "Last", "Quarters", "People reached")
        yield Grid("Reach, adoption, implementation and maintenance", headings, rows)
        yield from _joint(results, names)
    else:
        yield Paragraph(
            f"{len(found.maintained)} accelerator sites"
            " went on implementing a year and more after they began."
        )


def _joint(results: StudyResults, names: dict[str, str]) -> Iterator[Block]:
    rows = []
    for each in results.implementation.joint:
        figures = "; ".join(
            f"{results.outcome(one.outcome).title}: "
            + (one.why_not or f"{number(one.before)} to {number(one.after)}")
            for one in each.figures
        )
        said = " ".join(
            f"“{one.text}” ({one.said_by})" if one.text else f"[{one.why_not}]" for one in each.quotations
        )
        scores = f"{number(each.first_score)} to {number(each.last_score)}"
        rows.append((names[each.site], ARMS[each.arm], scores, figures or "–", said or "–"))
    if rows:
        headings = ("Site", "Arm", "Agreed score, first to last", "Figures, before to after", "What was said")
        yield Grid("Scores, figures and words side by side", headings, tuple(rows))


def _received(caption: str, found: tuple[Received, ...], names: dict[str, str]) -> Grid:
    rows = tuple(
        (
            names.get(each.of, each.of),
            str(each.expected),
            str(each.received),
            each.grade,
            ", ".join(f"{count} {state}" for state, count in each.states if count),
        )
        for each in found
    )
    return Grid(caption, ("Of", "Expected", "Received", "Grade", "By state"), rows)
