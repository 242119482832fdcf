"""What the list of events is filtered by; it stays in the address."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forums.models import EventSeries, Kind
from partnership.forms.search import Search

DRAFTS, PAST = "entwuerfe", "vergangen"


class EventFilter(Search):
    zeit = forms.ChoiceField(
        label=_("Zeigen"),
        required=False,
        choices=[("", _("was kommt")), (DRAFTS, _("Entwürfe")), (PAST, _("was war"))],
    )
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("Alle")), *Kind.choices])
    reihe = forms.ChoiceField(label=_("Reihe"), required=False)

    def __init__(self, data: QueryDict, *, series: list[EventSeries]) -> None:
        names = [(str(one.pk), one.title) for one in series]
        super().__init__(data, choices={"reihe": [("", _("Alle")), *names]})
        self.helper.layout = Layout(
            Row(Column("zeit"), Column("art"), *([Column("reihe")] if series else []))
        )
