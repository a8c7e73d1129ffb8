"""What is wrong with an extract: one table of rules, run where the records are, on every engine alike."""

from ithrive.records.checks.quality import Quality
from ithrive.records.checks.report import RULES, CheckReport, Failed, run_checks
from ithrive.records.checks.rule import CheckRule

__all__ = ["RULES", "CheckReport", "CheckRule", "Failed", "Quality", "run_checks"]
