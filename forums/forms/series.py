"""A series of events, and how often it comes back."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import EventSeries, Kind
from partnership.forms.administration.base import EditForm
from partnership.forms.fields import date_field, number_field, set_choices
from partnership.models import Organisation, Partnership

Organisers = list[tuple[Partnership, Organisation]]


class SeriesForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("Art"), choices=[("", _("Bitte wählen")), *Kind.choices])
    every_months = number_field(
        _("Alle wie viele Monate?"), least=1, most=60, help_text=_("6 heißt halbjährlich, 1 monatlich.")
    )
    first_due = date_field(
        _("Die erste spätestens am"), help_text=_("Danach zählt der Tag der letzten Veranstaltung.")
    )
    layout = Layout("title", Row(Column("kind"), Column("every_months"), Column("first_due")))

    class Meta:
        model = EventSeries
        fields = ["title", "kind", "every_months", "first_due"]


class NewSeriesForm(SeriesForm):
    organiser = forms.ChoiceField(label=_("Veranstaltet von"))
    layout = Layout("organiser", *SeriesForm.layout)

    def __init__(self, *args: Any, organisers: Organisers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisers = offer_organisations(self, "organiser", organisers)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def organiser_chosen(self) -> tuple[Partnership, Organisation]:
        return self.organisers[self.cleaned_data["organiser"]]


def offer_organisations(
    form: Any, name: str, organisers: Organisers
) -> dict[str, tuple[Partnership, Organisation]]:
    """With the partnership's name where there are several. Gives what a chosen key stands for."""
    known = {f"{where.pk}-{who.pk}": (where, who) for where, who in organisers}
    several = len({where.pk for where, _who in organisers}) > 1
    names: list[tuple[str, Any]] = [
        (key, f"{who.name}, {where.name}" if several else who.name) for key, (where, who) in known.items()
    ]
    set_choices(form, name, names if len(names) == 1 else [("", _("Bitte wählen")), *names])
    return known
