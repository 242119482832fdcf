"""What stands in a calendar feed: time, place, a number and a link. Who comes and what about are not read.

A constant number of statements, however many appointments there are.
"""

import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Model, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.calendar import title_for_firm, uid_of
from consultations.models import Appointment, Lane, OfficeHours
from partnership.calendar_files import Feed, FeedEvent, location_of
from partnership.current import absolute_url
from partnership.journal import figure_of_entries
from partnership.models import CalendarFeed, Office, Partnership
from partnership.rules import Posts
from partnership.times import at_wall_time, berlin_day

BACK, AHEAD = datetime.timedelta(days=30), datetime.timedelta(days=548)
"""What is cancelled stays for as long as what is over, so that every program takes it out."""
MOVES = ("hours.changed", "hours.cancelled")
Kind = CalendarFeed.Kind
State = Appointment.State
HoursState = OfficeHours.State
STATUS = {State.UNCONFIRMED: "TENTATIVE", State.CANCELLED: "CANCELLED"}
"""Else CONFIRMED, for who did not come as well: a time that is taken out afterwards would tell it."""
HOURS_STATUS = {HoursState.DRAFT: "TENTATIVE", HoursState.CANCELLED: "CANCELLED"}


def lay_out_feed(
    feed: CalendarFeed, posts: Posts, *, partnership: Partnership, now: datetime.datetime
) -> Feed:
    with translation.override(feed.language):
        reader = _Reader(feed, posts, partnership, now)
        events = [*reader.hours(), *reader.talks()]
        events.sort(key=lambda event: (event.starts_at, event.uid))
        own = feed.kind in (Kind.OWN, Kind.OFFICER)
        title = _("Beratung durch die Polizei")
        return Feed(title if own else f"{title}, {feed.title}", events, partnership)


