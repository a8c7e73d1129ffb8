"""What people record beside a measure."""

from typing import Any, cast

from django import forms

from ithrive.improvement import AnnotationKind, Decision
from ithrive.improvement.recorded import LONGEST_WORDS
from ithrive.measures import measures
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm

FOR_EXAMPLE = "For example, 31 3 2026"
NOT_CHILDREN = "Never write about a child, a young person or a family."


def _words(label: str, required: str, hint: str = "", longest: int = LONGEST_WORDS) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea,
        help_text=hint,
        error_messages={"required": required},
    )


class NoteForm(NHSForm):
    """Something that happened."""

    day = DayField(label="On which day?", called="the day on which it happened", help_text=FOR_EXAMPLE)
    kind = forms.ChoiceField(
        label="What sort of thing was it?",
        choices=[(each.value, each.value.capitalize()) for each in AnnotationKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what sort of thing it was"},
    )
    words = _words("What happened?", "Enter what happened", NOT_CHILDREN)


class RebaseForm(NHSForm):
    """Why lines begin anew, and who answers for it."""

    on = DayField(
        label="From which day on does the change show?",
        called="the day from which the change shows",
        help_text=f"{FOR_EXAMPLE}. Lines begin anew at the first figure on or after it.",
    )
    reason = _words(
        "What changed in how the service works?",
        "Enter what changed",
        "A change that is known and lasts. That figures moved is not a reason. " + NOT_CHILDREN,
    )
    decided_by = forms.CharField(
        label="Who decided to rebase?",
        max_length=100,
        help_text="A person or a group, such as the steering group.",
        error_messages={"required": "Enter who decided to rebase"},
    )


class ReasonForm(NHSForm):
    reason = _words("Why?", "Enter why", "The history keeps what stood, with this reason.")


LONGEST_TOLD = 2000
DECISIONS = {
    Decision.ADOPT: "Adopt it: keep it, and see to it that it lasts",
    Decision.ADAPT: "Adapt it: change it, and test it again",
    Decision.ABANDON: "Abandon it: something else is worth trying",
}


class CycleForm(NHSForm):
    """A test as it is begun. The prediction is asked for before anybody knows what is found."""

    change = _words("What will you change?", "Enter what you will change", f"One small thing. {NOT_CHILDREN}")
    aim = _words("What do you want to get better by it?", "Enter what should get better")
    prediction = _words(
        "What do you expect to happen?",
        "Enter what you expect to happen",
        "In words that can turn out wrong. You will read them again when you say what was found.",
    )
    plan = _words(
        "Who does what, where and when?", "Enter who does what, where and when", longest=LONGEST_TOLD
    )
    measure = forms.ChoiceField(
        label="On the charts of which measure should it stand?",
        required=False,
        help_text="One that could show whether it helps.",
    )
    started = DayField(
        label="On which day did it begin?", called="the day on which it began", help_text=FOR_EXAMPLE
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [(each.id, f"{each.id} {each.title}") for each in measures().values()]
        field = cast("forms.ChoiceField", self.fields["measure"])
        field.choices = [("", "None of them"), *known]


class StudyForm(NHSForm):
    """A test as it is finished: what was found, and what becomes of the change."""

    ended = DayField(
        label="On which day did it end?", called="the day on which it ended", help_text=FOR_EXAMPLE
    )
    found = _words(
        "What did you find, beside what you expected?",
        "Enter what you found",
        f"What surprised you counts most. {NOT_CHILDREN}",
        LONGEST_TOLD,
    )
    decision = forms.ChoiceField(
        label="What becomes of the change?",
        choices=[(each.value, words) for each, words in DECISIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the change"},
    )
