"""When appointments, what was confided in them, and absences are emptied or deleted; and what can be held."""

import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import rules
from consultations.emptying import (
    empty_appointments,
    empty_concerns,
    full_appointments,
    full_concerns,
)
from consultations.models import (
    Absence,
    Appointment,
    Concern,
    DayNotice,
    FreedTime,
    OfficeHours,
    Visit,
    VisitRequest,
    Waiting,
)
from consultations.queries import appointments_visible_to
from consultations.taking_time import lock_hours_unread, lock_requests_of_visits
from partnership.firms import lock_firms
from partnership.known_firms import firms_visible_to
from partnership.links import revoke_links_of
from partnership.models import Firm, FirmContact, Organisation, Person
from partnership.retention.contacts import register_use
from partnership.retention.holds import Holdable, holds_cover
from partnership.retention.kinds import Erasable, Keys, RetentionKind
from partnership.rules import Posts

State = Appointment.State
NOT_SETTLED = (State.HELD, State.PROPOSED, State.UNCONFIRMED)


def unconfirmed_due(before: datetime.datetime) -> QuerySet[Appointment]:
    return full_appointments().filter(state=State.EXPIRED, confirm_by__lt=before)


def needs_due(before: datetime.datetime) -> QuerySet[Concern]:
    return Concern.objects.filter(appointment__period__endswith__lt=before).exclude(accessibility_need="")


def concerns_due(before: datetime.datetime) -> QuerySet[Concern]:
    return full_concerns().filter(appointment__period__endswith__lt=before)


def appointments_due(before: datetime.datetime) -> QuerySet[Appointment]:
    """Each by its own day, also where the firm has come again since."""
    return full_appointments().filter(period__endswith__lt=before).exclude(state__in=NOT_SETTLED)


def _lock_with_hours(rows: QuerySet[Any], limit: int) -> Keys:
    """Whoever changes an appointment holds its hours or a visit's request; those that somebody holds just now
    are left out."""
    found = list(rows.order_by("pk").values_list("pk", "lane__hours_id")[:limit])
    hours = OfficeHours.objects.filter(pk__in={hours for _key, hours in found}).order_by("pk")
    free = {row.pk for row in hours.select_for_update(skip_locked=True, no_key=True)}
    alone = [key for key, hours in found if hours is None]
    request_of = dict(Visit.objects.filter(pk__in=alone).values_list("pk", "request"))
    requests = VisitRequest.objects.filter(pk__in=request_of.values()).order_by("pk")
    free_requests = {row.pk for row in requests.select_for_update(skip_locked=True, no_key=True)}
    busy = {key for key, request in request_of.items() if request not in free_requests}
    return [key for key, hours in found if hours in free or (hours is None and key not in busy)]


def _erase_needs(keys: Keys) -> None:
    Concern.objects.filter(pk__in=keys).update(accessibility_need="")


def _delete_absences(keys: Keys) -> None:
    """With their claims."""
    Absence.objects.filter(pk__in=keys).delete()


APPOINTMENT = Erasable(
    model=Appointment,
    made="created_at",
    owner="host",
    left=full_appointments,
    erase=empty_appointments,
    lock=_lock_with_hours,
)
CONCERN = Erasable(
    model=Concern,
    made="appointment__created_at",
    owner="appointment__police",
    left=full_concerns,
    erase=empty_concerns,
)
NEED = Erasable(
    model=Concern,
    made="appointment__created_at",
    owner="appointment__police",
    left=full_concerns,
    erase=_erase_needs,
)
ABSENCE = Erasable(
    model=Absence, made="reported_at", owner="police", left=Absence.objects.all, erase=_delete_absences
)


def _delete_waiting(keys: Keys) -> None:
    """With what was offered; and what became of times that no entry names any more."""
    revoke_links_of(Waiting, keys)
    Waiting.objects.filter(pk__in=keys).delete()
    FreedTime.objects.filter(offers__isnull=True, passed_over__isnull=True).delete()


WAITING = Erasable(
    model=Waiting,
    made="created_at",
    owner="office__organisation",
    left=Waiting.objects.all,
    erase=_delete_waiting,
)

NOTICE = Erasable(
    model=DayNotice,
    made="made_at",
    left=DayNotice.objects.all,
    erase=lambda keys: DayNotice.objects.filter(pk__in=keys).delete(),
)

