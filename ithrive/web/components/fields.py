"""How a Django form field becomes a field of the NHS design system."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from ithrive.web.components.dates import DateBoxes
from ithrive.web.components.nhsuk import nhsuk_part

Params = dict[str, Any]

# The design system says these in its own way: the hint and error by the macro, "required" in words.
SAID_OTHERWISE = {"required", "aria-describedby", "aria-invalid", "id", "class", "disabled"}


def field_html(field: BoundField) -> SafeString:
    """The field as the site shows it, with its label, hint and error."""
    widget = field.field.widget
    if field.is_hidden:
        return SafeString(str(field))
    for kind, drawing in DRAWINGS:
        if isinstance(widget, kind):
            return drawing(field)
    raise TypeError(f"No drawing for {type(widget).__name__}: add one to DRAWINGS in {__name__}.")


def label_of(field: BoundField) -> str:
    """The label, saying when an answer may be left out."""
    may_be_empty = not field.field.required and not isinstance(field.field.widget, forms.CheckboxInput)
    return f"{field.label} (optional)" if may_be_empty else str(field.label)


def common(field: BoundField) -> Params:
    """Identity, hint and error: what every field has."""
    attrs = field.build_widget_attrs(dict(field.field.widget.attrs))
    params: Params = {
        "id": id_of(field),
        "name": field.html_name,
        "attributes": {
            name: "" if value is True else str(value) for name, value in attrs.items() if shown(name, value)
        },
        "disabled": field.field.disabled,
    }
    if field.field.widget.attrs.get("class"):
        params["classes"] = field.field.widget.attrs["class"]
    if field.help_text:
        params["hint"] = {"html" if isinstance(field.help_text, SafeString) else "text": str(field.help_text)}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in field.errors)}
    return params


def shown(name: str, value: object) -> bool:
    return name not in SAID_OTHERWISE and value is not False and value is not None


def id_of(field: BoundField) -> str:
    return str(field.field.widget.attrs.get("id") or field.auto_id or field.html_name)


def anchor_of(field: BoundField) -> str:
    """The id that the error summary links to: the first box of a date, the first choice of a group."""
    return f"{id_of(field)}_0" if isinstance(field.field.widget, DateBoxes) else id_of(field)


def labelled(field: BoundField) -> Params:
    return {**common(field), "label": {"text": label_of(field), "size": "s"}}


def in_fieldset(field: BoundField) -> Params:
    return {**common(field), "fieldset": {"legend": {"text": label_of(field), "size": "s"}}}


def grouped(field: BoundField, items: list[Params]) -> Params:
    """A group of choices: the first one carries the field's id, so the group itself must not."""
    params = in_fieldset(field)
    return params | {"idPrefix": params.pop("id"), "items": items}


def text_field(field: BoundField) -> SafeString:
    widget = field.field.widget
    assert isinstance(widget, forms.widgets.Input)  # DRAWINGS sends only inputs here
    attrs = dict(widget.attrs)
    params = labelled(field) | {
        "type": widget.input_type,
        "value": widget.format_value(field.value()),
        "autocomplete": attrs.get("autocomplete"),
        "inputmode": attrs.get("inputmode"),
    }
    for name in ("autocomplete", "inputmode"):
        params["attributes"].pop(name, None)
    return nhsuk_part("input", params)


def password_field(field: BoundField) -> SafeString:
    params = labelled(field)
    params["autocomplete"] = params["attributes"].pop("autocomplete", "current-password")
    return nhsuk_part("passwordInput", params)


def long_text_field(field: BoundField) -> SafeString:
    value = field.value()
    params = labelled(field) | {"value": "" if value is None else str(value), "rows": 5}
    for name in ("rows", "cols"):
        params["attributes"].pop(name, None)
    return nhsuk_part("textarea", params)


def file_field(field: BoundField) -> SafeString:
    # The design system's own file upload names its button differently from what it shows, which fails
    # WCAG 2.5.3; the browser's plain control does not, and takes dropped files as well.
    classes = f"app-file-input {field.field.widget.attrs.get('class', '')}".strip()
    return nhsuk_part("input", labelled(field) | {"type": "file", "classes": classes})


def choices_of(field: BoundField) -> list[Params]:
    widget = field.field.widget
    assert isinstance(widget, forms.widgets.ChoiceWidget)  # DRAWINGS sends only choices here
    value = widget.format_value(field.value())
    return [
        {
            "value": str(option["value"]),
            "text": str(option["label"]),
            "selected": option["selected"],
            "checked": option["selected"],
        }
        for _, options, _ in widget.optgroups(field.html_name, value, {})
        for option in options
    ]


def list_field(field: BoundField) -> SafeString:
    return nhsuk_part("select", labelled(field) | {"items": choices_of(field)})


def radios_field(field: BoundField) -> SafeString:
    return nhsuk_part("radios", grouped(field, choices_of(field)))


def checkboxes_field(field: BoundField) -> SafeString:
    return nhsuk_part("checkboxes", grouped(field, choices_of(field)))


def tick_field(field: BoundField) -> SafeString:
    """One box to tick: its hint stands beside it, since there is no group to describe."""
    params = common(field)
    item = {"value": "on", "text": str(field.label), "checked": bool(field.value()), "id": id_of(field)}
    return nhsuk_part("checkboxes", params | {"idPrefix": params.pop("id"), "items": [item]})


def date_field(field: BoundField) -> SafeString:
    widget = field.field.widget
    assert isinstance(widget, DateBoxes)  # DRAWINGS sends only dates here
    value = field.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    boxes = [date_box(field, number, part or "") for number, part in enumerate(values)]
    return nhsuk_part("dateInput", in_fieldset(field) | {"items": boxes})


def date_box(field: BoundField, number: int, value: str) -> Params:
    name, width = DateBoxes.BOXES[number]
    box = {"name": f"{field.html_name}_{number}", "id": f"{id_of(field)}_{number}"}
    return box | {"label": name, "width": width, "value": value}


# The first that fits draws the field, so the more particular widgets come first.
DRAWINGS: tuple[tuple[type[forms.Widget], Callable[[BoundField], SafeString]], ...] = (
    (DateBoxes, date_field),
    (forms.CheckboxSelectMultiple, checkboxes_field),
    # A list in which several may be chosen is hard to use: boxes send the same answer.
    (forms.SelectMultiple, checkboxes_field),
    (forms.RadioSelect, radios_field),
    (forms.CheckboxInput, tick_field),
    (forms.Select, list_field),
    (forms.Textarea, long_text_field),
    (forms.FileInput, file_field),
    (forms.PasswordInput, password_field),
    (forms.widgets.Input, text_field),
)
