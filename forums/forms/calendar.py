"""The filter of the public calendar."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from forums.calendar.search import AS_MONTH, ONLINE, Search
from forums.models import Kind, Subject
from partnership.forms.fields import set_choices


class CalendarFilter(forms.Form):
    """Shows what is looked for; `towns` are those where something is to come."""

    art = forms.ChoiceField(label=_("Art"), required=False)
    ort = forms.ChoiceField(label=_("Ort"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    monat = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, search: Search, *, towns: list[str]) -> None:
        view = {"ansicht": AS_MONTH} if search.as_month else {}
        month = {"monat": search.month.key} if search.as_month and search.month else {}
        super().__init__(search.filters | view | month)
        places = [ONLINE, *towns]
        if search.place and search.place not in places:
            places.append(search.place)
        set_choices(self, "art", [("", _("Alle Arten")), *Kind.choices])
        set_choices(self, "ort", [("", _("Alle Orte")), *((place, place) for place in places)])
        set_choices(self, "thema", [("", _("Alle Themen")), *Subject.choices])
        kept = [*view, *month]
        for name in {"ansicht", "monat"} - set(kept):
            del self.fields[name]
        for field in self.fields.values():
            field.is_search = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("art"), Column("ort"), Column("thema")), *kept)
