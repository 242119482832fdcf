"""The crispy-forms template pack `kern`: what a person, a screen reader and a browser get of each field."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Column, Div, Fieldset, Hidden, Layout, Row, Submit
from django import forms
from django.template import Context, Template

WORDS = {"required": "Geben Sie Ihren Namen an."}


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="Vor- und Nachname", error_messages=WORDS)
    email = forms.EmailField(label="E-Mail")
    phone = forms.CharField(
        label="Telefon", required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    topic = forms.ChoiceField(label="Thema", choices=[("a", "Einbruch"), ("b", "Diebstahl")])
    way = forms.ChoiceField(
        label="Weg", choices=[("x", "Bahn"), ("y", "Auto")], widget=forms.RadioSelect, help_text="Wie?"
    )
    days = forms.MultipleChoiceField(
        label="Tage", required=False, choices=[("1", "Montag")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Gelesen")
    day = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}))
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


def show(form: forms.Form, **context: object) -> str:
    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render(Context({"form": form, **context}))


def part(html: str, start: str, end: str = "</div>\n") -> str:
    return html[html.index(start) :].partition(end)[0]


@pytest.mark.parametrize("name", ["name", "email", "phone", "note", "topic", "day"])
def test_every_input_has_a_label_of_its_own(name: str) -> None:
    html = show(Sample())
    assert f'for="id_{name}"' in html
    assert f'id="id_{name}"' in html


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("name", "kern-form-input__input"),
        ("note", "kern-form-input__input"),
        ("topic", "kern-form-input__select"),
        ("agreed", "kern-form-check__checkbox"),
    ],
)
def test_widgets_wear_the_classes_of_the_design_system(name: str, word: str) -> None:
    tag = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', show(Sample()))
    assert tag
    assert f'class="{word}"' in tag.group()


def test_standard_attributes_of_a_widget_stay() -> None:
    tag = re.search(r'<input[^>]*name="phone"[^>]*>', show(Sample()))
    assert tag
    assert 'type="tel"' in tag.group()
    assert 'autocomplete="tel"' in tag.group()


def test_voluntary_fields_say_so_and_the_rule_stands_above() -> None:
    html = show(Sample())
    assert html.count("– freiwillig") == 3
    assert html.index("Was nicht mit") < html.index('name="name"')


def test_no_rule_where_everything_is_needed() -> None:
    class Short(forms.Form):
        name = forms.CharField(label="Name")

    assert "freiwillig" not in show(Short())


def test_fields_of_a_search_are_neither_needed_nor_voluntary() -> None:
    form = Sample()
    for field in form.fields.values():
        field.is_search = True  # type: ignore[attr-defined]
    assert "freiwillig" not in show(form)


def test_a_hint_is_read_out_with_its_field() -> None:
    html = show(Sample())
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_a_group_is_a_fieldset_with_legend_and_hint() -> None:
    html = show(Sample())
    assert '<fieldset class="kern-fieldset" aria-describedby="id_way_helptext">' in html
    assert re.search(r"<legend[^>]*>Weg", html)
    assert 'class="kern-form-check__radio"' in html


def test_boxes_are_boxes() -> None:
    tag = re.search(r'<input[^>]*name="days"[^>]*>', show(Sample()))
    assert tag
    assert 'type="checkbox"' in tag.group()
    assert "kern-form-check__checkbox" in tag.group()


def test_the_summary_names_each_fault_and_leads_to_its_field() -> None:
    html = show(Sample({"email": "x"}))
    assert "Bitte prüfen Sie sechs Angaben" in html
    assert '<a class="kern-link" href="#id_name">Name: Die Angabe fehlt</a>' in html
    assert 'href="#id_way_0"' in html
    assert html.index("kern-alert") < html.index("form-fields")


def test_the_summary_takes_the_focus() -> None:
    assert re.search(r'role="alert" tabindex="-1" autofocus', show(Sample({})))


def test_the_field_says_what_to_do() -> None:
    html = show(Sample({}))
    assert 'id="id_name_error"' in html
    assert "Geben Sie Ihren Namen an." in part(html, 'id="id_name_error"')
    tag = re.search(r'<input[^>]*name="name"[^>]*>', html)
    assert tag
    assert 'aria-invalid="true"' in tag.group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag.group()


def test_a_form_brings_words_for_its_own_faults() -> None:
    form = Sample({"name": "Kim"})
    form.faults = {"required": "Das fehlt noch"}  # type: ignore[attr-defined]
    assert "E-Mail: Das fehlt noch" in show(form)


def test_one_fault_is_said_in_the_singular() -> None:
    class Short(forms.Form):
        name = forms.CharField(label="Name")

    assert "Bitte prüfen Sie eine Angabe" in show(Short({}))


def test_what_concerns_the_whole_form_stands_in_the_summary() -> None:
    form = Sample({})
    form.full_clean()
    form.add_error(None, "Beginn und Ende passen nicht zusammen.")
    assert "Beginn und Ende passen nicht zusammen." in part(show(form), "kern-alert__body")


def test_typed_text_is_escaped() -> None:
    html = show(Sample({"name": "<b>x</b>", "note": "</textarea><b>"}))
    assert "<b>" not in html


def test_a_note_of_the_page_stands_below_the_faults() -> None:
    assert "Ihre Zeit bleibt reserviert." in show(Sample({}), error_note="Ihre Zeit bleibt reserviert.")


def test_a_layout_groups_fields_and_puts_them_side_by_side() -> None:
    form = Sample()
    form.helper.layout = Layout(
        Fieldset("Über Sie", Row(Column("name"), Column("email"))), Div("note", css_class="wide")
    )
    html = show(form)
    assert '<legend class="form-section__legend kern-heading-medium">Über Sie</legend>' in html
    assert 'class="form-row"' in html
    assert 'class="wide"' in html
    assert html.index("form-row") < html.index('name="name"')


def test_a_form_with_its_own_tag_brings_token_and_submit_row() -> None:
    form = Sample()
    form.helper.form_tag = True
    form.helper.form_action = "/ziel/"
    form.helper.layout = Layout("name", Hidden("weg", "1"), ButtonHolder(Submit("save", "Speichern")))
    html = show(form, csrf_token="T")
    assert re.search(r'<form[^>]*action="/ziel/"[^>]*method="post"', html)
    assert 'name="csrfmiddlewaretoken" value="T"' in html
    assert '<input type="hidden" name="weg" value="1">' in html
    assert re.search(r'<button class="kern-btn kern-btn--primary" type="submit" name="save"', html)


def test_a_file_makes_the_form_multipart() -> None:
    class Upload(forms.Form):
        file = forms.FileField(label="Datei")

    form = Upload()
    form.helper = FormHelper()  # type: ignore[attr-defined]
    assert 'enctype="multipart/form-data"' in show(form)


def test_a_question_keeps_its_mark_in_the_summary() -> None:
    class Asked(Sample):
        name = forms.CharField(label="Was ist es?")

    html = show(Asked({}))
    assert "Was ist es? Die Angabe fehlt" in html
    assert "E-Mail: Die Angabe fehlt" in html
