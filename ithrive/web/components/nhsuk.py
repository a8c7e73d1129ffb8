"""The NHS design system's own Jinja macros, called from Python and from Django templates."""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

# Where a macro's name and its folder differ.
FOLDERS = {"table": "tables", "image": "images"}


@cache
def environment() -> Environment:
    # The macros lean on chained missing parameters, as their README says.
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("nhsuk_frontend_jinja"), PackageLoader("ithrive.web.components", "macros")]
        ),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def nhsuk_part(name: str, params: Mapping[str, object]) -> SafeString:
    """One part of a page: the macro `name` ("errorSummary") with the parameters its documentation lists.

    Text is escaped by the macro; only what was marked safe by Django, or given as "html", is not.
    """
    macros = environment().get_template(template_of(name, params)).module
    markup = str(getattr(macros, name)(dict(params))).strip()
    return mark_safe(markup)  # noqa: S308 - the environment has escaped what is not markup


def template_of(name: str, params: Mapping[str, object]) -> str:
    if name == "table" and params.get("plain"):
        return "plain_table.jinja"
    folder = FOLDERS.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
    return f"nhsuk/components/{folder}/macro.jinja"


def warm_up() -> None:
    """Compile the macros that almost every page uses, so that no visitor waits for it."""
    for name in ("skipLink", "errorSummary", "dateInput", "select", "radios", "checkboxes", "pagination"):
        nhsuk_part(name, {})
    nhsuk_part("table", {"plain": True, "caption": {"text": ""}, "rows": []})
