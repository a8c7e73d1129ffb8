"""The report of a study: for evaluators with every site, for the public without, for a site its own."""

from ithrive.reports.study.audience import Audience
from ithrive.reports.study.of_a_site import site_report
from ithrive.reports.study.report import study_report

__all__ = ["Audience", "site_report", "study_report"]
