"""A place on a waiting list as ready strings: for whoever waits, and for the desk."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import FreedTime, PassedOver, VisitRequest, Waiting, WaitingOffer
from consultations.offers import place_of
from consultations.waiting.line import place_in_line
from consultations.waiting.wishes import wishes_in_words
from partnership.phone_numbers import dialled
from partnership.times import long_day, long_moment, long_period, numeric_date, short_moment

Outcome = WaitingOffer.Outcome
SHOWN = 20


@dataclass(frozen=True, slots=True)
class OpenOffer:
    pk: int
    when: str
    place: str
    until: str
    reference: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A freed time, and whether and why it was offered or not."""

    at: datetime.datetime
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """`place` is empty for whoever does not wait any more."""

    place: str
    wishes: str
    until: str
    offer: OpenOffer | None
    history: list[Happened]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    pk: int
    place: int
    firm: str
    contact: str
    phone: str
    tel: str
    since: str
    until: str
    wishes: str
    offer: OpenOffer | None
    asked: str
    passed: str


def place_of_waiting(waiting: Waiting, *, now: datetime.datetime) -> Place:
    words = ""
    if waiting.state == Waiting.State.WAITING:
        place, total = place_in_line(waiting)
        words = _("Sie stehen an %(place)d. Stelle von %(total)d") % {"place": place, "total": total}
    return Place(
        place=words,
        wishes=wishes_in_words(waiting),
        until=long_day(waiting.waits_until),
        offer=open_offer_of(waiting, now=now),
        history=history_of(waiting),
    )


def open_offer_of(waiting: Waiting, *, now: datetime.datetime) -> OpenOffer | None:
    offers = with_place(waiting.offers.filter(outcome="", expires_at__gt=now))
    return next((_open(offer) for offer in offers), None)


def history_of(waiting: Waiting) -> list[Happened]:
    return _history(waiting.offers.all(), waiting.passed_over.all())


def happened_to(request: VisitRequest) -> list[Happened]:
    """What became of freed times while somebody waited for a visit."""
    return _history(request.waiting_offers.all(), request.passed_over.all())


def _history(offers: "QuerySet[WaitingOffer]", passed: "QuerySet[PassedOver]") -> list[Happened]:
    """Latest first, in two statements."""
    offers = offers.exclude(outcome="").select_related("freed")
    passed = passed.select_related("freed")
    rows = [_offered(offer) for offer in offers] + [_passed(one) for one in passed]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:SHOWN]


def lay_out_line(line: Iterable[Waiting], *, now: datetime.datetime) -> list[WaitingRow]:
    """Who waits for one house, in order; three statements however many."""
    line = list(line)
    offers: dict[int, list[WaitingOffer]] = {}
    for offer in with_place(WaitingOffer.objects.filter(waiting__in=line)):
        assert offer.waiting_id is not None
        offers.setdefault(offer.waiting_id, []).append(offer)
    passed = {
        one.waiting_id: one for one in PassedOver.objects.filter(waiting__in=line).select_related("freed")
    }
    return [
        _row(waiting, number, offers.get(waiting.pk, []), passed.get(waiting.pk), now=now)
        for number, waiting in enumerate(line, start=1)
    ]


def with_place(offers: "QuerySet[WaitingOffer]") -> "QuerySet[WaitingOffer]":
    return offers.select_related("freed__hours__office", "freed__hours__room", "appointment")


def _row(
    waiting: Waiting,
    number: int,
    offers: list[WaitingOffer],
    passed: PassedOver | None,
    *,
    now: datetime.datetime,
) -> WaitingRow:
    """`passed` is the last time that went to others."""
    assert waiting.joined_at is not None
    standing = next((offer for offer in offers if offer.is_open and offer.expires_at > now), None)
    count = len(offers)
    asked = ngettext("einmal gefragt", "%(count)d-mal gefragt", count) % {"count": count}
    return WaitingRow(
        pk=waiting.pk,
        place=number,
        firm=waiting.firm_name,
        contact=waiting.contact_name,
        phone=waiting.contact_phone,
        tel=dialled(waiting.contact_phone),
        since=short_moment(waiting.joined_at),
        until=numeric_date(waiting.waits_until),
        wishes=wishes_in_words(waiting),
        offer=_open(standing) if standing else None,
        asked=asked if count else _("noch nicht gefragt"),
        passed=f"{_when(passed.freed)} {_passed(passed).words}" if passed else "",
    )


def _open(offer: WaitingOffer) -> OpenOffer:
    hours = offer.freed.hours
    assert hours is not None
    return OpenOffer(
        pk=offer.pk,
        when=_when(offer.freed),
        place=f"{hours.office.name}, {place_of(hours)}",
        until=long_moment(offer.expires_at),
        reference=offer.appointment.reference if offer.appointment else "",
    )


def _offered(offer: WaitingOffer) -> Happened:
    match offer.outcome:
        case Outcome.ACCEPTED:
            words = _("angeboten und angenommen")
        case Outcome.DECLINED:
            words = _("angeboten und abgelehnt")
        case Outcome.LAPSED:
            words = _("angeboten, ohne Antwort bis %(until)s") % {"until": long_moment(offer.expires_at)}
        case _other:
            words = _("angeboten und von uns zurückgenommen")
    return Happened(offer.offered_at, _when(offer.freed), words)


def _passed(passed: PassedOver) -> Happened:
    words = _("anderen angeboten: %(reason)s") % {"reason": passed.get_reason_display()}
    return Happened(passed.at, _when(passed.freed), words)


def _when(freed: FreedTime) -> str:
    return long_period(freed.starts_at, freed.ends_at)
