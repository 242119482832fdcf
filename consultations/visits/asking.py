"""A firm asks for a visit: ask, confirm, change the wishes, withdraw; and the desk for somebody who calls."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.contacts import adopt_contact
from consultations.deadlines import next_evening
from consultations.models import VisitMatter, VisitRequest, Waiting, WaitingOffer
from consultations.placing import TooLate
from consultations.references import draw_request_reference
from consultations.taking_time import takes_time
from consultations.unconfirmed import refuse_third_unconfirmed_request
from consultations.visits import mails
from consultations.visits.freed import pass_on_open_offers
from consultations.visits.placing import give_up_times, own_open_times
from consultations.visits.placing import lock_request as lock_with_times
from partnership.blocked_addresses import mailbox_is_proven
from partnership.desk_firms import enter_firm
from partnership.directorates import directorate_for
from partnership.firms import area_of, lock_heir
from partnership.journal import log_act
from partnership.models import Organisation, Partnership, Person
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal

SAME_AGAIN_WITHIN = datetime.timedelta(minutes=15)
State = VisitRequest.State
NOT_PLANNED = (State.UNCONFIRMED, State.OPEN, State.TAKEN)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """When a visit suits. `weekdays` are 0 for Monday to 6; none means any."""

    weekdays: list[int] = field(default_factory=list)
    part_of_day: str = Waiting.PartOfDay.ANY
    not_before: datetime.date | None = None
    takes_freed_times: bool = False


@dataclass(frozen=True, kw_only=True)
class Confided:
    """What only police and firm know, the reason included. A day is a burglary's."""

    reason: str
    happened_on: datetime.date | None = None
    case_number: str = ""
    note: str = ""
    accessibility_need: str = ""

    @property
    def values(self) -> dict[str, Any]:
        if self.reason == VisitMatter.Reason.BURGLARY:
            return dict(vars(self))
        return vars(self) | {"happened_on": None, "case_number": ""}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a firm says of itself, its premises and its wishes, and what it confides."""

    partnership: Partnership
    firm_name: str
    chamber: Organisation | None = None
    membership_number: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    page_language: str = "de"
    street: str
    postcode: str
    city: str
    premises: str
    on_site_name: str = ""
    on_site_phone: str = ""
    access_note: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    confided: Confided

    @property
    def email(self) -> str:
        return self.contact_email.strip().lower()

    @property
    def values(self) -> dict[str, Any]:
        own = {name: value for name, value in vars(self).items() if name not in ("wishes", "confided")}
        return own | vars(self.wishes) | {"contact_email": self.email}


@transaction.atomic
def ask(*, entry: Entry, person: Person | None = None) -> VisitRequest:
    """Ask the address for its yes; `person`, who is signed in, needs none for the own confirmed one.

    The same once more within minutes is the same request. Raises Refusal for a third one of an address that
    waits for its yes, and where no police belong to the partnership.
    """
    now = timezone.now()
    _lock_address(entry.email)
    if known := _same_again(entry, now=now):
        return known
    if person and person.email == entry.email and has_confirmed_address(person):
        request = write_request(entry, state=State.OPEN, asked_since=now)
        log_act(act="visit_request.asked", thing=request, actor=person, organisation=request.police)
        _open(request, now=now)
        return request
    refuse_third_unconfirmed_request(entry.email)
    request = write_request(entry, asked_at=now, confirm_by=next_evening(now))
    log_act(act="visit_request.asked", thing=request, organisation=request.police)
    mails.ask_to_confirm(request)
    return request


@transaction.atomic
def confirm_request(*, request_id: int) -> tuple[VisitRequest, str]:
    """The place in line is that of the yes, a late one included. Returns a token to the firm's page;
    confirming again changes nothing and gives an empty one. Raises TooLate.
    """
    request = lock_request(request_id)
    if request.state in (State.OPEN, State.TAKEN, State.PLANNED, State.VISITED):
        return request, ""
    if request.state not in (State.UNCONFIRMED, State.EXPIRED) or request.emptied_at:
        raise TooLate(_("Diese Anfrage ist beendet. Sie können jederzeit eine neue stellen."))
    return request, _open(request, now=timezone.now())


@transaction.atomic
def enter_for_caller(
    *, entry: Entry, desk_of: Organisation, actor: Person, firm_id: int | None = None
) -> VisitRequest:
    """The desk hands on what somebody asks for on the telephone. Nothing is to be confirmed, and the address
    is not confirmed by it: no person and no rights come of it. Without `firm_id` the firm is new.
    """
    request = write_request(
        entry, state=State.OPEN, asked_since=timezone.now(), entered_by=actor, entered_for=desk_of
    )
    request.firm = (
        lock_heir(firm_id)
        if firm_id
        else enter_firm(
            name=entry.firm_name,
            chamber=entry.chamber,
            membership_number=entry.membership_number,
            phone=entry.contact_phone,
            actor=actor,
        )
    )
    request.save(update_fields=["firm"])
    for organisation in (desk_of, request.police):
        log_act(act="visit_request.entered", thing=request, actor=actor, organisation=organisation)
    mails.tell_place(request)
    return request


@transaction.atomic
def change_wishes(*, request_id: int, wishes: Wishes, seen: int, actor: Person | None = None) -> VisitRequest:
    """`seen` is the version that was shown. Raises Refusal."""
    request = lock_request(request_id)
    if request.state not in NOT_PLANNED:
        raise TooLate(_("Zu dieser Anfrage gibt es keine Wünsche mehr zu ändern."))
    if request.version != seen:
        raise Refusal(_("Die Wünsche wurden inzwischen schon geändert. Prüfen Sie, ob sie so stimmen."))
    _write_wishes(request, vars(wishes), act="visit_request.wishes_changed", actor=actor)
    return request


@takes_time
def stop_short_notice(*, request_id: int, actor: Person | None = None) -> None:
    """No more mails about times that became free; the place in line stays. An open offer goes to the next.
    Again changes nothing.
    """
    request = lock_with_times(request_id, with_line=True)
    if request.takes_freed_times:
        _write_wishes(request, {"takes_freed_times": False}, act="visit_request.no_short_notice", actor=actor)
        pass_on_open_offers(request, WaitingOffer.Outcome.DECLINED, now=timezone.now())


@takes_time
def withdraw_request(*, request_id: int, actor: Person | None = None) -> VisitRequest:
    """The firm needs no visit any more; times that are offered to it are free again.

    Again changes nothing. Raises TooLate once an appointment stands: that is cancelled on its own page.
    """
    request, now = lock_with_times(request_id, with_line=True), timezone.now()
    if request.state == State.WITHDRAWN:
        return request
    if request.state not in NOT_PLANNED:
        raise TooLate(_("Diese Anfrage lässt sich nicht mehr zurückziehen."))
    was_asked = request.state != State.UNCONFIRMED
    request.state, request.ended_at = State.WITHDRAWN, now
    request.save(update_fields=["state", "ended_at"])
    give_up_times(own_open_times(request), WaitingOffer.Outcome.WITHDRAWN, now=now)
    pass_on_open_offers(request, WaitingOffer.Outcome.DECLINED, now=now)
    log_act(
        act="visit_request.withdrawn",
        thing=request,
        actor=actor or request.person,
        organisation=request.police,
    )
    if was_asked:
        mails.tell_withdrawn(request)
    return request


def write_request(entry: Entry, *, police: Organisation | None = None, **standing: Any) -> VisitRequest:
    """The rows of a request, whoever enters it; without `police` it goes to the nearest. Raises Refusal where
    none belong to the partnership.
    """
    area = area_of(entry.postcode)
    police = police or directorate_for(partnership=entry.partnership, area=area)
    if police is None:
        raise Refusal(
            _("Online lässt sich hier noch kein Besuch anfragen. Rufen Sie bitte an: %(phone)s.")
            % {"phone": entry.partnership.phone}
        )
    request = VisitRequest.objects.create(
        reference=draw_request_reference(),
        police=police,
        area=area,
        latitude=area.latitude if area else None,
        longitude=area.longitude if area else None,
        **entry.values,
        **standing,
    )
    VisitMatter.objects.create(request=request, **entry.confided.values)
    return request


def lock_request(request_id: int) -> VisitRequest:
    """Lock the row, then read it with what an act's log entry and mail need."""
    VisitRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    rows = VisitRequest.objects.select_related("partnership", "police", "person", "matter", "chamber")
    return rows.get(pk=request_id)


