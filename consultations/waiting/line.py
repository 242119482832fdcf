"""The line of those who wait for a time in a house: joining, leaving, being taken off, the end of waiting."""

import datetime
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, OfficeHours, Waiting, WaitingOffer
from consultations.placing import Details, TooLate, hours_of, with_everything
from consultations.taking_time import lock_hours_unread, takes_time
from consultations.waiting import mails
from consultations.waiting.asking import end_offer
from consultations.waiting.offers import pass_on
from partnership.blocked_addresses import mailbox_is_proven
from partnership.journal import log_act
from partnership.links import issue_link, revoke_links
from partnership.models import Office, Partnership, Person, SecretLink
from partnership.outbox import mails_about
from partnership.refusals import Refusal
from partnership.times import today

MOST_MONTHS = 3
MOST_UNCONFIRMED = 3
LINK_LASTS = datetime.timedelta(days=7)
NOT_AGAIN_FOR = datetime.timedelta(minutes=15)
REMINDED_AGAIN_AFTER = datetime.timedelta(days=1)

Purpose = SecretLink.Purpose
State = Waiting.State
Outcome = WaitingOffer.Outcome


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody who wants to wait says; `waits_until` is at most three months ahead."""

    partnership: Partnership
    office: Office
    firm_name: str
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    page_language: str = "de"
    weekdays: list[int] = field(default_factory=list)
    part_of_day: str = Waiting.PartOfDay.ANY
    not_before: datetime.date | None = None
    not_after: datetime.date | None = None
    waits_until: datetime.date

    @property
    def values(self) -> dict[str, object]:
        until = min(self.waits_until, self.not_after or self.waits_until)
        return vars(self) | {"contact_email": self.contact_email.strip().lower(), "waits_until": until}


@transaction.atomic
def join(*, entry: Entry) -> None:
    """Ask the address for its yes. Whether it waits here already, only its owner reads, in the mail.

    Raises Refusal for a fourth entry of an address that waits for its yes.
    """
    now, email = timezone.now(), entry.contact_email.strip().lower()
    _lock_address(email)
    known = _standing(entry.office, email)
    if known and known.state == State.WAITING:
        _remind(known, now=now)
        return
    if known and known.created_at > now - NOT_AGAIN_FOR:
        return
    if known is None:
        _refuse_fourth_unconfirmed(email)
    waiting = known or Waiting()
    for name, value in (entry.values | {"created_at": now}).items():
        setattr(waiting, name, value)
    waiting.save()
    revoke_links(thing=waiting)
    expires_at = now + LINK_LASTS
    token = issue_link(thing=waiting, purpose=Purpose.WAITING_CONFIRM, expires_at=expires_at)
    mails.ask_to_confirm(waiting, token=token, expires_at=expires_at)


@transaction.atomic
def confirm_joining(*, waiting_id: int) -> tuple[Waiting, str]:
    """The place in line is that of the yes. Returns a token to the page of whoever waits; confirming again
    changes nothing and gives an empty one. Raises TooLate.
    """
    waiting = _lock(waiting_id)
    if waiting.state == State.WAITING:
        return waiting, ""
    if waiting.state != State.UNCONFIRMED or waiting.waits_until < today():
        raise TooLate(_("Dieser Eintrag ist beendet. Sie können sich neu auf die Warteliste setzen."))
    _take_place(waiting, actor=None, act="waiting.joined")
    mailbox_is_proven(waiting.contact_email)
    token = issue_link(thing=waiting, purpose=Purpose.WAITING, expires_at=mails.link_end(waiting))
    return waiting, token


@transaction.atomic
def enter_caller(*, entry: Entry, actor: Person) -> Waiting:
    """The desk puts somebody on the list who calls; nothing is to be confirmed. Raises Refusal."""
    email = entry.contact_email.strip().lower()
    if email:
        _lock_address(email)
    known = _standing(entry.office, email) if email else None
    if known and known.state == State.WAITING:
        raise Refusal(_("Unter dieser E-Mail-Adresse wartet hier schon jemand."))
    waiting = known or Waiting()
    for name, value in entry.values.items():
        setattr(waiting, name, value)
    _take_place(waiting, actor=actor, act="waiting.entered")
    return waiting


def place_in_line(waiting: Waiting) -> tuple[int, int]:
    """(place, how many wait)."""
    line = Waiting.objects.filter(office=waiting.office_id, state=State.WAITING)
    ahead = line.filter(
        Q(joined_at__lt=waiting.joined_at) | Q(joined_at=waiting.joined_at, pk__lt=waiting.pk)
    )
    return ahead.count() + 1, line.count()


@takes_time
def leave(*, waiting_id: int, actor: Person | None = None) -> None:
    """No more messages; an open offer goes to the next. Leaving again changes nothing."""
    waiting, offered = _lock_with_offer(waiting_id)
    if waiting.state in Waiting.STANDING:
        _end(waiting, State.LEFT, offered, act="waiting.left", actor=actor)


@takes_time
def take_off(*, waiting_id: int, reason: str, actor: Person) -> None:
    """The house ends it, with a reason that goes out by mail. Raises Refusal."""
    waiting, offered = _lock_with_offer(waiting_id)
    if waiting.state not in Waiting.STANDING:
        raise Refusal(_("Dieser Eintrag ist schon beendet."))
    was_waiting = waiting.state == State.WAITING
    waiting.end_reason = reason
    _end(waiting, State.ENDED, offered, act="waiting.taken_off", actor=actor)
    if was_waiting:
        mails.tell_ended(waiting)


def serve_caller(*, hours: OfficeHours, details: Details, actor: Person) -> None:
    """The house books a time for somebody who waits for it: that ends the waiting. An open offer stands until
    its answer. Under the lock on the hours, before firms are locked.
    """
    who = Q(firm_name__iexact=details.firm_name)
    if details.contact_email:
        who |= Q(contact_email__iexact=details.contact_email)
    if details.contact_phone:
        who |= Q(contact_phone=details.contact_phone)
    rows = Waiting.objects.select_for_update(no_key=True).filter(office=hours.office_id, state=State.WAITING)
    for waiting in rows.filter(who).order_by("joined_at", "pk"):
        _end(waiting, State.SERVED, None, act="waiting.served", actor=actor)


def end_over_due() -> int:
    """The scan: whose time of waiting is over, gets a last mail. Who has an open offer, answers it first."""
    over = Waiting.objects.filter(state=State.WAITING, waits_until__lt=today()).exclude(offers__outcome="")
    keys = list(over.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            waiting = _lock(key)
            if waiting.state == State.WAITING and not waiting.offers.filter(outcome="").exists():
                _end(waiting, State.ENDED, None, act="waiting.ended", actor=None)
                mails.tell_ended(waiting)
    return len(keys)


def _take_place(waiting: Waiting, *, actor: Person | None, act: str) -> None:
    now = timezone.now()
    waiting.state = State.WAITING
    waiting.joined_at = waiting.new_times_known_at = now
    waiting.save()
    log_act(act=act, thing=waiting, actor=actor, organisation=waiting.office.organisation)
    place, total = place_in_line(waiting)
    mails.tell_place(waiting, place=place, total=total)


def _end(
    waiting: Waiting, state: State, offered: Appointment | None, *, act: str, actor: Person | None
) -> None:
    now = timezone.now()
    waiting.state, waiting.ended_at = state, now
    waiting.save(update_fields=["state", "ended_at", "end_reason"])
    log_act(act=act, thing=waiting, actor=actor, organisation=waiting.office.organisation)
    if offered:
        outcome = Outcome.DECLINED if state == State.LEFT else Outcome.WITHDRAWN
        freed = end_offer(offered, outcome, now=now, actor=actor)
        pass_on(lane=offered.lane, period=offered.period, now=now, freed=freed)


def _remind(waiting: Waiting, *, now: datetime.datetime) -> None:
    """That the address waits already: once a day, however often somebody types it in."""
    told = mails_about(waiting).filter(kind="waiting_joined", queued_at__gt=now - REMINDED_AGAIN_AFTER)
    if not told.exists():
        place, total = place_in_line(waiting)
        mails.tell_place(waiting, place=place, total=total)


def _refuse_fourth_unconfirmed(email: str) -> None:
    if Waiting.objects.filter(contact_email=email, state=State.UNCONFIRMED).count() >= MOST_UNCONFIRMED:
        raise Refusal(
            _(
                "Für diese E-Mail-Adresse warten schon drei Einträge auf ihre Bestätigung. "
                "Öffnen Sie den Link in einer der E-Mails."
            )
        )


def _standing(office: Office, email: str) -> Waiting | None:
    rows = Waiting.objects.select_for_update(no_key=True).filter(office=office, contact_email=email)
    return rows.filter(state__in=Waiting.STANDING).first()


def _lock_address(email: str) -> None:
    """One address is entered by one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"waiting:{email}"])


def _lock(waiting_id: int) -> Waiting:
    Waiting.objects.select_for_update(no_key=True).get(pk=waiting_id)
    return Waiting.objects.select_related("office__organisation", "partnership").get(pk=waiting_id)


def _lock_with_offer(waiting_id: int) -> tuple[Waiting, Appointment | None]:
    """The hours of an open offer first, then the entry, then read."""
    while True:
        known = _open_offer(waiting_id)
        if known:
            lock_hours_unread(hours_of(known).pk)
        waiting, offered = _lock(waiting_id), _open_offer(waiting_id)
        if offered is None or (known and hours_of(known).pk == hours_of(offered).pk):
            return waiting, offered


def _open_offer(waiting_id: int) -> Appointment | None:
    return with_everything().filter(offer__waiting=waiting_id, offer__outcome="").first()
