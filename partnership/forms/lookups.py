"""The filter of an auditor's look-ups and openings."""

from typing import Any
from urllib.parse import urlencode

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.chained_log.words import known_chained_acts
from partnership.forms.log import LogFilter


def _acts_to_choose() -> list[tuple[str, str | Promise]]:
    return [("", _("Alle Vorgänge")), *known_chained_acts()]


class LookupFilter(LogFilter):
    vorgang = forms.ChoiceField(label=_("Vorgang"), required=False, choices=_acts_to_choose)
    zweck = forms.CharField(label=_("Zweck oder Vorgangsnummer"), required=False, max_length=120)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper.layout = Layout(
            Row(Column("vorgang"), Column("person"), Column("zweck"), Column("von"), Column("bis"))
        )

    @property
    def address(self) -> str:
        """The query string that asks for the same."""
        return urlencode({name: self.data[name] for name in self.wanted})

    @property
    def words(self) -> str:
        """'Person: Beispiel; Von: 2026-11-24'."""
        acts = dict(known_chained_acts())
        return "; ".join(
            f"{self.fields[name].label}: {acts.get(value, value)}" for name, value in self.wanted.items()
        )
