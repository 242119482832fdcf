"""Moments, choices, files and rows: what a form makes of what people type."""

import datetime
import io
import zipfile

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.forms.fields import choices_field, moment_field
from partnership.forms.files import CheckedFileField, file_field
from partnership.forms.rows import with_another_row
from partnership.times import BERLIN
from tests.kern.gallery import PLACES, Everything, RoomRows


class When(forms.Form):
    begins = moment_field("Beginn")


def when(day: str, clock: str) -> When:
    return When({"begins_0": day, "begins_1": clock})


def test_a_moment_is_a_time_of_berlin() -> None:
    form = when("24.11.2026", "9.30")
    assert form.is_valid()
    assert form.cleaned_data["begins"] == datetime.datetime(2026, 11, 24, 9, 30, tzinfo=BERLIN)


def test_of_a_doubled_hour_the_first_is_meant() -> None:
    form = when("2026-10-25", "2:30")
    assert form.is_valid()
    assert form.cleaned_data["begins"].utcoffset() == datetime.timedelta(hours=2)


def test_an_hour_that_is_left_out_gets_a_sentence() -> None:
    form = when("2026-03-29", "2:30")
    assert form.errors["begins"] == [
        "An diesem Tag wird die Uhr vorgestellt. Wählen Sie eine Zeit ab 3:00 Uhr."
    ]
    assert (
        'href="#id_begins_1">Beginn, Uhrzeit: Diese Uhrzeit gibt es an dem Tag nicht'
        in render_crispy_form(form)
    )


@pytest.mark.parametrize(
    ("day", "clock", "line"),
    [
        ("", "", 'href="#id_begins_0">Beginn: Die Angabe fehlt'),
        ("2026-11-24", "", 'href="#id_begins_1">Beginn, Uhrzeit: Die Angabe fehlt'),
        ("32.1.", "9:00", 'href="#id_begins_0">Beginn, Tag: Die Schreibweise stimmt nicht'),
    ],
)
def test_the_summary_leads_to_the_input_that_is_wrong(day: str, clock: str, line: str) -> None:
    assert line in render_crispy_form(when(day, clock))


def test_both_parts_are_named_when_both_are_wrong() -> None:
    html = render_crispy_form(when("morgen", "früh"))
    assert "Bitte prüfen Sie zwei Angaben" in html
    assert 'value="morgen"' in html
    assert 'value="früh"' in html


def test_only_the_wrong_input_is_marked() -> None:
    html = render_crispy_form(when("2026-11-24", "früh"))
    assert html.count('aria-invalid="true"') == 1


def test_a_moment_is_shown_in_two_labelled_inputs() -> None:
    moment = datetime.datetime(2026, 7, 1, 7, 15, tzinfo=datetime.UTC)
    html = render_crispy_form(When(initial={"begins": moment}))
    assert 'for="id_begins_0">Tag' in html
    assert 'value="2026-07-01"' in html
    assert 'value="09:15"' in html


def test_a_voluntary_moment_may_be_left_empty() -> None:
    field = moment_field("Ende", required=False)
    assert field.clean(["", ""]) is None
    with pytest.raises(forms.ValidationError, match="Geben Sie eine Uhrzeit an"):
        field.clean(["2026-11-24", ""])


def test_many_boxes_stand_in_columns() -> None:
    class Where(forms.Form):
        many = choices_field("Orte", PLACES)
        few = choices_field("Tage", PLACES[:3])

    assert render_crispy_form(Where()).count("form-many") == 1


def test_a_list_of_the_browser_has_no_arrow() -> None:
    class Where(forms.Form):
        many = choices_field("Orte", PLACES, is_list=True)

    html = render_crispy_form(Where())
    assert 'class="kern-form-input__input"' in html
    assert "select-wrapper" not in html


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


