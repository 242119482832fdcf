"""Certificates are issued, revoked, and issued anew; none is ever changed (docs/decisions/0038)."""

import datetime
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.certificates import mails
from forums.certificates.content import content_of
from forums.certificates.numbers import draw_number
from forums.certificates.proven import ProvenPart, proven_parts
from forums.models import Certificate, CertificateFile, Event, Registration
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.locking import constraint_of, lock_rows, transaction_tried_again
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.sealed_content import digest_of, new_salt
from partnership.times import berlin_day


def _refuse(error: IntegrityError) -> None:
    if constraint_of(error) == "certificate_one_valid":
        raise Refusal(_("Für diese Person gibt es schon eine gültige Bescheinigung.")) from error
    raise error


issues = transaction_tried_again(drawn=["certificate_number_unique"], refuse=_refuse)


@issues
def issue_certificates(
    *,
    event_id: int,
    actor: Person,
    registration_ids: Collection[int] | None = None,
    now: datetime.datetime | None = None,
) -> list[Certificate]:
    """For all who were there and have no valid one, or for those of `registration_ids`; each is told."""
    now = now or timezone.now()
    refuse_unless_over(Event.objects.get(pk=event_id), now=now)
    rows = Registration.objects.filter(event=event_id, bookings__attendances__isnull=False)
    if registration_ids is not None:
        rows = rows.filter(pk__in=registration_ids)
    keys = set(rows.values_list("pk", flat=True))
    lock_rows(Registration, keys)
    waiting = _registrations(keys - set(_valid(keys).values_list("registration", flat=True)))
    proven = proven_parts(Event.objects.get(pk=event_id), [row.pk for row in waiting])
    found = [row for row in waiting if row.pk in proven]
    if not found:
        raise Refusal(_("Es gibt niemanden, für den eine Bescheinigung auszustellen wäre."))
    made = [_issue(row, proven[row.pk], actor=actor, now=now) for row in found]
    for certificate in made:
        mails.tell_issued(certificate)
    return made


@transaction.atomic
def revoke_certificate(
    *, certificate_id: int, reason: str, actor: Person, now: datetime.datetime | None = None
) -> Certificate:
    """The number stays known as revoked. Its holder is told, with the reason."""
    certificate = _revoke(certificate_id, reason, actor=actor, now=now or timezone.now())
    mails.tell_revoked(certificate)
    return certificate


@issues
def issue_anew(
    *, certificate_id: int, reason: str, actor: Person, now: datetime.datetime | None = None
) -> Certificate:
    """After a correction of the name or of who was there: the old one is revoked, and one mail tells both."""
    now = now or timezone.now()
    old = _revoke(certificate_id, reason, actor=actor, now=now)
    (registration,) = _registrations([old.registration_id])
    proven = proven_parts(registration.event, [registration.pk]).get(registration.pk)
    if not proven:
        raise Refusal(
            _("Es ist keine Anwesenheit mehr eingetragen. Widerrufen Sie die Bescheinigung stattdessen.")
        )
    certificate = _issue(registration, proven, actor=actor, now=now)
    mails.tell_issued(certificate, replaces=old)
    return certificate


def refuse_unless_over(event: Event, *, now: datetime.datetime) -> None:
    if event.state in (Event.State.DRAFT, Event.State.CANCELLED) or event.ends_at > now:
        raise Refusal(_("Bescheinigungen gibt es, wenn die Veranstaltung stattgefunden hat und vorbei ist."))


def _issue(
    registration: Registration, proven: list[ProvenPart], *, actor: Person, now: datetime.datetime
) -> Certificate:
    if not registration.name:
        raise Refusal(_("Ohne Namen gibt es keine Bescheinigung."))
    day, salt = berlin_day(now), new_salt()
    number = draw_number(day.year)
    content = content_of(registration, proven, number=number, issued_on=day)
    certificate = Certificate.objects.create(
        event=registration.event,
        registration=registration,
        number=number,
        issued_at=now,
        issued_by=actor,
        content=content,
        salt=salt,
        digest=digest_of(content, salt),
    )
    _log("certificate.issued", certificate, actor)
    return certificate


def _revoke(certificate_id: int, reason: str, *, actor: Person, now: datetime.datetime) -> Certificate:
    lock_rows(
        Registration, Certificate.objects.filter(pk=certificate_id).values_list("registration", flat=True)
    )
    certificate = Certificate.objects.select_related(
        "event__organiser", "event__partnership", "registration__registered_by"
    ).get(pk=certificate_id)
    if certificate.revoked_at:
        raise Refusal(_("Diese Bescheinigung ist schon widerrufen."))
    if not reason.strip():
        raise Refusal(_("Sagen Sie, warum die Bescheinigung nicht mehr gilt."))
    certificate.revoked_at, certificate.revoked_by = now, actor
    certificate.revoke_reason = reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    CertificateFile.objects.filter(certificate=certificate).delete()
    revoke_links(thing=certificate)
    _log("certificate.revoked", certificate, actor)
    return certificate


def _valid(registration_ids: Collection[int]) -> QuerySet[Certificate]:
    return Certificate.objects.filter(registration__in=registration_ids, revoked_at__isnull=True)


def _registrations(keys: Collection[int]) -> list[Registration]:
    """Confirmed ones; whoever has no name any more proves nothing."""
    rows = Registration.objects.filter(pk__in=keys, state=Registration.State.CONFIRMED).exclude(name="")
    return list(
        rows.select_related("event__organiser", "event__partnership", "event__office", "registered_by")
        .prefetch_related("event__partners")
        .order_by("pk")
    )


def _log(act: str, certificate: Certificate, actor: Person) -> None:
    log_act(
        act=act,
        thing=certificate,
        actor=actor,
        organisation=certificate.event.organiser,
        detail={"number": certificate.number},
    )
