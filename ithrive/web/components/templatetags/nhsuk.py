"""`{% load nhsuk %}`: parts of the NHS design system in Django templates."""

from collections.abc import Mapping

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from ithrive.web.components import fields, nhsuk, parts

register = template.Library()


@register.simple_tag(name="nhsuk")
def nhsuk_tag(name: str, params: Mapping[str, object] | None = None, **more: object) -> SafeString:
    """`{% nhsuk "button" params %}` or, for short ones, `{% nhsuk "button" text="Save" %}`."""
    return nhsuk.nhsuk_part(name, {**(params or {}), **more})


@register.simple_tag
def nhsuk_field(field: BoundField) -> SafeString:
    """A form field with its label, hint and error."""
    return fields.field_html(field)


@register.simple_tag
def error_summary(form: object) -> SafeString:
    """What is wrong with a form, once: at the top of the page, or else above the fields."""
    if not isinstance(form, BaseForm) or not form.errors or getattr(form, "is_summarised", False):
        return SafeString("")
    form.is_summarised = True  # type: ignore[attr-defined] # a note to the form's own template
    return nhsuk.nhsuk_part("errorSummary", parts.error_summary(form))
