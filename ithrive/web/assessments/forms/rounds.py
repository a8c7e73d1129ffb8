"""What people type about rounds: when they fall due, who rates, and the reasons that steps ask for."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms

from ithrive.assessments.schedule import MOST_ROUNDS, Window, windows
from ithrive.web.accounts.models import Person
from ithrive.web.assessments.actions.raters import VIEWS
from ithrive.web.assessments.models import InstrumentVersion, Purpose, RaterOnRound
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm

NARROW = {"inputmode": "numeric", "class": "nhsuk-input--width-3"}


class ScheduleForm(NHSForm):
    """Six-monthly rounds of an area; `purposes` are those the person may schedule."""

    purpose = forms.ChoiceField(
        label="What the rounds are for",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the rounds are for"},
    )
    instrument = forms.ModelChoiceField(
        InstrumentVersion.objects.none(),
        label="Instrument",
        empty_label=None,
        help_text="Rounds keep this version, whatever is imported later.",
        error_messages={
            "required": "Choose the instrument",
            "invalid_choice": "Choose an instrument in the list",
        },
    )
    first_due = DayField(
        label="Day on which the first round is due", called="the day on which the first round is due",
        help_text="For example, 31 3 2027",
    )  # fmt: skip
    rounds = forms.IntegerField(
        label="How many rounds, one every six months", min_value=1, max_value=MOST_ROUNDS, initial=2,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many rounds", "invalid": "Rounds must be a whole number"},
    )  # fmt: skip
    opens = forms.IntegerField(
        label="Weeks before the due day on which the window opens", min_value=0, max_value=26, initial=4,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many weeks before", "invalid": "Weeks must be a whole number"},
    )  # fmt: skip
    closes = forms.IntegerField(
        label="Weeks after the due day on which the window closes", min_value=0, max_value=26, initial=4,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many weeks after", "invalid": "Weeks must be a whole number"},
    )  # fmt: skip
    study = forms.SlugField(
        label="Study", max_length=60, required=False,
        help_text="Its short name, for example ithrive-2027. Leave it empty for a round outside any study.",
        error_messages={"invalid": "Study must be letters, digits and hyphens"},
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        purposes: Iterable[Purpose],
        instruments: Sequence[InstrumentVersion],
        studies: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [each for each in Purpose if each in set(purposes)]
        chosen = self.fields["purpose"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(each.value, each.label) for each in offered]
        chosen.initial = offered[0].value
        if len(offered) == 1:
            chosen.widget = chosen.hidden_widget()  # there is nothing to choose
        versions = self.fields["instrument"]
        assert isinstance(versions, forms.ModelChoiceField)
        numbers = [each.pk for each in instruments]
        versions.queryset = InstrumentVersion.objects.filter(pk__in=numbers).defer("content")
        versions.initial = numbers[0] if numbers else None
        if not studies:
            del self.fields["study"]

    def windows(self) -> tuple[Window, ...]:
        values = self.cleaned_data
        return windows(
            values["first_due"],
            values["rounds"],
            opens_before=timedelta(weeks=values["opens"]),
            closes_after=timedelta(weeks=values["closes"]),
        )


class StudyForm(ScheduleForm):
    """The same for every area of a study at once."""

    areas = forms.CharField(
        label="Codes of the areas, one on each line", widget=forms.Textarea,
        error_messages={"required": "Enter the codes of the areas"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        study = self.fields["study"]
        study.required, study.help_text = True, "Its short name, for example ithrive-2027."
        study.error_messages["required"] = "Enter the study's short name"
        self.order_fields(["study", "areas"])

    def codes(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["areas"].split()))


class RaterForm(NHSForm):
    person = forms.ChoiceField(label="Who rates", error_messages={"required": "Choose who rates"})
    view = forms.ChoiceField(
        label="Whose view they give", choices=list(VIEWS.items()), initial="staff", widget=forms.RadioSelect,
        error_messages={"required": "Choose whose view they give"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["person"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Choose"), *((each.reference, each.name) for each in people)]


class StepForm(NHSForm):
    """A step on a round that asks for nothing; `raters` are those of the round."""

    def __init__(self, *args: Any, raters: Sequence[RaterOnRound] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.raters = raters


class ReasonForm(StepForm):
    reason = forms.CharField(
        label="Reason", max_length=250, widget=forms.Textarea, error_messages={"required": "Enter the reason"}
    )


class ShareForm(StepForm):
    statement = forms.CharField(
        label="With whom you share it, and what for", max_length=300, widget=forms.Textarea,
        error_messages={"required": "Enter with whom you share it, and what for"},
    )  # fmt: skip


class ReturnForm(ReasonForm):
    whose = forms.MultipleChoiceField(
        label="Whose ratings go back", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whose ratings go back"},
    )  # fmt: skip
    field_order = ["whose", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["whose"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(str(each.pk), each.person.name) for each in self.raters]

    def chosen(self) -> list[RaterOnRound]:
        return [each for each in self.raters if str(each.pk) in self.cleaned_data["whose"]]
