"""What happened while a chart ran, numbered: the uprights of the drawing and the list below it."""

from dataclasses import dataclass
from datetime import date

from ithrive.improvement.charts import Chart


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `new_lines` where the lines begin anew because of it."""

    number: int
    day: date
    words: str
    new_lines: bool

    @property
    def sentence(self) -> str:
        """“2. 1 April 2024: a second clinic opened.”"""
        return f"{self.number}. {self.day.day} {self.day:%B %Y}: {self.words}"


def chart_events(chart: Chart) -> tuple[Event, ...]:
    """Annotations and rebases between the first point and the last, in order of time."""
    happened = [(each.day, f"{_ended(each.words)} ({each.kind})", False) for each in chart.annotations]
    begun = [
        (each.on, f"Lines begin anew: {_ended(each.reason)} ({each.by.strip()})", True)
        for each in chart.series.rebases
    ]
    in_order = sorted(happened + begun, key=lambda each: (each[0], each[2], each[1]))
    return tuple(Event(number, *each) for number, each in enumerate(in_order, start=1))


def _ended(words: str) -> str:
    return " ".join(words.split()).rstrip(".")
