"""What it means to empty a registration: who it was goes; that somebody took part, as what, when, stays."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from forums.models import Certificate, CertificateFile, PartBooking, Registration, RegistrationNeeds
from partnership.journal import forget_reasons, log_act, unname_firms
from partnership.links import revoke_links_of
from partnership.outbox import forget_mails, mails_about_all

State = Registration.State
GONE = "(gelöscht)"
"""In place of a reason that may name somebody; without one a place beyond the capacity would count."""
NOBODYS = dict.fromkeys(("name", "email", "phone", "firm_name"), "")


def empty_registrations(keys: Collection[int]) -> None:
    """A place that stands all the same, as after a restore, is given up. Certificates have their own rule."""
    now = timezone.now()
    rows = Registration.objects.filter(pk__in=keys, emptied_at__isnull=True)
    found = list(rows.select_related("event__organiser").order_by("pk"))
    keys = [registration.pk for registration in found]
    RegistrationNeeds.objects.filter(pk__in=keys).delete()
    revoke_links_of(Registration, keys)
    forget_mails(mails_about_all(Registration, keys))
    unname_firms(Registration, keys)
    forget_reasons(Registration, keys)
    _give_up_coming(keys)
    PartBooking.objects.filter(registration__in=keys).exclude(beyond_reason="").update(beyond_reason=GONE)
    Registration.objects.filter(pk__in=keys).update(
        emptied_at=now, firm=None, person=None, invitation=None, **NOBODYS
    )
    for registration in found:
        log_act(act="registration.erased", thing=registration, organisation=registration.event.organiser)


def _give_up_coming(keys: Collection[int]) -> None:
    """Only what is over is ever erased. What comes all the same is of a restored backup."""
    now = timezone.now()
    coming = Registration.objects.filter(pk__in=keys, state__in=Registration.STANDING, event__ends_at__gt=now)
    bookings = PartBooking.objects.filter(registration__in=coming, state__in=PartBooking.STANDING)
    bookings.update(state=PartBooking.State.CANCELLED, offer_until=None)
    coming.update(state=State.CANCELLED, cancelled_by=Registration.CancelledBy.PERSON, ended_at=now)


def full_registrations() -> QuerySet[Registration]:
    return Registration.objects.filter(emptied_at__isnull=True)


def erase_certificates(keys: Collection[int]) -> None:
    """What they say goes, number, dates and digest stay: whoever looks a number up reads that it is gone."""
    rows = Certificate.objects.filter(pk__in=keys, erased_at__isnull=True)
    found = list(rows.select_related("event__organiser").order_by("pk"))
    keys = [certificate.pk for certificate in found]
    CertificateFile.objects.filter(pk__in=keys).delete()
    forget_mails(mails_about_all(Certificate, keys))
    Certificate.objects.filter(pk__in=keys).update(content=None, salt=None, erased_at=timezone.now())
    for certificate in found:
        log_act(act="certificate.erased", thing=certificate, organisation=certificate.event.organiser)


def full_certificates() -> QuerySet[Certificate]:
    return Certificate.objects.filter(erased_at__isnull=True)
