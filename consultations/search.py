"""What somebody looks for on the page of free times, read from the address and never refused."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.forms.public import TimesFilter, is_postcode
from consultations.models import Language, Topic
from consultations.nearness import NearOffice, listed, near_offices, preselected, spots_of
from consultations.offers import DAYS_AT_ONCE, Offer, lay_out, read_choice
from consultations.queries import FreeTime, bookable_offices, free_times
from partnership.models import Partnership
from partnership.place_map import SMALL, PlaceMap, draw_places

MOST_DAYS = 100


def days_wanted(query: QueryDict) -> int:
    days = query.get("tage", "")
    if days.isascii() and days.isdigit() and len(days) < 5:
        return max(1, min(int(days), MOST_DAYS))
    return DAYS_AT_ONCE


@dataclass(frozen=True, kw_only=True)
class Search:
    """`postcode` as typed; `days` is how many days with a time to show; `choice` a time to offer first."""

    postcode: str
    offered_for: str
    offices: tuple[str, ...]
    topic: str
    language: str
    days: int
    choice: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Search":
        return cls(
            postcode=query.get("plz", "").strip()[:10],
            offered_for=query.get("fuer", "")[:10],
            offices=tuple(query.getlist("ort")),
            topic=query.get("thema", "") if query.get("thema") in Topic.values else "",
            language=query.get("sprache", "") if query.get("sprache") in Language.values else "",
            days=days_wanted(query),
            choice=query.get("zeit", "")[:60],
        )

    @property
    def known_postcode(self) -> str:
        return self.postcode if is_postcode(self.postcode) else ""

    def choose(self, near: list[NearOffice]) -> list[int]:
        """The ticked offices; near ones where none is ticked or the postcode has changed since."""
        ticked = [n.office.pk for n in near if str(n.office.pk) in self.offices]
        if ticked and self.offered_for == self.known_postcode:
            return ticked
        return preselected(near, self.known_postcode)

    def query(self, **changes: Any) -> str:
        """The same search as a query string, for links and for the way back."""
        values = QueryDict(mutable=True)
        given: dict[str, Any] = {
            "plz": self.postcode,
            "fuer": self.offered_for,
            "thema": self.topic,
            "sprache": self.language,
            **changes,
        }
        for name, value in given.items():
            if value:
                values[name] = value
        values.setlist("ort", list(self.offices))
        return values.urlencode()


@dataclass(frozen=True, kw_only=True)
class Found:
    search: Search
    near: list[NearOffice]
    chosen: list[int]
    times: list[FreeTime]
    offer: Offer

    @property
    def form(self) -> TimesFilter:
        data = QueryDict(mutable=True)
        data.update(
            {
                "plz": self.search.postcode,
                "fuer": self.search.known_postcode,
                "thema": self.search.topic,
                "sprache": self.search.language,
            }
        )
        data.setlist("ort", [str(pk) for pk in self.chosen])
        return TimesFilter(data, offices=[(str(n.office.pk), self._label(n)) for n in self.near])

    @property
    def map(self) -> PlaceMap | None:
        """The chosen houses. It only confirms, nothing depends on it."""
        return draw_places(spots_of(n.office for n in self.near if n.office.pk in self.chosen), SMALL)

    @property
    def map_label(self) -> str:
        places = listed(n.office.city for n in self.near if n.office.pk in self.chosen)
        return _("Ausgewählte Orte: %(places)s.") % {"places": places}

    @property
    def summary(self) -> str:
        """What is set, for the closed filter on a phone: 'Filter: 4 Orte, Einbruchschutz'."""
        count = len(self.chosen)
        parts = [
            ngettext("%(count)d Ort", "%(count)d Orte", count) % {"count": count},
            str(Topic(self.search.topic).label) if self.search.topic else "",
            str(Language(self.search.language).label) if self.search.language else "",
        ]
        return _("Filter: %(what)s") % {"what": ", ".join(part for part in parts if part)}

    def _label(self, near: NearOffice) -> str:
        count = self.offer.counts.get(near.office.pk, 0)
        times = ngettext("%(count)d Zeit", "%(count)d Zeiten", count) % {"count": count}
        hint = ", ".join(part for part in (near.distance, times if count else _("keine Zeit")) if part)
        return format_html('{} <span class="choice-hint">{}</span>', near.label, hint)


def find_times(*, partnership: Partnership, search: Search, own_hold_id: int | None = None) -> Found:
    """Four statements at most, however many hours and offices there are."""
    near = near_offices(bookable_offices(partnership), search.known_postcode)
    chosen = search.choose(near)
    times = free_times(
        partnership=partnership, topic=search.topic, language=search.language, own_hold_id=own_hold_id
    )
    offer = lay_out(times, near=near, office_ids=chosen, days=search.days, choice=read_choice(search.choice))
    return Found(search=search, near=near, chosen=chosen, times=times, offer=offer)
