"""Registrations, invitations, certificates: what somebody is told of them, and what erasing does to them."""

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Certificate, EventInvitation, Registration, RegistrationNeeds
from forums.privacy.emptying import empty_registrations, erase_certificates, full_certificates
from forums.registering.cancelling import cancel
from partnership.erasing import Holder, Holding
from partnership.models import Organisation, Person
from partnership.own_data import Row, Section
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal
from partnership.retention.holds import held_things, refuse_held
from partnership.times import berlin_day, long_date

LABELS = {
    "reference": gettext_lazy("Nummer"),
    "event": gettext_lazy("Veranstaltung"),
    "starts": gettext_lazy("Beginn"),
    "organiser": gettext_lazy("veranstaltet von"),
    "state": gettext_lazy("Stand"),
    "registered": gettext_lazy("angemeldet"),
    "role": gettext_lazy("nimmt teil als"),
    "name": gettext_lazy("Vor- und Nachname"),
    "firm": gettext_lazy("Firma oder Organisation"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "phone": gettext_lazy("Telefon"),
    "parts": gettext_lazy("Programmteile"),
    "attended": gettext_lazy("anwesend"),
    "catering": gettext_lazy("Wünsche zum Essen"),
    "need": gettext_lazy("Unterstützung"),
}
CERTIFICATE_LABELS = {
    "number": gettext_lazy("Nummer"),
    "event": gettext_lazy("Veranstaltung"),
    "issued": gettext_lazy("ausgestellt"),
    "revoked": gettext_lazy("widerrufen"),
    "reason": gettext_lazy("Grund des Widerrufs"),
    "name": gettext_lazy("Vor- und Nachname"),
}
INVITATION_LABELS = {
    "event": gettext_lazy("Veranstaltung"),
    "organiser": gettext_lazy("veranstaltet von"),
    "name": gettext_lazy("Vor- und Nachname"),
    "firm": gettext_lazy("Firma oder Organisation"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "added": gettext_lazy("aufgenommen"),
}


def registrations_about(person: Person) -> QuerySet[Registration]:
    """The person's own, and those made for the confirmed address. Colleagues registered along are others."""
    whose = Q(person=person)
    if has_confirmed_address(person):
        whose |= Q(person__isnull=True, email__iexact=person.email)
    rows = Registration.objects.filter(whose, emptied_at__isnull=True)
    return rows.select_related("event__organiser", "needs").order_by("created_at", "pk")


def certificates_about(person: Person) -> QuerySet[Certificate]:
    own = registrations_about(person).values("pk")
    rows = full_certificates().filter(registration__in=own)
    return rows.select_related("event__organiser").order_by("issued_at", "pk")


def invitations_about(person: Person) -> QuerySet[EventInvitation]:
    if not has_confirmed_address(person):
        return EventInvitation.objects.none()
    rows = EventInvitation.objects.filter(email__iexact=person.email)
    return rows.select_related("event__organiser").order_by("added_at", "pk")


def about_registrations(person: Person) -> Section:
    found = registrations_about(person).prefetch_related("bookings__part", "bookings__attendances")
    return Section(
        key="registrations",
        order=17,
        title=gettext_lazy("Ihre Anmeldungen zu Veranstaltungen"),
        labels=LABELS,
        rows=[_row(registration) for registration in found],
    )


def about_certificates(person: Person) -> Section:
    return Section(
        key="certificates",
        order=18,
        title=gettext_lazy("Ihre Teilnahmebescheinigungen"),
        labels=CERTIFICATE_LABELS,
        rows=[_certificate_row(certificate) for certificate in certificates_about(person)],
    )


def about_invitations(person: Person) -> Section:
    return Section(
        key="event_invitations",
        order=19,
        title=gettext_lazy("Ihre Einladungen zu Veranstaltungen"),
        labels=INVITATION_LABELS,
        rows=[
            {
                "event": invitation.event.title,
                "organiser": invitation.event.organiser.name,
                "name": invitation.name,
                "firm": invitation.firm_name,
                "email": invitation.email,
                "added": invitation.added_at,
            }
            for invitation in invitations_about(person)
        ],
    )


def _row(registration: Registration) -> Row:
    bookings = list(registration.bookings.all())
    row: Row = {
        "reference": registration.reference,
        "event": registration.event.title,
        "starts": registration.event.starts_at,
        "organiser": registration.event.organiser.name,
        "state": registration.get_state_display(),
        "registered": registration.created_at,
        "role": registration.get_role_display(),
        "name": registration.name,
        "firm": registration.firm_name,
        "email": registration.email,
        "phone": registration.phone,
        "parts": "; ".join(
            f"{booking.part.title} ({booking.get_mode_display()}, {booking.get_state_display()})"
            for booking in bookings
        ),
        "attended": "; ".join(
            f"{booking.part.title} {attendance.day:%d.%m.%Y} {attendance.get_half_display()}"
            for booking in bookings
            for attendance in booking.attendances.all()
        ),
    }
    needs: RegistrationNeeds | None = getattr(registration, "needs", None)
    return row | ({"catering": needs.catering, "need": needs.accessibility} if needs else {})


def _certificate_row(certificate: Certificate) -> Row:
    row: Row = {
        "number": certificate.number,
        "event": certificate.event.title,
        "issued": certificate.issued_at,
        "reason": certificate.revoke_reason,
        "name": str((certificate.content or {}).get("name", "")),
    }
    return row | ({"revoked": certificate.revoked_at} if certificate.revoked_at else {})


def holdings(person: Person) -> list[Holding]:
    """What organisers keep. A place in an event to come has to be given up first."""
    found = registrations_about(person)
    kept = set(found.filter(held_things(Registration)).values_list("pk", flat=True))
    held_back = set(certificates_about(person).filter(held_things(Certificate)).values_list("pk", flat=True))
    registrations = [
        Holding(
            words=_("Anmeldung %(reference)s: %(event)s")
            % {"reference": registration.reference, "event": registration.event.title},
            organisation_id=registration.event.organiser_id,
            holds=is_to_come(registration),
            is_kept=registration.pk in kept,
        )
        for registration in found
    ]
    certificates = [
        Holding(
            words=_("Teilnahmebescheinigung %(number)s vom %(day)s")
            % {"number": row.number, "day": long_date(berlin_day(row.issued_at))},
            organisation_id=row.event.organiser_id,
            is_kept=row.pk in held_back,
        )
        for row in certificates_about(person)
    ]
    invitations = [
        Holding(
            words=_("Einladung: %(event)s") % {"event": row.event.title},
            organisation_id=row.event.organiser_id,
        )
        for row in invitations_about(person)
    ]
    return registrations + certificates + invitations


def is_to_come(registration: Registration) -> bool:
    return (
        registration.state in Registration.STANDING
        and registration.event.state == registration.event.State.ANNOUNCED
        and registration.event.ends_at > timezone.now()
    )


def give_up_coming(person: Person) -> None:
    for registration in registrations_about(person):
        if is_to_come(registration):
            cancel(registration_id=registration.pk, actor=person)


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Refused while a place stands, and while somebody holds it back. Certificates keep number and digest."""
    certificates = list(certificates_about(person).filter(event__organiser=organisation))
    keys = sorted(
        registrations_about(person).filter(event__organiser=organisation).values_list("pk", flat=True)
    )
    erased: list[Model] = []
    rows = Registration.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    for registration in rows.filter(pk__in=keys).order_by("pk"):
        if is_to_come(registration):
            raise Refusal(
                _("Sie sind noch angemeldet. Löschen lässt sich erst, wenn Sie sich abgemeldet haben.")
            )
        refuse_held(registration)
        erased.append(registration)
    for certificate in certificates:
        refuse_held(certificate)
        erased.append(certificate)
    erase_certificates([certificate.pk for certificate in certificates])
    empty_registrations(
        [registration.pk for registration in erased if isinstance(registration, Registration)]
    )
    invitations_about(person).filter(event__organiser=organisation).delete()
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)
