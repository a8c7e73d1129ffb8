"""Forms that say what to enter, in the words of their own fields."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from ithrive.web.components.dates import DayField
from ithrive.web.components.fields import field_html
from ithrive.web.components.forms import NHSForm
from ithrive.web.components.gallery import EveryField


class Meeting(NHSForm):
    place = forms.CharField(max_length=10, error_messages={"required": "Enter where you met"})
    people = forms.IntegerField(min_value=2, max_value=9, required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)
    day = DayField(called="the day you met", required=False)


def errors(**answers: str) -> dict[str, list[str]]:
    return dict(Meeting(answers).errors)


def test_a_required_field_without_a_sentence_of_its_own_is_refused() -> None:
    class Silent(NHSForm):
        place = forms.CharField()

    with pytest.raises(
        ImproperlyConfigured, match=r"Silent\.place is required, so it needs its own sentence"
    ):
        Silent()


def test_what_is_missing_is_asked_for_in_the_words_of_the_field() -> None:
    assert errors() == {"place": ["Enter where you met"]}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"place": "Alderbrook Hall"}, {"place": ["Place must be 10 characters or fewer"]}),
        ({"place": "Hall", "people": "1"}, {"people": ["People must be 2 or more"]}),
        ({"place": "Hall", "people": "10"}, {"people": ["People must be 9 or fewer"]}),
        ({"place": "Hall", "kind": "z"}, {"kind": ["Kind: choose one of the answers in the list"]}),
        ({"place": "Hall"}, {}),
    ],
)
def test_what_is_wrong_names_the_field_and_the_limit(
    answers: dict[str, str], said: dict[str, list[str]]
) -> None:
    assert errors(**answers) == said


@pytest.mark.parametrize("field", ["place", "kind", "people", "day_0"])
def test_a_character_that_cannot_be_stored_is_refused_in_every_field(field: str) -> None:
    found = errors(**{"place": "Hall", field: "a\x00b"})
    assert list(found) == [field.removesuffix("_0")]
    assert "cannot be stored" in found[field.removesuffix("_0")][0]


def typed(day: str, month: str, year: str) -> date | None:
    return DayField(called="the day you met").clean([day, month, year])


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_typed_is_the_date_read(day: date) -> None:
    assert typed(str(day.day), f"{day.month:02}", str(day.year)) == day


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("", "", "", "Enter the day you met"),
        (" ", "", "", "Enter the day you met"),
        ("31", "", "", "The day you met must include a month and year"),
        ("31", "2", "2015", "The day you met must be a real date"),
        ("two", "2", "2015", "The day you met must be a real date"),
        ("²", "2", "2015", "The day you met must be a real date"),
        ("-1", "2", "2015", "The day you met must be a real date"),
        ("1", "2", "15", "Year must include 4 numbers"),
        ("1", "2", "20155", "Year must include 4 numbers"),
        ("1", "2", "0000", "The day you met must be a real date"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(day: str, month: str, year: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        typed(day, month, year)
    assert refusal.value.messages == [said]


def test_a_date_may_be_left_out_where_it_is_optional() -> None:
    assert Meeting({"place": "Hall"}).is_valid()


def test_a_form_knows_whether_its_date_was_changed() -> None:
    field = DayField(called="the day you met")
    assert not field.has_changed(date(2016, 3, 27), ["27", "3", "2016"])
    assert field.has_changed(date(2016, 3, 27), ["28", "3", "2016"])
    assert field.has_changed(date(2016, 3, 27), ["28", "", ""])


def test_a_known_date_is_shown_in_its_three_boxes() -> None:
    markup = field_html(Meeting(initial={"day": date(2016, 3, 27)})["day"])
    assert all(f'value="{part}"' in markup for part in (27, 3, 2016))


def test_what_was_typed_is_shown_again_after_a_mistake() -> None:
    form = Meeting({"place": "A hall <too> long", "day_0": "31", "kind": "a"})
    assert 'value="A hall &lt;too&gt; long"' in field_html(form["place"])
    assert 'value="31"' in field_html(form["day"])
    assert '<option value="a" selected>' in field_html(form["kind"])


def test_an_answer_that_may_be_left_out_says_so() -> None:
    assert "People (optional)" in field_html(Meeting()["people"])
    assert "optional" not in field_html(Meeting()["place"])


@pytest.mark.parametrize("name", [name for name, field in EveryField.base_fields.items() if field.required])
def test_every_kind_of_field_ties_its_error_to_itself(name: str) -> None:
    form = EveryField({}, {})
    markup = field_html(form[name])
    assert f'id="id_{name}-error"' in markup
    assert "aria-describedby=" in markup
    assert str(form.errors[name][0]) in markup


@pytest.mark.parametrize("name", EveryField.base_fields)
def test_no_id_is_given_twice(name: str) -> None:
    markup = field_html(EveryField({}, {})[name])
    ids = [part.split('"')[0] for part in markup.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_hidden_field_has_no_label() -> None:
    class Quiet(NHSForm):
        step = forms.CharField(
            widget=forms.HiddenInput, initial="2", error_messages={"required": "Start again"}
        )

    box = '<input type="hidden" name="step" value="2" id="id_step">'
    assert str(Quiet()) == box
    assert field_html(Quiet()["step"]) == box


def test_a_hint_that_is_markup_stays_markup_and_one_that_is_text_is_escaped() -> None:
    class Hinted(NHSForm):
        one = forms.CharField(required=False, help_text=format_html("<b>{}</b>", "bold"))
        two = forms.CharField(required=False, help_text="a < b")

    assert "<b>bold</b>" in field_html(Hinted()["one"])
    assert "a &lt; b" in field_html(Hinted()["two"])


def test_a_widget_without_a_drawing_is_refused_by_name() -> None:
    class Odd(NHSForm):
        shade = forms.Field(required=False, widget=forms.Widget)

    with pytest.raises(TypeError, match="No drawing for Widget"):
        field_html(Odd()["shade"])


def test_the_summary_stands_once_even_where_a_page_forgets_it() -> None:
    page = render_to_string("components/form_page.html", {"form": Meeting({}), "page_title": "A meeting"})
    assert page.count("There is a problem") == 1
    assert page.index("There is a problem") < page.index("<h1")
    assert "<title>Error: A meeting – i-THRIVE platform</title>" in page
    assert str(Meeting({})).count("There is a problem") == 1
    assert "There is a problem" not in str(Meeting())


def test_a_list_with_several_answers_is_drawn_as_boxes() -> None:
    class Several(NHSForm):
        kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)

    form = Several({"kinds": ["b"]})
    assert form.is_valid()
    markup = field_html(form["kinds"])
    assert markup.count('type="checkbox"') == 2
    assert 'value="b" checked' in markup


def test_an_attribute_that_is_simply_there_has_no_value() -> None:
    class Focused(NHSForm):
        name = forms.CharField(
            required=False, widget=forms.TextInput(attrs={"autofocus": True, "list": None})
        )

    markup = field_html(Focused()["name"])
    assert ' autofocus=""' in markup
    assert "list" not in markup