KINDS = [
    RetentionKind(
        key="unconfirmed",
        order=10,
        label=_("Nicht bestätigte Buchungen"),
        what=_("Firma, Ansprechperson und Anliegen; Zeit und Ort bleiben"),
        since=_("Verfall"),
        period="unconfirmed",
        erasable=APPOINTMENT,
        due=unconfirmed_due,
    ),
    RetentionKind(
        key="needs",
        order=11,
        label=_("Angaben zu Unterstützung"),
        what=_("Was jemand für das Gespräch braucht"),
        since=_("Tag des Termins"),
        period="needs",
        erasable=NEED,
        due=needs_due,
    ),
    RetentionKind(
        key="concerns",
        order=12,
        label=_("Anliegen"),
        what=_("Was Firma und Polizei notiert haben; das Thema bleibt für die Zahlen"),
        since=_("Tag des Termins"),
        period="contacts",
        erasable=CONCERN,
        due=concerns_due,
    ),
    RetentionKind(
        key="appointments",
        order=13,
        label=_("Kontaktdaten in Terminen"),
        what=_("Firma und Ansprechperson; Zeit, Ort und Ausgang bleiben für die Zahlen"),
        since=_("Tag des Termins"),
        period="contacts",
        erasable=APPOINTMENT,
        due=appointments_due,
    ),
    RetentionKind(
        key="absences",
        order=20,
        label=_("Abwesenheiten"),
        what=_("Wer von der Polizei wann fehlte; ein Grund wird nicht gespeichert"),
        since=_("Ende"),
        period="absences",
        erasable=ABSENCE,
        due=lambda before: Absence.objects.filter(period__endswith__lt=before),
    ),
    RetentionKind(
        key="joining",
        order=21,
        label=_("Nicht bestätigte Plätze auf Wartelisten"),
        what=_("Firma, Ansprechperson und Wünsche"),
        since=_("Anfrage"),
        period="addresses",
        erasable=WAITING,
        due=lambda before: Waiting.objects.filter(state=Waiting.State.UNCONFIRMED, created_at__lt=before),
    ),
    RetentionKind(
        key="waiting",
        order=22,
        label=_("Wartelisten"),
        what=_("Firma, Ansprechperson, Wünsche und Angebote"),
        since=_("Ende des Wartens"),
        period="waiting",
        erasable=WAITING,
        due=lambda before: Waiting.objects.filter(ended_at__lt=before),
    ),
    RetentionKind(
        key="notices",
        order=23,
        label=_("Mitteilungen am Abend und am Morgen"),
        what=_("Dass sie an jemanden gesendet wurden"),
        since=_("Versand"),
        period="mails",
        erasable=NOTICE,
        due=lambda before: DayNotice.objects.filter(made_at__lt=before),
        is_listed=False,
    ),
]


def _lock_appointment(key: int) -> Model | None:
    """As whoever empties it does: by its hours."""
    rows = Appointment.objects.filter(pk=key)
    lock_hours_unread(*rows.filter(lane__isnull=False).values_list("lane__hours_id", flat=True))
    lock_requests_of_visits(key)
    return full_appointments().filter(pk=key).select_for_update(no_key=True, of=("self",)).first()


def _who_keeps_appointment(posts: Posts, appointment: Appointment) -> QuerySet[Organisation]:
    """The host's desk, for whom it was; the directorate's lead, for what it was about."""
    if appointment.emptied_at:
        return Organisation.objects.none()
    return Organisation.objects.filter(
        Q(pk=appointment.host_id, pk__in=posts.desks) | Q(pk=appointment.police_id, pk__in=posts.lead_of)
    ).order_by("pk")


def _who_keeps_firm(posts: Posts, firm: Firm) -> QuerySet[Organisation]:
    may = rules.may_edit_firm(posts, firm)
    wanted = posts.desks if firm.chamber_id is None else {firm.chamber_id}
    return Organisation.objects.filter(pk__in=wanted if may else []).order_by("pk")


HELD_APPOINTMENT, HELD_FIRM = HOLDABLES = (
    Holdable(
        slug="termin",
        model=Appointment,
        visible_to=appointments_visible_to,
        holders=_who_keeps_appointment,
        lock=_lock_appointment,
        words=lambda appointment: f"{Appointment._meta.verbose_name} {appointment.reference}",
        url=lambda appointment: reverse("appointments:appointment", args=[appointment.reference]),
    ),
    Holdable(
        slug="firma",
        model=Firm,
        visible_to=lambda posts: firms_visible_to(posts).filter(merged_into__isnull=True),
        holders=_who_keeps_firm,
        lock=lambda key: lock_firms(key).get(key),
        words=lambda firm: firm.name,
        url=lambda firm: reverse("appointments:firm", args=[firm.pk]),
    ),
)


def hold_with_appointments() -> None:
    """A firm's hold keeps its appointments, an appointment's what was confided in it."""
    holds_cover(Appointment, through=Firm, path="firm")
    holds_cover(Concern, through=Appointment, path="appointment")


def keep_who_came() -> None:
    """Whoever an appointment still names stays."""
    register_use(Person, lambda: Q(Exists(Appointment.objects.filter(person=OuterRef("pk")))))
    own = Appointment.objects.filter(person=OuterRef("person"))
    of_the_firm = Appointment.objects.filter(firm=OuterRef("firm"), contact_email__iexact=OuterRef("email"))
    register_use(FirmContact, lambda: Q(Exists(own)) | Q(Exists(of_the_firm)))
