"""How long what is known of those who take part stays."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forums.feedback.texts import erase_texts_of, events_with_texts
from forums.models import Certificate, Event, EventInvitation, Registration, RegistrationNeeds
from forums.privacy.emptying import (
    empty_registrations,
    erase_certificates,
    full_certificates,
    full_registrations,
)
from partnership.links import revoke_links_of
from partnership.models import Firm, FirmContact, Person
from partnership.outbox import forget_mails, mails_about_all
from partnership.retention.contacts import register_use
from partnership.retention.holds import holds_cover
from partnership.retention.kinds import Erasable, Keys, RetentionKind

State = Registration.State


def unconfirmed_due(before: datetime.datetime) -> QuerySet[Registration]:
    return full_registrations().filter(state=State.EXPIRED, ended_at__lt=before)


def registrations_due(before: datetime.datetime) -> QuerySet[Registration]:
    """Each by its event's end, also where somebody has given up the place long before."""
    return full_registrations().filter(event__ends_at__lt=before).exclude(state=State.EXPIRED)


def needs_due(before: datetime.datetime) -> QuerySet[RegistrationNeeds]:
    """Whoever gave up the place needs nothing any more."""
    over = Q(registration__event__ends_at__lt=before) | Q(registration__ended_at__lt=before)
    return RegistrationNeeds.objects.filter(over)


def invitations_due(before: datetime.datetime) -> QuerySet[EventInvitation]:
    return EventInvitation.objects.filter(event__ends_at__lt=before)


def _delete_needs(keys: Keys) -> None:
    RegistrationNeeds.objects.filter(pk__in=keys).delete()


def _delete_invitations(keys: Keys) -> None:
    revoke_links_of(EventInvitation, keys)
    forget_mails(mails_about_all(EventInvitation, keys))
    EventInvitation.objects.filter(pk__in=keys).delete()


REGISTRATION = Erasable(
    model=Registration,
    made="created_at",
    owner="event__organiser",
    left=full_registrations,
    erase=empty_registrations,
)
NEEDS = Erasable(
    model=RegistrationNeeds,
    made="registration__created_at",
    owner="registration__event__organiser",
    left=RegistrationNeeds.objects.all,
    erase=_delete_needs,
)
INVITATION = Erasable(
    model=EventInvitation,
    made="added_at",
    owner="event__organiser",
    left=EventInvitation.objects.all,
    erase=_delete_invitations,
)
CERTIFICATE = Erasable(
    model=Certificate,
    made="issued_at",
    owner="event__organiser",
    left=full_certificates,
    erase=erase_certificates,
)
TEXT = Erasable(
    model=Event,
    made="created_at",
    owner="organiser",
    left=events_with_texts,
    erase=erase_texts_of,
)
KINDS = [
    RetentionKind(
        key="registrations_unconfirmed",
        order=30,
        label=_("Nicht bestätigte Anmeldungen zu Veranstaltungen"),
        what=_("Name, Firma und Adresse; Veranstaltung und Rolle bleiben"),
        since=_("Verfall"),
        period="unconfirmed",
        erasable=REGISTRATION,
        due=unconfirmed_due,
    ),
    RetentionKind(
        key="registration_needs",
        order=31,
        label=_("Wünsche zum Essen und Unterstützung bei Veranstaltungen"),
        what=_("Was jemand für die Veranstaltung braucht"),
        since=_("Ende der Veranstaltung oder Abmeldung"),
        period="needs",
        erasable=NEEDS,
        due=needs_due,
    ),
    RetentionKind(
        key="registrations",
        order=32,
        label=_("Anmeldungen zu Veranstaltungen"),
        what=_("Name, Firma und Adresse; Rolle, Programmteile und Anwesenheit bleiben"),
        since=_("Ende der Veranstaltung"),
        period="contacts",
        erasable=REGISTRATION,
        due=registrations_due,
    ),
    RetentionKind(
        key="event_invitations",
        order=33,
        label=_("Einladungslisten von Veranstaltungen"),
        what=_("Name, Firma, Adresse und Antwort"),
        since=_("Ende der Veranstaltung"),
        period="invitations",
        erasable=INVITATION,
        due=invitations_due,
    ),
    RetentionKind(
        key="certificates",
        order=34,
        label=_("Teilnahmebescheinigungen"),
        what=_("Inhalt und PDF; Nummer, Daten und Prüfsumme bleiben"),
        since=_("Ausstellung"),
        period="certificates",
        erasable=CERTIFICATE,
        due=lambda before: full_certificates().filter(issued_at__lt=before),
    ),
    RetentionKind(
        key="feedback_texts",
        order=35,
        label=_("Rückmeldungen in Worten"),
        what=_("Was jemand frei geschrieben hat; die Noten nennen niemanden und bleiben"),
        since=_("Ende der Veranstaltung"),
        period="contacts",
        erasable=TEXT,
        due=lambda before: events_with_texts().filter(ends_at__lt=before),
    ),
]


def keep_who_takes_part() -> None:
    """A firm's hold keeps its registrations. Whoever a registration or a certificate still names stays."""
    holds_cover(Registration, through=Firm, path="firm")
    holds_cover(RegistrationNeeds, through=Registration, path="registration")
    holds_cover(Certificate, through=Registration, path="registration")
    register_use(Person, lambda: Q(Exists(Registration.objects.filter(person=OuterRef("pk")))))
    own = Registration.objects.filter(person=OuterRef("person"))
    of_the_firm = Registration.objects.filter(firm=OuterRef("firm"), email__iexact=OuterRef("email"))
    register_use(FirmContact, lambda: Q(Exists(own)) | Q(Exists(of_the_firm)))