def _open(request: VisitRequest, *, now: datetime.datetime) -> str:
    """From now on it waits; the token of the link to the firm's page."""
    request.state, request.asked_since = State.OPEN, now
    request.ended_at = request.mail_lost_at = None
    request.person, request.firm = adopt_contact(request, now=now)
    mailbox_is_proven(request.contact_email)
    request.save()
    log_act(act="visit_request.confirmed", thing=request, actor=request.person, organisation=request.police)
    mails.tell_place(request)
    return mails.issue_page_link(request)


def _write_wishes(request: VisitRequest, values: dict[str, Any], *, act: str, actor: Person | None) -> None:
    VisitRequest.objects.filter(pk=request.pk).update(version=F("version") + 1, **values)
    log_act(act=act, thing=request, actor=actor or request.person, organisation=request.police)


def _same_again(entry: Entry, *, now: datetime.datetime) -> VisitRequest | None:
    """A double click, or Back and once more."""
    return (
        VisitRequest.objects.filter(
            state__in=(State.UNCONFIRMED, State.OPEN),
            created_at__gt=now - SAME_AGAIN_WITHIN,
            contact_email=entry.email,
            **{name: getattr(entry, name) for name in ("firm_name", "street", "postcode", "partnership")},
        )
        .select_related("partnership", "police")
        .first()
    )


def _lock_address(email: str) -> None:
    """One address is entered by one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"visit:{email}"])
