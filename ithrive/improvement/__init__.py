"""Improvement work and its charts: what a figure over time shows, and what it does not."""

from ithrive.improvement.charts import Chart, ChartPoint, RunSummary, Stage, chart, charts
from ithrive.improvement.cycles import Cycle, Decision, cycle_annotations
from ithrive.improvement.funnel import Funnel, FunnelArea, FunnelKind, funnel, funnel_sentence
from ithrive.improvement.icon_table import IconRow, icon_table
from ithrive.improvement.icons import Assurance, Variation
from ithrive.improvement.mergers import merger_annotations
from ithrive.improvement.panel import ChartKind, Choices, Statistics, statistics
from ithrive.improvement.recorded import rebases_among, why_not_note, why_not_rebase
from ithrive.improvement.rules import Rule
from ithrive.improvement.sentences import chart_notes, chart_sentence
from ithrive.improvement.series import NATIONAL_EVENTS, Annotation, AnnotationKind, Point, Rebase, Series
from ithrive.improvement.when import Every

__all__ = [
    "NATIONAL_EVENTS",
    "Annotation",
    "AnnotationKind",
    "Assurance",
    "Chart",
    "ChartKind",
    "ChartPoint",
    "Choices",
    "Cycle",
    "Decision",
    "Every",
    "Funnel",
    "FunnelArea",
    "FunnelKind",
    "IconRow",
    "Point",
    "Rebase",
    "Rule",
    "RunSummary",
    "Series",
    "Stage",
    "Statistics",
    "Variation",
    "chart",
    "chart_notes",
    "chart_sentence",
    "charts",
    "cycle_annotations",
    "funnel",
    "funnel_sentence",
    "icon_table",
    "merger_annotations",
    "rebases_among",
    "statistics",
    "why_not_note",
    "why_not_rebase",
]
