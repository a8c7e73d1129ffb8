"""What people of an area type about its work."""

from typing import Any

from django import forms
from django.utils import timezone

from ithrive.framework.approach import approach
from ithrive.implementation import Part, Shows, steering_group
from ithrive.implementation import Post as PostValue
from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.implementation.stakeholders import ENGAGEMENT, INFLUENCE
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm
from ithrive.web.implementation.models import Action, Post, Stakeholder

LONGEST_TEXT, LONGEST_NAME = 300, 100
FOR_EXAMPLE = "For example, 31 3 2026"
NOT_CHILDREN = "Never write about a child, a young person or a family."

SHOWS = (
    (Shows.BEGUN.value, "We are at work on it"),
    (Shows.REACHED.value, "We reached it"),
    (Shows.SKIPPED.value, "We skip it"),
    (Shows.RETURNED.value, "We return to it"),
)


def _sectors() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in steering_group().sector]


def _steps() -> list[tuple[str, list[tuple[str, str]]]]:
    """The steps under their phases, as a list to choose from."""
    return [(phase.name, [(step.code, step.name) for step in phase.steps]) for phase in approach().phases]


def _long(label: str, required: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text=hint,
        error_messages={"required": required},
    )


class EvidenceForm(NHSForm):
    """One dated fact about one step."""

    shows = forms.ChoiceField(
        label="What happened?",
        choices=SHOWS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    on = DayField(label="On which day?", called="the day on which it happened", help_text=FOR_EXAMPLE)
    what = _long(
        "What shows it?",
        "Enter what shows it, or why the step is skipped",
        "A meeting, a paper, a decision, a figure. If you skip the step or return to it, say why. "
        + NOT_CHILDREN,
    )

    def fact(self) -> dict[str, Any]:
        return {**self.cleaned_data, "shows": Shows(self.cleaned_data["shows"])}


class PostForm(NHSForm):
    """Somebody in a post."""

    holder = forms.CharField(
        label="Name", max_length=LONGEST_NAME, error_messages={"required": "Enter who holds the post"}
    )
    kind = forms.ChoiceField(
        label="Post",
        choices=Post.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the post"},
    )
    sector = forms.ChoiceField(
        label="Sector they come from",
        choices=_sectors,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the sector"},
    )
    starts = DayField(
        label="First day in the post", called="the first day in the post", help_text=FOR_EXAMPLE
    )
    ends = DayField(
        label="First day on which they no longer held it",
        called="the day on which it ended",
        help_text="Leave it empty while they hold it.",
        required=False,
    )

    def post(self) -> PostValue:
        said = self.cleaned_data
        return PostValue(Part(said["kind"]), said["holder"], said["sector"], said["starts"], said["ends"])

    @staticmethod
    def filled_with(row: Post) -> dict[str, Any]:
        return {field: getattr(row, field) for field in ("holder", "kind", "sector", "starts", "ends")}


class EndForm(NHSForm):
    ends = DayField(
        label="First day on which they no longer hold the post",
        called="the day on which it ends",
        help_text=FOR_EXAMPLE,
    )


class StakeholderForm(NHSForm):
    """An organisation or group, how much it can move, and how close the work with it is."""

    name = forms.CharField(
        label="Organisation or group",
        max_length=150,
        help_text="Not a person.",
        error_messages={"required": "Enter the organisation or group"},
    )
    sector = forms.ChoiceField(
        label="Sector",
        choices=lambda: [*_sectors(), ("other", "Another")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the sector"},
    )
    influence = forms.TypedChoiceField(
        label="How much can it move the change?",
        choices=[(number, words.capitalize()) for number, words in sorted(INFLUENCE.items(), reverse=True)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much it can move the change"},
    )
    engagement = forms.TypedChoiceField(
        label="How close is the work with it?",
        choices=[(number, words.capitalize()) for number, words in sorted(ENGAGEMENT.items())],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how close the work with it is"},
    )
    note = forms.CharField(
        label="Who speaks with them, and about what",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
        help_text=NOT_CHILDREN,
    )

    def stakeholder(self) -> StakeholderValue:
        """As it is seen today."""
        said = self.cleaned_data
        name = said["name"].strip()
        today = timezone.localdate()
        return StakeholderValue(name, said["sector"], said["influence"], said["engagement"], today)

    @staticmethod
    def filled_with(row: Stakeholder) -> dict[str, Any]:
        return {field: getattr(row, field) for field in ("name", "sector", "influence", "engagement", "note")}


class PriorityForm(NHSForm):
    """A priority of people's own."""

    title = forms.CharField(
        label="What do you want to change?",
        max_length=200,
        error_messages={"required": "Enter what you want to change"},
    )
    because = _long("Why did you choose it?", "Enter why you chose it", "Who chose it, and on what grounds.")


class ChoiceForm(NHSForm):
    """Why a proposal was chosen: the title is the statement's."""

    because = _long("Why do you choose it?", "Enter why you choose it", "Who chose it, and on what grounds.")


class ActionForm(NHSForm):
    """One thing to do."""

    title = forms.CharField(
        label="What is to be done?",
        max_length=200,
        error_messages={"required": "Enter what is to be done"},
    )
    owner = forms.CharField(
        label="Who will see to it?",
        max_length=LONGEST_NAME,
        help_text="One person, by name or post.",
        error_messages={"required": "Enter who will see to it"},
    )
    due_on = DayField(label="By when?", called="the day by which it is to be done", help_text=FOR_EXAMPLE)
    step = forms.ChoiceField(
        label="Which step of the Approach does it serve?",
        choices=_steps,
        help_text="Once it is done, it counts as work on this step.",
        error_messages={"required": "Choose the step that it serves"},
    )

    @staticmethod
    def filled_with(row: Action) -> dict[str, Any]:
        return {field: getattr(row, field) for field in ("title", "owner", "due_on", "step")}


class DoneForm(NHSForm):
    on = DayField(
        label="On which day was it done?", called="the day on which it was done", help_text=FOR_EXAMPLE
    )
    evidence = _long(
        "What shows that it was done?", "Enter what shows it", "A paper, a decision, a figure, a link."
    )


class ReasonForm(NHSForm):
    """Why something is dropped, closed, or taken back."""

    reason = _long("Why?", "Enter why", "The history keeps what stood, with this reason.")


class NothingForm(NHSForm):
    """Nothing to fill in: only to confirm."""
