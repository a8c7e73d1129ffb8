"""A study's report in each of its forms, from the text of its results: what a process apart can be asked."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ithrive.evaluation.study import read_results
from ithrive.reports.as_html import html_body, html_contents, html_page
from ithrive.reports.as_pdf import pdf
from ithrive.reports.as_word import word
from ithrive.reports.document import Document
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.report import study_report

# `body` is for a page that has a frame of its own; the others are whole files.
FORMS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType(
    {
        "body": lambda document: (html_contents(document) + html_body(document)).encode(),
        "html": lambda document: html_page(document).encode(),
        "pdf": pdf,
        "docx": word,
    }
)


def every_form(results: str, audience: Audience) -> Mapping[str, bytes]:
    """The report for one audience in every form, by its ending; its pictures are drawn once.

    `results` is their JSON. Raises BadInput where it is none.
    """
    document = study_report(read_results(results), audience)
    return {ending: make(document) for ending, make in FORMS.items()}
