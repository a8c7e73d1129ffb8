"""Reports of a run, made when somebody asks and kept beside the drawings, outside the web root.

A report follows from its results and from our code alone, and its name says both: so it is never out of date.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings

import ithrive.reports
from ithrive.evaluation.study import read_results
from ithrive.problems import NotAllowed
from ithrive.reports.as_html import html_body, html_page
from ithrive.reports.as_pdf import pdf
from ithrive.reports.as_word import word
from ithrive.reports.document import Document
from ithrive.reports.study import Audience, site_report, study_report
from ithrive.web.evaluation.models import StudyRun
from ithrive.web.evaluation.queries import comparison_names

MADE: dict[str, Callable[[Document], bytes]] = {
    "body": lambda document: html_body(document).encode(),
    "html": lambda document: html_page(document).encode(),
    "pdf": pdf,
    "docx": word,
}
# What people may take away; `body` is for our own pages.
ENDINGS = ("html", "pdf", "docx")
OWNER_ONLY = 0o700


def report(run: StudyRun, audience: Audience, ending: str) -> bytes:
    """The report of a run for one audience.

    Raises NotAllowed where the public's would name a comparison site: nothing is shown then.
    """
    name = f"{run.digest}-{audience.value}-{_code()}.{ending}"
    made = _kept(name, lambda: MADE[ending](study_report(read_results(run.results), audience)))
    if audience is Audience.PUBLIC and ending in ("body", "html"):
        _refuse_names(run, made.decode())
    return made


def own_report(run: StudyRun, site: str, ending: str) -> bytes:
    """What one site may read of itself. Raises KeyError where the run has no such site."""
    mark = hashlib.sha256(site.encode()).hexdigest()[:16]
    name = f"{run.digest}-{mark}-{_code()}.{ending}"
    return _kept(name, lambda: MADE[ending](site_report(read_results(run.results), site)))


def why_not_public(run: StudyRun) -> str | None:
    """Why the report for the public cannot go out, or None."""
    try:
        report(run, Audience.PUBLIC, "body")
    except NotAllowed as refusal:
        return str(refusal)
    return None


def _refuse_names(run: StudyRun, text: str) -> None:
    for name in comparison_names(run.study):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            raise NotAllowed(
                "This report would name a comparison site, so it is not shown. Tell the evaluators."
            )


@cache
def _code() -> str:
    """A mark of the code that makes reports: what was made by other code is not given again."""
    folder = Path(ithrive.reports.__path__[0])
    mark = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.suffix in {".py", ".typ", ".css", ".toml"}):
        mark.update(file.read_bytes())
    return mark.hexdigest()[:16]


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    folder = Path(settings.ITHRIVE_DRAWINGS) / "studies"
    place = folder / name
    try:
        return place.read_bytes()
    except OSError:
        content = make()
    try:
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        beside = place.with_suffix(f"{place.suffix}.new")
        beside.write_bytes(content)
        beside.replace(place)  # another process finds all of it or none
    except OSError:
        pass  # a full disk costs time, not the page
    return content