CONTENT = {
    "a.pdf": b"%PDF-1.7 ...",
    "a.JPG": b"\xff\xd8\xff\xe0...",
    "a.png": b"\x89PNG\r\n\x1a\n...",
    "a.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "a.xlsx": workbook(),
    "a.csv": "Größe;Zahl\r\nü;1\r\n".encode("cp1252"),
}


def all_kinds() -> CheckedFileField:
    return file_field("Datei", ["pdf", "jpeg", "png", "webp", "xlsx", "csv"], most_megabytes=1)


@pytest.mark.parametrize("name", CONTENT)
def test_a_file_is_what_its_content_is(name: str) -> None:
    file = all_kinds().clean(SimpleUploadedFile(name, CONTENT[name], content_type="text/html"))
    assert file.content_type != "text/html"
    assert file.read() == CONTENT[name]


@pytest.mark.parametrize("name", CONTENT)
def test_a_file_that_only_has_the_name_is_refused(name: str) -> None:
    with pytest.raises(
        forms.ValidationError, match="Wählen Sie eine Datei der Art PDF, JPEG, PNG, WebP, XLSX oder CSV"
    ):
        all_kinds().clean(SimpleUploadedFile(name, b"MZ\x00\x01 a program"))


def test_a_file_that_is_too_large_says_how_large() -> None:
    with pytest.raises(
        forms.ValidationError, match=r"Die Datei hat 1,1 MB\. Verkleinern Sie sie auf höchstens 1 MB"
    ):
        all_kinds().clean(SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 1024 * 1024))


def test_the_hint_says_what_fits() -> None:
    assert (
        str(file_field("Plan", ["pdf", "png"], most_megabytes=5).help_text) == "PDF oder PNG, höchstens 5 MB"
    )


def test_where_something_else_is_wrong_the_file_is_asked_for_again() -> None:
    plan = SimpleUploadedFile("plan.pdf", CONTENT["a.pdf"])
    html = render_crispy_form(Everything({}, {"plan": plan}))
    assert "Wählen Sie die Datei bitte noch einmal aus" in html


def rooms(**typed: str) -> dict[str, str]:
    data = {"raum-TOTAL_FORMS": "2", "raum-INITIAL_FORMS": "1", "raum-0-name": "Raum 1", "raum-0-seats": "6"}
    return data | typed


def test_each_row_has_a_legend() -> None:
    html = render_crispy_form(RoomRows(prefix="raum", initial=[{"name": "Raum 1"}]))
    assert "Raum 1</legend>" in html
    assert "Raum 2</legend>" in html
    assert "Zeile entfernen" in html


def test_the_summary_leads_to_the_row_that_is_wrong() -> None:
    rows = RoomRows(rooms(**{"raum-1-name": "Saal", "raum-1-seats": "99"}), prefix="raum")
    assert 'href="#id_raum-1-seats">Raum 2, Plätze: Die Zahl ist zu groß' in render_crispy_form(rows)


def test_another_row_keeps_what_is_typed_and_complains_of_nothing() -> None:
    typed = rooms(**{"raum-1-seats": "viele", "raum-weitere": "1"})
    rows = RoomRows(typed, prefix="raum")
    assert rows.wants_another_row
    with_another_row(rows)
    html = render_crispy_form(rows)
    assert "Raum 3</legend>" in html
    assert 'value="viele"' in html
    assert "kern-error" not in html


def test_there_is_no_button_past_the_last_row() -> None:
    rows = RoomRows(rooms(**{"raum-weitere": "1"}), prefix="raum")
    with_another_row(rows)
    assert rows.total_form_count() == 3
    assert "Weitere Zeile" not in render_crispy_form(rows)
    with_another_row(rows)
    assert rows.total_form_count() == 3


def test_a_row_can_be_removed_and_an_empty_one_counts_for_nothing() -> None:
    rows = RoomRows(rooms(**{"raum-0-DELETE": "on"}), prefix="raum", initial=[{"name": "Raum 1", "seats": 6}])
    assert rows.is_valid()
    assert len(rows.deleted_forms) == 1
    assert not rows.forms[1].has_changed()
