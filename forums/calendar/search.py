"""What somebody looks for in the calendar, read from the address and never refused."""

import datetime
import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from forums.models import Event, Kind, Mode, PartPlaces, Subject
from partnership.times import MONTHS, at_wall_time, current_language

ONLINE = "online"
AS_MONTH = "monat"
MONTH = re.compile(r"^(20[0-9]{2})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month | None":
        found = MONTH.match(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def shifted(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.number, 1)

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def title(self) -> str:
        """'Dezember 2026'."""
        return f"{MONTHS[current_language()][self.number - 1]} {self.year}"


@dataclass(frozen=True, kw_only=True)
class Search:
    """`place` is a town or `online`. What is empty is not looked for; without a month it is this one."""

    kind: str = ""
    place: str = ""
    subject: str = ""
    as_month: bool = False
    month: Month | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Search":
        kind, subject = query.get("art", ""), query.get("thema", "")
        return cls(
            kind=kind if kind in Kind.values else "",
            place=query.get("ort", "").strip()[:80],
            subject=subject if subject in Subject.values else "",
            as_month=query.get("ansicht") == AS_MONTH,
            month=Month.read(query.get("monat", "")),
        )

    @property
    def filters(self) -> dict[str, str]:
        """Name in the address -> value, of what is set."""
        values = {"art": self.kind, "ort": self.place, "thema": self.subject}
        return {name: value for name, value in values.items() if value}

    def query(self, **other: str) -> str:
        """The same filters as a query string, with what else is named."""
        values = QueryDict(mutable=True)
        values.update(self.filters | other)
        return values.urlencode()

    @property
    def words(self) -> str:
        """'Schulung, Grimma, Einbruchschutz'; empty where nothing is set."""
        parts = [
            str(Kind(self.kind).label) if self.kind else "",
            self.place,
            str(Subject(self.subject).label) if self.subject else "",
        ]
        return ", ".join(part for part in parts if part)

    @property
    def summary(self) -> str:
        """For the closed filter on a phone."""
        return _("Filter: %(what)s") % {"what": self.words} if self.words else _("Filtern")

    def of(self, events: QuerySet[Event]) -> QuerySet[Event]:
        if self.kind:
            events = events.filter(kind=self.kind)
        if self.subject:
            events = events.filter(subjects__contains=[self.subject])
        if self.place.lower() == ONLINE:
            online = PartPlaces.objects.filter(mode=Mode.ONLINE).values("part__event")
            return events.filter(Q(is_online=True) | Q(pk__in=online))
        if self.place:
            events = events.filter(Q(city__iexact=self.place) | Q(office__city__iexact=self.place))
        return events


def start_of(day: datetime.date) -> datetime.datetime:
    return at_wall_time(day, datetime.time(0))
