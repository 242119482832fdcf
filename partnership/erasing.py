"""Somebody asks that what is kept about them goes; who owns a record decides on it (Art. 17 DSGVO).

Every app registers a `Holder` for what it keeps. What was erased is written down by kind and key
(`retention/erasure_list.py`), so that it can be erased again after a restore. What is held stays.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, F, Model, ProtectedError, Q, QuerySet, RestrictedError, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import firm_mails as mails
from partnership.administration.changes import log_in_members
from partnership.firm_belongings import take_along
from partnership.firms import lock_firms
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import (
    BlockedAddress,
    CalendarFeed,
    ErasedThing,
    ErasurePart,
    ErasureRequest,
    ErasureState,
    Firm,
    FirmContact,
    Organisation,
    OutgoingMail,
    Partnership,
    PendingAddress,
    Person,
    Post,
)
from partnership.outbox import forget_mails
from partnership.refusals import Refusal
from partnership.registration import forget_pending
from partnership.retention.erasure_list import Erased, write_down
from partnership.retention.holds import refuse_held
from partnership.sessions import end_every_session, end_sessions
from partnership.times import a_month_after, berlin_day

State = ErasureState
EMPTIED_ADDRESS = "@konto.invalid"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One record about somebody, in words. `holds`: nothing is erased before it is over.

    `is_kept`: somebody holds it back (retention/holds.py).
    """

    words: str
    organisation_id: int
    holds: bool = False
    is_kept: bool = False
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """What an app keeps about people; `erase` empties what one organisation owns and says which things."""

    holdings: Callable[[Person], list[Holding]]
    give_up_coming: Callable[[Person], None]
    erase: Callable[[Person, Organisation], list[Model]]


Forget = Callable[[Person, Collection[str]], None]
_holders: list[Holder] = []
_forgetting: list[Forget] = []


def register_holder(holder: Holder) -> None:
    """Apps name theirs in `ready()`."""
    _holders.append(holder)


def register_forgetting(forget: Forget) -> None:
    """What apps know of a person and their addresses and no organisation owns: it goes with the account."""
    _forgetting.append(forget)


def holdings_about(person: Person, organisation: Organisation | None = None) -> list[Holding]:
    found = [holding for holder in _holders for holding in holder.holdings(person)]
    return [h for h in found if organisation is None or h.organisation_id == organisation.pk]


def due_on(request: ErasureRequest) -> datetime.date:
    """Art. 12 (3) DSGVO: within one month."""
    return a_month_after(berlin_day(request.asked_at))


def has_duties(person: Person) -> bool:
    """Whoever acts for an organisation cannot be erased before the post has ended."""
    return person.is_staff or Post.objects.in_force().filter(person=person).exists()


