"""The questions in a page's address. A bad answer is named, and the usual one stands in for it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

from ithrive.areas.ages import AgeBand
from ithrive.problems import BadInput
from ithrive.web.components.forms import NHSForm

Choices = Iterable[tuple[str, str]]

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)


FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %B %Y")


class DayBox(forms.DateInput):
    """The browser's own box for a date. It complains of a value that is no date, so none is given then."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        for form in FORMATS:
            with suppress(ValueError):
                return datetime.strptime(str(value), form).date().isoformat()  # noqa: DTZ007 # a day, no moment
        return None


class OneDay(forms.DateField):
    """A day in one box, written 2026-03-31 in addresses, so that a link to a day can be typed."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            widget=DayBox(),
            input_formats=FORMATS,
            error_messages={
                "required": f"{label}: enter a date",
                "invalid": f"{label}: enter a real date, like 2026-03-31",
            },
        )

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(f"{self.label}: enter a date between 1900 and 2100")
        return day


class OneOf(forms.ChoiceField):
    """A choice from a list; leaving it out of the address means the usual one."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, error_messages={"required": f"{label}: choose one from the list"})


class Ages(forms.CharField):
    """Ages as "0-17": the youngest and the oldest, both included."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            max_length=10,
            error_messages={"required": f"{label}: enter the youngest and the oldest, like 0-17"},
        )

    def clean(self, value: Any) -> AgeBand:
        try:
            return AgeBand.parse(super().clean(value))
        except BadInput as refusal:
            raise forms.ValidationError([str(problem) for problem in refusal.problems]) from None


class Filter(NHSForm):
    """A form that lives in the page's address and always has an answer: what was asked, or what is usual."""

    def __init__(
        self, address: QueryDict, *, usual: Mapping[str, Any], choices: Mapping[str, Choices] | None = None
    ) -> None:
        self.usual = dict(usual)
        # Filled in as if the usual answers had been given, so that the page says what it shows.
        filled = {name: address.get(name) or as_text(each) for name, each in usual.items()}
        super().__init__(data=filled, auto_id="%s")
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)

    def answer(self, name: str) -> Any:
        """What was asked for, or the usual where nothing, or nothing usable, was."""
        found = self.cleaned_data.get(name) if self.is_bound and self.errors is not None else None
        return self.usual[name] if found in (None, "") else found


def as_text(answer: Any) -> str:
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, AgeBand):
        return f"{answer.youngest}-{answer.oldest}"
    return "" if answer is None else str(answer)


class AreaListFilter(Filter):
    """Which areas to list: of a kind, as they were on a day, by name or code."""

    kind = OneOf("Kind of area")
    on = OneDay("On the day")
    q = forms.CharField(label="Search", required=False, max_length=100)


class MapFilter(Filter):
    """What the spread map shows, of which areas, in which layout, on which day."""

    boundaries = OneOf("Areas")
    show = OneOf("Show")
    layout = OneOf("Drawn as")
    on = OneDay("On the day")


class CoverageFilter(Filter):
    """Whose coverage, on which day, since when, counted on which areas."""

    on = OneDay("On the day")
    since = OneDay("Compared with")
    ages = Ages("Ages, like 0-17")
    geography = OneOf("Counted by")
    mid_year = OneOf("Population of mid-year")
