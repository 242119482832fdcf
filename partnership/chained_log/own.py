"""What the chained log tells somebody about themselves."""

from django.utils.translation import gettext_lazy as _

from partnership.chained_log.words import chained_act_label
from partnership.models import ChainedEntry, Person
from partnership.own_data import Row, Section

LABELS = {
    "act": _("Vorgang"),
    "thing": _("Woran"),
    "purpose": _("Zweck"),
    "reference": _("Vorgangsnummer"),
    "at": _("Zeitpunkt"),
}


def about_lookups(person: Person) -> Section:
    entries = ChainedEntry.objects.filter(payload__actor=person.pk).order_by("at", "pk")
    rows: list[Row] = []
    for entry in entries:
        content = entry.payload or {}
        told = {key: str(content.get(key, "")) for key in ("thing", "purpose", "reference")}
        rows.append({"act": chained_act_label(content["act"]), **told, "at": entry.at})
    return Section(
        key="lookups", order=62, title=_("Was Sie abgerufen und geöffnet haben"), labels=LABELS, rows=rows
    )
