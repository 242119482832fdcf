"""Everything the pack renders, on one page: for axe and for looking at. Only tests serve it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path

from partnership.forms.fields import choices_field, date_field, moment_field, number_field, time_field
from partnership.forms.files import file_field
from partnership.forms.layout import HintedFieldset, WideColumn
from partnership.forms.photos import photos_field
from partnership.forms.rows import rows_of, with_another_row
from partnership.middleware import takes_files
from partnership.urls import urlpatterns as of_the_portal

TOWNS = (
    "Bad Düben,Böhlen,Borna,Delitzsch,Eilenburg,Geithain,Grimma,Groitzsch,Markkleeberg,Markranstädt,Oschatz"
)
PLACES = [
    (str(n), name) for n, name in enumerate([*TOWNS.split(","), "Taucha", "Torgau", "Wurzen", "Zwenkau"])
]
PAGE = """{% extends "base.html" %}{% load crispy_forms_tags %}
{% block title %}Alle Felder{% endblock %}
{% block content %}
  <h1 class="kern-heading-large">Alle Felder</h1>
  <form class="form-column" method="post" enctype="multipart/form-data" novalidate>
    {% csrf_token %}{% include "kern/errors_with_rows.html" with formset=rows %}
    {% crispy form %}
    <h2 class="kern-heading-medium">Räume</h2>
    {% crispy rows %}
    <div class="acts">
      <button class="kern-btn kern-btn--primary"><span class="kern-label">Speichern</span></button>
    </div>
  </form>
  <p>{{ saved }}</p>
{% endblock %}"""


class Everything(forms.Form):
    name = forms.CharField(label="Name", error_messages={"required": "Geben Sie einen Namen an."})
    street = forms.CharField(label="Straße", required=False)
    number = number_field("Plätze", least=1, most=40)
    day = date_field("Tag", required=False)
    clock = time_field("Uhrzeit", required=False)
    begins = moment_field("Beginn", help_text="Wann die Tür aufgeht")
    ends = moment_field("Ende", required=False)
    places = choices_field("Orte", PLACES)
    offices = choices_field("Häuser", PLACES, required=False, is_list=True, help_text="Mehrere mit Strg")
    kind = forms.ChoiceField(label="Art", choices=[("a", "Haupthaus"), ("b", "Regionalbüro")])
    way = forms.ChoiceField(label="Weg", choices=[("x", "Bahn"), ("y", "Auto")], widget=forms.RadioSelect)
    plan = file_field("Lageplan", ["pdf", "png"], most_megabytes=1, required=False)
    photos = photos_field("Fotos", most=3)
    is_open = forms.BooleanField(label="Öffentlich", required=False)
    note = forms.CharField(label="Hinweis", required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_show_errors = False
        self.helper.layout = Layout(
            HintedFieldset(
                "Das Haus", Row(WideColumn("name"), Column("number")), "street", hint="Wie am Eingang"
            ),
            HintedFieldset("Zeiten", Row("day", "clock"), "begins", "ends", hint="Uhrzeit von Leipzig"),
            HintedFieldset(
                "Auswahl",
                "places",
                "offices",
                Row("kind", "way"),
                "plan",
                "photos",
                "is_open",
                "note",
                hint="Alles",
            ),
        )


class RoomForm(forms.Form):
    name = forms.CharField(label="Name", error_messages={"required": "Geben Sie dem Raum einen Namen."})
    seats = number_field("Plätze", least=1, most=40)
    free_from = moment_field("Frei ab", required=False)


RoomRows = rows_of(RoomForm, row_name="Raum", most=3)


@takes_files(most_megabytes=4)
def everything(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, rows = (
        Everything(*sent),
        RoomRows(*sent, prefix="raum", initial=[{"name": "Raum 2.14", "seats": 6}]),
    )
    rows.helper.form_show_errors = False
    saved = ""
    if rows.wants_another_row:
        with_another_row(rows)
        form.errors.clear()
    elif form.is_bound and form.is_valid() and rows.is_valid():
        saved = "gespeichert"
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form, "rows": rows, "saved": saved}, request))


urlpatterns: list[URLPattern | URLResolver] = [path("felder/", everything), *of_the_portal]