@transaction.atomic
def ask_for_erasure(
    *,
    person: Person,
    partnership: Partnership,
    reason: str = "",
    gives_up_coming: bool = False,
    language: str = "de",
) -> ErasureRequest:
    """One part for each organisation that keeps something, one for the account. A mail confirms it."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if has_duties(person):
        raise Refusal(
            _("Solange Sie hier eine Funktion haben, bleibt Ihr Konto. Wenden Sie sich an die Koordination.")
        )
    if ErasureRequest.objects.filter(person=person, state=State.OPEN).exists():
        raise Refusal(_("Sie haben die Löschung schon beantragt. Darüber ist noch nicht entschieden."))
    if gives_up_coming:
        for holder in _holders:
            holder.give_up_coming(person)
    request = ErasureRequest.objects.create(
        person=person, partnership=partnership, reason=reason, language=language
    )
    owners = {holding.organisation_id for holding in holdings_about(person)}
    parts = [ErasurePart(request=request, organisation_id=key) for key in sorted(owners)]
    parts.append(ErasurePart(request=request, partnership=partnership))
    ErasurePart.objects.bulk_create(parts)
    for part in request.parts.select_related("organisation"):
        log_act(act="erasure.asked", thing=request, actor=person, organisation=part.organisation)
    mails.confirm_erasure_asked(request, due_on=due_on(request))
    return request


@transaction.atomic
def withdraw_erasure(*, request_id: int, person: Person) -> ErasureRequest:
    """Possible while nobody has decided."""
    request = _lock_request(request_id)
    parts = list(request.parts.select_related("organisation"))
    if request.person_id != person.pk or request.state != State.OPEN:
        raise Refusal(_("Zu diesem Löschbegehren ist nichts mehr offen."))
    if any(part.state != State.OPEN for part in parts):
        raise Refusal(_("Über einen Teil ist schon entschieden. Zurücknehmen geht jetzt nicht mehr."))
    request.parts.update(state=State.WITHDRAWN)
    _close(request, State.WITHDRAWN)
    for part in parts:
        log_act(act="erasure.withdrawn", thing=request, actor=person, organisation=part.organisation)
    return request


@transaction.atomic
def refuse_part(*, part_id: int, answer: str, actor: Person) -> ErasurePart:
    """With a reason, which the person reads by mail."""
    part = _lock_part(part_id)
    if not answer.strip():
        raise Refusal(_("Begründen Sie die Ablehnung. Die Begründung geht an die Person."))
    _decide(part, State.REFUSED, actor=actor, answer=answer)
    log_act(act="erasure.refused", thing=part.request, actor=actor, organisation=part.organisation)
    mails.tell_part_decided(part, kind="erasure_refused")
    _finish(part.request, actor=actor)
    return part


@transaction.atomic
def carry_out_part(*, part_id: int, actor: Person) -> ErasurePart:
    """Erase what this controller owns; the account goes once every part is decided."""
    part = _lock_part(part_id)
    person = part.request.person
    assert person is not None
    if any(holding.holds for holding in holdings_about(person, part.organisation)):
        raise Refusal(
            _("Es steht noch ein Termin an. Löschen lässt sich erst, wenn er vorbei oder abgesagt ist.")
        )
    _decide(part, State.CARRIED_OUT, actor=actor)
    if part.organisation:
        erase_part(part, person)
        mails.tell_part_decided(part, kind="erasure_part_done")
    log_act(act="erasure.carried_out", thing=part.request, actor=actor, organisation=part.organisation)
    _finish(part.request, actor=actor)
    return part


def erase_part(part: ErasurePart, person: Person) -> None:
    """What the part's organisation owns, in every app, with a line for the list of erasures."""
    assert part.organisation is not None
    for holder in _holders:
        _write_down(part, holder.erase(person, part.organisation))


def parts_undecided(request: ErasureRequest, *, besides: ErasurePart) -> list[ErasurePart]:
    rows = request.parts.filter(state=State.OPEN).exclude(pk=besides.pk)
    return list(rows.select_related("organisation", "partnership"))


def _lock_request(request_id: int) -> ErasureRequest:
    rows = ErasureRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person", "partnership").get(pk=request_id)


def _lock_part(part_id: int) -> ErasurePart:
    """Read under the lock on its request: two desks decide one after the other."""
    request = _lock_request(ErasurePart.objects.values_list("request_id", flat=True).get(pk=part_id))
    part = ErasurePart.objects.select_related("organisation", "partnership").get(pk=part_id)
    part.request = request
    if part.state != State.OPEN:
        raise Refusal(
            _("Darüber ist schon entschieden: %(state)s. Laden Sie die Seite neu.")
            % {"state": part.get_state_display()}
        )
    return part


def _decide(part: ErasurePart, state: ErasureState, *, actor: Person, answer: str = "") -> None:
    part.state, part.answer = state, answer.strip()
    part.decided_by, part.decided_at = actor, timezone.now()
    part.save(update_fields=["state", "answer", "decided_by", "decided_at"])


def _finish(request: ErasureRequest, *, actor: Person) -> None:
    """With the last decision the request closes, and the account goes if its part was carried out."""
    parts = list(request.parts.select_related("organisation"))
    if any(part.state == State.OPEN for part in parts):
        return
    account = next(part for part in parts if part.partnership_id)
    if account.state == State.CARRIED_OUT:
        _erase_account(account, request=request, parts=parts, actor=actor)
    was_any = any(part.state == State.CARRIED_OUT for part in parts)
    _close(request, State.CARRIED_OUT if was_any else State.REFUSED)


