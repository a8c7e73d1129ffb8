"""The other files of a study, each with its columns: assessments, moderators, covariates and so on."""

from collections.abc import Mapping
from datetime import date

from ithrive.evaluation.dose import Reliability
from ithrive.evaluation.study.data import Assessed, Covariates, DatedEvidence, Merger, Quotation
from ithrive.evaluation.study.figures import AT
from ithrive.evaluation.study.reading import StudyFile
from ithrive.problems import Problem
from ithrive.tables import Row, decimal_number, whole_number

OVERALL = "overall"
ANY = 1e100


def assessed_of(file: StudyFile) -> Assessed:
    """Columns site, quarter (or wave), level, score from 1 to 4; may have reliability, one for all.

    What that was told from may stand beside it: reliability_rounds, reliability_raters, reliability_ratings.
    `level` is a level or statement of the instrument, or “overall”. Without an overall score of a site and
    quarter, the mean of its others stands for it.
    """
    lines = []
    for row in file.rows:
        site, quarter, score = file.site(row), file.quarter(row), file.number(row, "score", 1, 4)
        if site and quarter and score is not None:
            lines.append((row, (site, quarter, row.cells.get("level") or OVERALL, score)))
    file.once(lines, lambda line: line[:3], "This site, quarter and level")
    reliability = _reliability(file)
    file.finish()
    by_level = {line[:3]: line[3] for _, line in lines if line[2] != OVERALL}
    overall: dict[AT, list[float]] = {}
    for (site, quarter, _), score in sorted(by_level.items()):
        overall.setdefault((site, quarter), []).append(score)
    means = {at: sum(scores) / len(scores) for at, scores in overall.items()}
    means |= {line[:2]: line[3] for _, line in lines if line[2] == OVERALL}
    return Assessed(means, by_level, reliability)


def _reliability(file: StudyFile) -> Reliability | None:
    row = _one_for_all(file, "reliability")
    value = file.number(row, "reliability", 1e-6, 1) if row else None
    told_from = {name: _told_from(file, f"reliability_{name}") for name in ("rounds", "raters", "ratings")}
    return None if value is None else Reliability(value, **told_from)


def _told_from(file: StudyFile, column: str) -> int | None:
    row = _one_for_all(file, column)
    if row is None:
        return None
    number = whole_number(row.cells[column])
    if not number or number < 1:
        file.refuse(row, column, f"“{row.cells[column]}” is no number of them.", "Write a whole number.")
        return None
    return number


def _one_for_all(file: StudyFile, column: str) -> Row | None:
    """The first row with a figure that is the same for all rows, or None where no row has it."""
    filled = [row for row in file.rows if row.cells.get(column)]
    said = {row.cells[column] for row in filled}
    if len(said) > 1:
        name = column.replace("_", " ").capitalize()
        what = f"{name} is given as {' and '.join(sorted(said))}."
        file.problems.append(Problem(f"{file.name}, column {column}", what, "Give one number for all rows."))
        return None
    return filled[0] if filled else None


def progress_of(file: StudyFile, column: str = "progress") -> Mapping[AT, float]:
    """Columns site, quarter (or wave), and a share from 0 to 1."""
    lines = []
    for row in file.rows:
        site, quarter, share = file.site(row), file.quarter(row), file.number(row, column, 0, 1)
        if site and quarter and share is not None:
            lines.append((row, (site, quarter, share)))
    file.once(lines, lambda line: line[:2], "This site and quarter")
    file.finish()
    return {line[:2]: line[2] for _, line in lines}


def moderators_of(file: StudyFile) -> Mapping[tuple[str, str], float]:
    """Columns site, moderator (its id in the protocol), value. Other moderators are set aside."""
    known = {each.id for each in file.protocol.moderators}
    lines = []
    for row in file.rows:
        name = row.cells["moderator"]
        if name not in known:
            file.set_aside(f"moderator “{name}”", "The protocol has no such moderator.")
            continue
        site, value = file.site(row), file.number(row, "value", -ANY, ANY)
        if site and value is not None:
            lines.append((row, (site, name, value)))
    file.once(lines, lambda line: line[:2], "This site and moderator")
    file.finish()
    return {line[:2]: line[2] for _, line in lines}


