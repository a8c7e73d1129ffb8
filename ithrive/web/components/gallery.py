"""Every part that pages are made of, each in the states a person meets, to look at and to test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from ithrive.web.components import parts
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm
from ithrive.web.components.nhsuk import nhsuk_part

PURPOSES = [("", "Choose a purpose"), ("training", "Training"), ("planning", "Planning"), ("other", "Other")]
SECTORS = [("health", "Health"), ("education", "Education"), ("voluntary", "Voluntary sector")]


class EveryField(NHSForm):
    """One of each kind of field."""

    name = forms.CharField(
        label="Name of the area",
        max_length=40,
        help_text="As people there would say it",
        error_messages={"required": "Enter the name of the area"},
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20"}),
    )
    email = forms.EmailField(
        label="Email address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        },
    )
    password = forms.CharField(widget=forms.PasswordInput, error_messages={"required": "Enter your password"})
    first_met = DayField(
        called="the date you first met", label="When did you first meet?", help_text="For example, 27 3 2016"
    )
    days = forms.IntegerField(
        label="Days given",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages={
            "required": "Enter the number of days",
            "invalid": "Days given must be a whole number",
        },
    )
    purpose = forms.ChoiceField(
        choices=PURPOSES, error_messages={"required": "Choose what the support was for"}
    )
    sector = forms.ChoiceField(
        label="Which sector led?",
        choices=SECTORS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which sector led"},
    )
    partners = forms.MultipleChoiceField(
        label="Who else took part?",
        choices=SECTORS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that apply",
    )
    note = forms.CharField(
        widget=forms.Textarea, required=False, help_text="Do not write about any one person's health"
    )
    file = forms.FileField(label="File of members", error_messages={"required": "Choose a CSV file"})
    agreed = forms.BooleanField(
        label="The area lead has agreed to this",
        error_messages={"required": "Confirm that the area lead has agreed"},
    )


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A part of the design system under the name that presenters call it by."""

    heading: str
    markup: SafeString
    style: str = ""  # a style sheet of its own


# What apps above show here too: each adds a function when the site starts, for this one knows none of them.
FROM_APPS: list[Callable[[], Exhibit]] = []


def exhibits() -> list[Exhibit]:
    """Everything but forms."""
    own = [Exhibit(heading, nhsuk_part(name, params)) for heading, name, params in PARTS]
    return own + [show() for show in FROM_APPS]


AREAS = [
    (("Alderbrook", "#table"), "Member", "27 March 2016", 41_200),
    (("Brackenford", "#table"), "Accelerator", "1 April 2015", 58_900),
    (("Cawsand Vale", "#table"), "Paused", "1 October 2017", 23_450),
]

COUNTS = parts.table(
    "Areas and their children and young people",
    ["Area", "Role", "Since", "People aged 0 to 17"],
    AREAS,
    numeric=[3],
)
FACTS = parts.summary_list(
    [("Code", "X26001"), ("Role", "Accelerator", ("Change", "#")), ("Map", ("Open the map", "#"))]
)
WORKING = parts.details("How we worked this out", "Each part is counted once, on the day asked for.")
# It would take the focus and speak at once, as it should on a real page and should not in a gallery.
SAVED = {
    "text": "Membership saved.",
    "variant": "success",
    "titleId": "success-title",
    "disableAutoFocus": True,
    "role": "region",
}
GROUPING = {
    "heading": "Getting Help",
    "headingLevel": 3,
    "href": "#",
    "clickable": True,
    "description": "Help with a goal, from people trained to give it.",
}

PARTS: list[tuple[str, str, dict[str, Any]]] = [
    ("Breadcrumbs", "breadcrumb", parts.breadcrumbs(("Home", "/"), ("Areas", "/areas/"))),
    ("Back link", "backLink", {"text": "Back", "href": "#"}),
    ("Button", "button", parts.button("Save and continue")),
    ("Secondary button, as a link", "button", parts.button("Download as CSV", href="#", kind="secondary")),
    ("Warning button", "button", parts.button("End membership", kind="warning")),
    ("Action link", "actionLink", {"text": "See the map", "href": "#"}),
    ("Tag", "tag", parts.tag("Member", "green")),
    ("Inset text", "insetText", {"text": "Populations are estimates for the middle of the year."}),
    ("Details", "details", WORKING),
    ("Warning", "warningCallout", {"heading": "Important", "text": "A merged area keeps its history."}),
    ("Notification", "notificationBanner", {"text": "Two areas merge on 1 April.", "titleId": "news-title"}),
    ("Success", "notificationBanner", SAVED),
    ("Summary list", "summaryList", FACTS),
    ("Table", "table", COUNTS),
    ("Card", "card", GROUPING),
    ("Pages", "pagination", parts.pagination(4, 11, {"kind": "ccg"})),
]
