"""What people record beside a measure."""

from django import forms

from ithrive.improvement import AnnotationKind
from ithrive.improvement.recorded import LONGEST_WORDS
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm

FOR_EXAMPLE = "For example, 31 3 2026"
NOT_CHILDREN = "Never write about a child, a young person or a family."


def _words(label: str, required: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDS,
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