def covariates_of(file: StudyFile) -> Covariates:
    """Columns site and one for each covariate. Sites that the protocol does not know are candidates.

    An empty cell is a covariate that is not known of a site.
    """
    names = tuple(name for name in (file.rows[0].cells if file.rows else {}) if name != "site")
    mine = {each.id for each in file.protocol.sites}
    found = [(row, row.cells["site"]) for row in file.rows]
    file.once(found, lambda site: site, "This site")
    figures = {site: tuple(_covariate(file, row, name) for name in names) for row, site in found}
    for site in sorted(mine - figures.keys()):
        what = f"The site {site} of the protocol is missing."
        file.problems.append(Problem(file.name, what, "Add its row; cells may be empty."))
    if not names:
        file.problems.append(Problem(file.name, "There is no covariate.", "Add at least one column."))
    for at, name in enumerate(names):
        if len({figures[site][at] for site in figures} - {None}) < 2:
            what = "It is the same at every site that has one."
            mend = "Leave it out: it cannot tell sites apart."
            file.problems.append(Problem(f"{file.name}, column {name}", what, mend))
    file.finish()
    sites = {site: each for site, each in figures.items() if site in mine}
    return Covariates(names, sites, {site: each for site, each in figures.items() if site not in mine})


def _covariate(file: StudyFile, row: Row, name: str) -> float | None:
    text = row.cells[name]
    number = decimal_number(text)
    if text and (number is None or abs(number) > ANY):
        file.refuse(row, name, f"“{text}” is not a finite number.", "Correct it, or leave the cell empty.")
        return None
    return number


def mergers_of(file: StudyFile) -> tuple[Merger, ...]:
    """Columns site, quarter (or wave), successor, share from 0 to 1. A split has a row for each successor."""
    lines = []
    for row in file.rows:
        site, quarter, share = file.site(row), file.quarter(row), file.number(row, "share", 0, 1)
        if site and quarter and share is not None:
            lines.append((row, Merger(site, quarter, row.cells["successor"], share)))
    file.once(lines, lambda each: (each.site, each.successor), "This site and successor")
    file.finish()
    return tuple(
        sorted((each for _, each in lines), key=lambda each: (each.site, each.quarter, each.successor))
    )


def quotations_of(file: StudyFile) -> tuple[Quotation, ...]:
    """Columns site, quarter (or wave), statement, sector, people, consent (yes or no), text."""
    found = []
    for row in file.rows:
        site, quarter = file.site(row), file.quarter(row)
        people = _people(file, row)
        if row.cells["consent"] not in {"yes", "no"}:
            file.refuse(
                row, "consent", f"“{row.cells['consent']}” is neither yes nor no.", "Write yes or no."
            )
        if not row.cells["text"]:
            file.refuse(row, "text", "There is no text.", "Fill it, or remove the row.")
        if site and quarter:
            statement, sector = row.cells["statement"], row.cells["sector"]
            said = row.cells["consent"] == "yes"
            found.append(Quotation(site, quarter, statement, sector, people or 0, said, row.cells["text"]))
    file.finish()
    return tuple(sorted(found, key=lambda each: (each.site, each.quarter, each.statement, each.text)))


def evidence_of(file: StudyFile) -> tuple[DatedEvidence, ...]:
    """Columns site, date (2026-04-01), kind; may have people."""
    found = []
    for row in file.rows:
        site, day = file.site(row), _day(file, row)
        people = _people(file, row) if row.cells.get("people") else None
        if not row.cells["kind"]:
            file.refuse(row, "kind", "There is no kind.", "Say what kind of evidence it is.")
        if site and day:
            found.append(DatedEvidence(site, day, row.cells["kind"], people))
    file.finish()
    return tuple(sorted(found, key=lambda each: (each.site, each.on, each.kind, each.people or 0)))


def _people(file: StudyFile, row: Row) -> int | None:
    number = whole_number(row.cells["people"])
    if number is None or number < 0:
        file.refuse(
            row, "people", f"“{row.cells['people']}” is no number of people.", "Write a whole number."
        )
        return None
    return number


def _day(file: StudyFile, row: Row) -> date | None:
    try:
        return date.fromisoformat(row.cells["date"])
    except ValueError:
        file.refuse(row, "date", f"“{row.cells['date']}” is not a day.", "Write it as 2026-04-01.")
        return None
