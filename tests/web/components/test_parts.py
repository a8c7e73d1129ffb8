"""Parts of a page: the words of presenters in, the design system's markup out."""

import re

import pytest
from django.forms import CharField
from django.utils.html import format_html
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.web.components import parts
from ithrive.web.components.forms import NHSForm
from ithrive.web.components.nhsuk import environment, nhsuk_part, warm_up

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
cells = words | st.integers() | st.tuples(words, words.map("/areas/{}/".format))


FOR_THE_KEYBOARD = ' tabindex="0"'


def without_spaces(markup: str) -> str:
    """Markup as it is read: spaces between a tag and its words do not count."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", markup))


# The first example also compiles the macros, which takes as long as it takes.
@settings(deadline=None)
@given(
    st.lists(st.tuples(cells, cells, cells), max_size=3), words, st.booleans(), st.sampled_from(["", "areas"])
)
def test_our_quick_table_has_the_markup_of_the_design_system(
    rows: list[tuple[object, ...]], caption: str, first_is_heading: bool, name: str
) -> None:
    table = parts.table(
        caption, ["Area", "Role", "People"], rows, numeric=[2], first_is_heading=first_is_heading, name=name
    )
    official = nhsuk_part("table", table | {"plain": False})
    ours = nhsuk_part("table", table)
    assert without_spaces(ours).replace(FOR_THE_KEYBOARD, "", 1) == without_spaces(official)


def test_the_keyboard_can_scroll_a_wide_table_without_scripts() -> None:
    assert f'aria-labelledby="table-names-caption"{FOR_THE_KEYBOARD}>' in nhsuk_part(
        "table", parts.table("Names", ["A"], [["x"]])
    )


def test_markup_in_a_cell_stays_markup_and_text_is_escaped() -> None:
    rows = [[format_html("<b>{}</b>", "bold"), "<i>", {"text": "x", "classes": "app-x"}["text"]]]
    table = nhsuk_part("table", parts.table("Names", ["A", "B", "C"], rows))
    assert "<b>bold</b>" in table
    assert "&lt;i&gt;" in table


def test_a_cell_and_a_table_may_have_classes() -> None:
    table = parts.table("Names", ["A"], [["x"]])
    table["rows"][0][0]["classes"] = "app-shade"
    markup = nhsuk_part("table", table | {"classes": "app-narrow"})
    assert 'class="nhsuk-table__header app-shade"' in markup
    assert 'class="nhsuk-table app-narrow"' in markup


@pytest.mark.parametrize(
    ("value", "shown"),
    [(41200, "41,200"), (0, "0"), ("2015", "2015"), (0.5, "0.5"), (True, "True")],
)
def test_counts_have_commas_and_nothing_else_has(value: object, shown: str) -> None:
    assert parts.cell(value) == {"text": shown}


def test_a_summary_list_says_what_a_change_changes() -> None:
    markup = nhsuk_part(
        "summaryList",
        parts.summary_list([("Role", "Member", ("Change", "/role/")), ("Map", ("Open", "/map/"))]),
    )
    assert without_spaces('Change<span class="nhsuk-u-visually-hidden"> role</span>') in without_spaces(
        markup
    )
    assert '<a class="nhsuk-link" href="/map/">Open</a>' in markup


def pages_shown(page: int, pages: int) -> list[int | str]:
    return [item.get("number", "…") for item in parts.pagination(page, pages)["items"]]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (4, 11, [1, "…", 3, 4, 5, "…", 11]),
        (11, 11, [1, "…", 10, 11]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_pages_near_and_at_the_ends_are_shown(page: int, pages: int, shown: list[int | str]) -> None:
    assert pages_shown(page, pages) == shown


def test_pages_keep_the_rest_of_the_address_and_stop_at_the_ends() -> None:
    first = parts.pagination(1, 2, {"name": "a & b"})
    assert first["next"] == {"href": "?name=a+%26+b&page=2"}
    assert "previous" not in first
    assert "next" not in parts.pagination(2, 2)


def test_buttons_tags_details_and_breadcrumbs_are_as_the_design_system_draws_them() -> None:
    assert 'class="nhsuk-button nhsuk-button--warning"' in nhsuk_part(
        "button", parts.button("End", kind="warning")
    )
    assert 'href="/x/"' in nhsuk_part("button", parts.button("Go", href="/x/"))
    assert "nhsuk-tag--green" in nhsuk_part("tag", parts.tag("Member", "green"))
    assert "&lt;p&gt;" in nhsuk_part("details", parts.details("How", "<p>"))
    assert "<p>x</p>" in nhsuk_part("details", parts.details("How", format_html("<p>{}</p>", "x")))
    assert 'href="/areas/"' in nhsuk_part("breadcrumb", parts.breadcrumbs(("Areas", "/areas/")))


def test_an_error_of_the_whole_form_is_in_the_summary_without_a_link() -> None:
    class Pair(NHSForm):
        name = CharField(error_messages={"required": "Enter a name"})

    form = Pair({"name": "x"})
    form.add_error(None, "The two dates are the wrong way round")
    form.add_error("name", "Enter another name")
    assert parts.error_summary(form)["errorList"] == [
        {"text": "The two dates are the wrong way round"},
        {"text": "Enter another name", "href": "#id_name"},
    ]


def test_a_server_compiles_the_common_macros_before_its_first_visitor() -> None:
    environment.cache_clear()
    warm_up()
    compiled = {name for _, name in environment().cache or {}}
    assert {"plain_table.jinja", "nhsuk/components/input/template.jinja"} <= compiled