def _erase_account(
    account: ErasurePart, *, request: ErasureRequest, parts: list[ErasurePart], actor: Person
) -> None:
    """Contacts, own firms, links, mails, sessions, then the person; a mail says so and is forgotten, too."""
    assert request.person is not None
    person = Person.objects.select_for_update().get(pk=request.person.pk)
    if has_duties(person) or any(holding.holds for holding in holdings_about(person)):
        raise Refusal(
            _("Zu diesem Konto steht noch ein Termin an, oder es hat eine Funktion. Das muss zuerst enden.")
        )
    email = person.email
    log_in_members(act="erasure.account_erased", thing=person, partnership=request.partnership, actor=actor)
    end_every_session(person)
    erased = forget_person(person)
    request.reason, request.person = "", None
    refused = [part for part in parts if part.state == State.REFUSED]
    mails.say_last_word(request, to_email=email, refused=refused)
    request.state = State.CARRIED_OUT
    request.closed_at = timezone.now()
    request.save()
    _write_down(account, erased)


def forget_person(person: Person) -> list[Model]:
    """All that the ground floor knows of somebody; returns what went. Refused while a firm of theirs is held.

    Whoever once had a post stays as an empty row: lanes and logs still point at it.
    """
    addresses = {
        person.email,
        *_contacts_of(person).annotate(address=Lower("email")).values_list("address", flat=True),
    }
    for forget in _forgetting:
        forget(person, addresses)
    erased: list[Model] = [*_erase_firms_of(person), Person(pk=person.pk)]
    end_sessions(person=person)
    forget_pending(PendingAddress.objects.filter(Q(person=person) | Q(email__in=addresses)))
    revoke_links(thing=person)
    CalendarFeed.objects.filter(person=person).delete()
    BlockedAddress.objects.filter(address__in=addresses).delete()
    own_kinds = ContentType.objects.filter(app_label="partnership")
    own_mails = OutgoingMail.objects.annotate(address=Lower("to_email")).filter(address__in=addresses)
    forget_mails(own_mails.filter(Q(content_type__isnull=True) | Q(content_type__in=own_kinds)))
    still_open = When(state=State.OPEN, then=Value(State.CARRIED_OUT))
    ErasureRequest.objects.filter(person=person).update(
        person=None,
        reason="",
        state=Case(still_open, default=F("state")),
        closed_at=Coalesce("closed_at", timezone.now()),
    )
    _delete_or_empty(person)
    return erased


def _delete_or_empty(person: Person) -> None:
    if not Post.objects.filter(person=person).exists():
        try:
            with transaction.atomic():
                person.delete()
            return
        except (ProtectedError, RestrictedError):
            pass
    Authenticator.objects.filter(user=person).delete()
    person.name, person.email = "", f"geloescht-{person.pk}{EMPTIED_ADDRESS}"
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["name", "email", "is_active", "password"])


def _erase_firms_of(person: Person) -> list[Model]:
    """The person's entries as a contact; firms go that nobody else speaks for and nothing hangs on."""
    erased: list[Model] = []
    contacts = _contacts_of(person)
    lock_firms(*contacts.values_list("firm", flat=True))
    for contact in contacts.select_related("firm"):
        refuse_held(contact.firm)
        erased.append(FirmContact(pk=contact.pk))
        revoke_links(thing=contact)
        contact.delete()
        if FirmContact.objects.filter(firm=contact.firm).exists():
            continue
        key = contact.firm_id
        take_along([key])
        try:
            with transaction.atomic():
                contact.firm.delete()
            erased.append(Firm(pk=key))
        except (ProtectedError, RestrictedError):
            continue
    return erased


def _contacts_of(person: Person) -> QuerySet[FirmContact]:
    return FirmContact.objects.filter(Q(person=person) | Q(email__iexact=person.email))


def _write_down(part: ErasurePart, things: list[Model]) -> None:
    erased = [Erased(type(thing), thing.pk, part.organisation_id) for thing in things]
    write_down(erased, rule=ErasedThing.REQUEST, part=part)


def _close(request: ErasureRequest, state: ErasureState) -> None:
    request.state, request.closed_at = state, timezone.now()
    request.save(update_fields=["state", "closed_at"])
