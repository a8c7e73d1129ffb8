"""Reports of a run, made when somebody asks and kept beside the drawings, outside the web root.

A report follows from its results and from our code alone, and its name says both: so it is never out of date.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from django.conf import settings

import ithrive.reports
from ithrive.evaluation.study import read_results
from ithrive.problems import NotAllowed
from ithrive.reports.study import Audience, site_report, study_report
from ithrive.reports.study.forms import FORMS, every_form
from ithrive.web.evaluation.apart import made_apart
from ithrive.web.evaluation.models import StudyRun
from ithrive.web.evaluation.queries import comparison_names

# What people may take away; `body` is for our own pages.
ENDINGS = ("html", "pdf", "docx")
OWNER_ONLY = 0o700


def report(run: StudyRun, audience: Audience, ending: str) -> bytes:
    """The report of a run for one audience.

    Raises NotAllowed where the public's would name a comparison site: nothing is shown then.
    """
    name = _name(run, audience, ending)
    made = _kept(name, lambda: FORMS[ending](study_report(read_results(run.results), audience)))
    if audience is Audience.PUBLIC and ending in ("body", "html"):
        _refuse_names(run, made.decode())
    return made


def is_there(run: StudyRun, audience: Audience) -> bool:
    """Whether the report was made already, so that nobody need wait for it."""
    return (_folder() / _name(run, audience, "body")).exists()


def make_every_form(run: StudyRun, audience: Audience) -> None:
    """Make the report in every form, in a process of its own, and keep it: some ten seconds for evaluators'.

    Raises NotAllowed where the process came to an end without it, or the disk cannot keep it.
    """
    if not is_there(run, audience):
        made = made_apart(partial(every_form, run.results, audience)) or {}
        for ending, content in sorted(made.items()):
            _keep(_name(run, audience, ending), content)
        if not is_there(run, audience):
            raise NotAllowed("The report was made and could not be kept. Tell whoever looks after this site.")


def own_report(run: StudyRun, site: str, ending: str) -> bytes:
    """What one site may read of itself. Raises KeyError where the run has no such site."""
    mark = hashlib.sha256(site.encode()).hexdigest()[:16]
    name = f"{run.digest}-{mark}-{_code()}.{ending}"
    return _kept(name, lambda: FORMS[ending](site_report(read_results(run.results), site)))


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


def _name(run: StudyRun, audience: Audience, ending: str) -> str:
    return f"{run.digest}-{audience.value}-{_code()}.{ending}"


def _folder() -> Path:
    return Path(settings.ITHRIVE_DRAWINGS) / "studies"


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    try:
        return (_folder() / name).read_bytes()
    except OSError:
        content = make()
    _keep(name, content)
    return content


def _keep(name: str, content: bytes) -> None:
    place = _folder() / name
    try:
        place.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        beside = place.with_suffix(f"{place.suffix}.new")
        beside.write_bytes(content)
        beside.replace(place)  # another process finds all of it or none
    except OSError:
        pass  # a full disk costs time, not the page