class _Reader:
    def __init__(
        self, feed: CalendarFeed, posts: Posts, partnership: Partnership, now: datetime.datetime
    ) -> None:
        self.feed, self.posts, self.partnership, self.now = feed, posts, partnership, now
        self.is_firms = feed.kind == Kind.OWN
        self.is_busy = feed.kind in (Kind.OWN, Kind.OFFICER)
        """A desk is not there itself: what stands in its calendar leaves its own time free."""
        self.offices: dict[int, Office] = {}
        talk_page = "own_appointments:appointment" if self.is_firms else "appointments:appointment"
        self.talk_pages = self._start_of(talk_page)
        self.hours_pages = self._start_of("appointments:hours_detail")

    def talks(self) -> list[FeedEvent]:
        run_out = Q(state=State.UNCONFIRMED, confirm_by__lte=self.now)
        over = Q(state=State.CANCELLED, revised_at__lt=self.now - BACK)
        rows = (
            self._appointments()
            .filter(
                period__overlap=(self.now - BACK, self.now + AHEAD),
                state__in=[*Appointment.UPCOMING, State.ATTENDED, State.MISSED, State.CANCELLED],
            )
            .annotate(revised_at=Coalesce(_latest_entry(Appointment), "created_at"))
            .exclude(run_out)
            .exclude(over)
            .order_by()
            .values(
                *("reference", "state", "period", "calendar_sequence", "revised_at"),
                office=F("lane__hours__office"),
                room=F("lane__hours__room__name"),
                street=F("visit__request__street"),
                postcode=F("visit__request__postcode"),
                city=F("visit__request__city"),
            )
        )
        return [self._talk(row) for row in self._with_offices(rows)]

    def hours(self) -> list[FeedEvent]:
        """Days of office hours; whose feed is a firm's has none."""
        if self.is_firms:
            return []
        days = (berlin_day(self.now - BACK), berlin_day(self.now + AHEAD))
        over = Q(state=HoursState.CANCELLED, revised_at__lt=self.now - BACK)
        rows = (
            self._office_hours()
            .filter(day__range=days)
            .annotate(
                revised_at=Coalesce(_latest_entry(OfficeHours), "created_at"),
                moves=Coalesce(figure_of_entries(OfficeHours, Count("pk"), act__in=MOVES), Value(0)),
            )
            .exclude(over)
            .order_by()
            .values(
                *("pk", "state", "day", "starts", "ends", "revised_at", "moves", "office", "is_asked"),
                room_name=F("room__name"),
            )
        )
        return [self._day(row) for row in self._with_offices(rows)]

    def _appointments(self) -> QuerySet[Appointment]:
        whose = {
            Kind.OWN: Q(person=self.feed.person),
            Kind.OFFICER: (Q(lane__officer=self.feed.person) | Q(visit__officer=self.feed.person))
            & Q(police__in=self.posts.officer_of),
            Kind.CHAMBER: Q(host=self.feed.organisation),
            Kind.HOUSE: Q(lane__hours__office=self.feed.office),
        }
        return Appointment.objects.filter(whose[Kind(self.feed.kind)]).exclude(firm_name="")

    def _office_hours(self) -> QuerySet[OfficeHours]:
        """`is_asked`: the officer whose feed it is has not agreed yet."""
        if self.feed.kind == Kind.OFFICER:
            own = Lane.objects.filter(officer=self.feed.person)
            rows = OfficeHours.objects.filter(lanes__in=own, police__in=self.posts.officer_of)
            asked = Q(lanes__asked_at__isnull=False, lanes__agreed_at__isnull=True)
            return rows.annotate(is_asked=Case(When(asked, then=Value(True)), default=Value(False)))
        if self.feed.kind == Kind.HOUSE:
            rows = OfficeHours.objects.filter(office=self.feed.office)
        else:
            rows = OfficeHours.objects.filter(office__organisation=self.feed.organisation)
        return rows.annotate(is_asked=Value(False))

    def _with_offices(self, rows: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = list(rows)
        missing = {row["office"] for row in found if row["office"]} - self.offices.keys()
        self.offices |= Office.objects.in_bulk(missing) if missing else {}
        return found

    def _talk(self, row: dict[str, Any]) -> FeedEvent:
        reference = row["reference"]
        url = f"{self.talk_pages}{reference}/"
        office = self.offices[row["office"]] if row["office"] else None
        number = _("Termin %(reference)s") % {"reference": reference}
        return self._event(
            uid=uid_of(reference),
            sequence=row["calendar_sequence"],
            revised_at=row["revised_at"],
            starts_at=row["period"].lower,
            ends_at=row["period"].upper,
            summary=self._title(office, row),
            location=location_of(office, row["room"] or "") if office else _address(row),
            description=f"{number}\n{url}",
            url=url,
            status=STATUS.get(row["state"], "CONFIRMED"),
        )

    def _title(self, office: Office | None, row: dict[str, Any]) -> str:
        if self.is_firms:
            return title_for_firm(office.name if office else "")
        if office:
            return _("Beratung %(reference)s, %(office)s") % {
                "reference": row["reference"],
                "office": office.name,
            }
        return _("Besuch %(reference)s, %(city)s") % {"reference": row["reference"], "city": row["city"]}

    def _day(self, row: dict[str, Any]) -> FeedEvent:
        office = self.offices[row["office"]]
        url = f"{self.hours_pages}{row['pk']}/"
        status = HOURS_STATUS.get(row["state"], "TENTATIVE" if row["is_asked"] else "CONFIRMED")
        return self._event(
            uid=uid_of(f"sprechtag-{row['pk']}"),
            sequence=row["moves"],
            revised_at=row["revised_at"],
            starts_at=at_wall_time(row["day"], row["starts"]),
            ends_at=at_wall_time(row["day"], row["ends"]),
            summary=_("Sprechtag, %(office)s") % {"office": office.name},
            location=location_of(office, row["room_name"] or ""),
            description=url,
            url=url,
            status=status,
        )

    def _start_of(self, page: str) -> str:
        """The address without its key: Django takes half the time of a feed to make each of them."""
        return absolute_url(self.partnership, reverse(page, args=["0"])).removesuffix("0/")

    def _event(self, *, summary: str, status: str, **facts: Any) -> FeedEvent:
        """Programs that show what is cancelled as if it were not have it in the title at least."""
        if status == "CANCELLED":
            summary = _("Abgesagt: %(what)s") % {"what": summary}
        is_busy = self.is_busy and status != "CANCELLED"
        return FeedEvent(summary=summary, status=status, is_busy=is_busy, **facts)


def _address(row: dict[str, Any]) -> str:
    """Of a visit, as `VisitRequest.address` says it."""
    place = f"{row['postcode']} {row['city']}"
    return ", ".join(part for part in (row["street"], place) if part)


def _latest_entry(model: type[Model]) -> Subquery:
    return figure_of_entries(model, Max("at"))
