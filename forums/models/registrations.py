"""Who takes part, in which parts, and who is invited."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.events import Event, EventPart, Mode


class Role(models.TextChoices):
    """As whom somebody takes part."""

    BUSINESS = "business", _("Unternehmen")
    FULL_TIME = "full_time", _("hauptamtlich in Verwaltung, Polizei oder Kammer")
    HONORARY = "honorary", _("ehrenamtlich, mit Amt")
    VOLUNTEER = "volunteer", _("freiwillig engagiert")
    PUBLIC = "public", _("interessierte Öffentlichkeit")


class EventInvitation(models.Model):
    """Somebody on an event's invitation list. The personal link is a `SecretLink` to this row."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(_("Vor- und Nachname"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    firm_name = models.CharField(_("Firma oder Organisation"), max_length=160, blank=True)
    role = models.CharField(_("nimmt teil als"), max_length=10, choices=Role, default=Role.BUSINESS)
    page_language = models.CharField(_("Sprache der E-Mail"), max_length=5, default="de")
    added_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("aufgenommen"), default=timezone.now)
    sent_at = models.DateTimeField(_("eingeladen"), null=True, blank=True)
    declined_at = models.DateTimeField(_("abgesagt"), null=True, blank=True)
    mail_lost_at = models.DateTimeField(_("E-Mail kam nicht an"), null=True, blank=True)

    class Meta:
        verbose_name = _("Einladung zu einer Veranstaltung")
        verbose_name_plural = _("Einladungen zu Veranstaltungen")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), "event", name="event_invitation_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.event}"


class Registration(models.Model):
    """Somebody's registration for an event (Anmeldung): one row for each person who takes part.

    Who registers colleagues along is their `registered_by`, and gets the mails of those without an address.
    `ticket` is on the ticket's QR code and typed at the door; it is there from the confirmation on. What of
    the registration stands says each of its bookings of parts.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        CONFIRMED = "confirmed", _("bestätigt")
        CANCELLED = "cancelled", _("abgemeldet")
        EXPIRED = "expired", _("verfallen")

    class CancelledBy(models.TextChoices):
        PERSON = "person", _("selbst")
        DESK = "desk", _("durch die Veranstalter")
        EVENT = "event", _("Veranstaltung abgesagt")

    STANDING = (State.UNCONFIRMED, State.CONFIRMED)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    reference = models.CharField(_("Nummer"), max_length=12)
    ticket = models.CharField(_("Ticket"), max_length=12, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.UNCONFIRMED)
    role = models.CharField(_("nimmt teil als"), max_length=10, choices=Role, default=Role.BUSINESS)
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    firm = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    firm_name = models.CharField(_("Firma oder Organisation"), max_length=160, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    """Rises when the own entry changes; a calendar file counts the event's changes along."""
    registered_by = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="colleagues"
    )
    invitation = models.OneToOneField(
        EventInvitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration"
    )
    entered_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_walk_in = models.BooleanField(_("ohne Anmeldung gekommen"), default=False)
    created_at = models.DateTimeField(_("angemeldet"), default=timezone.now)
    asked_at = models.DateTimeField(_("zuletzt um Bestätigung gebeten"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("zu bestätigen bis"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("erinnert"), null=True, blank=True)
    feedback_asked_at = models.DateTimeField(_("um Rückmeldung gebeten"), null=True, blank=True)
    mail_lost_at = models.DateTimeField(_("E-Mail kam nicht an"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    emptied_at = models.DateTimeField(_("geleert"), null=True, blank=True)

    class Meta:
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["event", "state"], name="registration_of_event"),
            models.Index(
                fields=["confirm_by"], condition=Q(state="unconfirmed"), name="registration_unconfirmed"
            ),
            models.Index(fields=["event"], condition=Q(emptied_at__isnull=True), name="registration_full"),
            models.Index(
                fields=["ended_at"],
                condition=Q(state="expired", emptied_at__isnull=True),
                name="registration_lapsed",
            ),
            models.Index(fields=["person"], name="registration_person"),
            models.Index(Upper("email"), name="registration_email"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="registration_reference_unique"),
            models.UniqueConstraint(
                fields=["ticket"], condition=~Q(ticket=""), name="registration_ticket_unique"
            ),
            models.UniqueConstraint(
                Lower("email"),
                "event",
                condition=Q(state__in=["unconfirmed", "confirmed"]) & ~Q(email=""),
                name="registration_once_each",
            ),
            models.CheckConstraint(
                condition=~Q(state="unconfirmed") | Q(confirm_by__isnull=False),
                name="registration_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False) & ~Q(ticket=""),
                name="registration_confirmed_has_ticket",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "confirmed"]) | Q(ended_at__isnull=False),
                name="registration_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=False)
                | ~Q(email="")
                | ~Q(phone="")
                | Q(registered_by__isnull=False)
                | Q(is_walk_in=True),
                name="registration_is_reachable",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(person__isnull=True, firm__isnull=True, name="", email="", phone="", firm_name=""),
                name="registration_emptied_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class RegistrationNeeds(models.Model):
    """What somebody needs on the day. It goes when the event is over."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="needs"
    )
    catering = models.CharField(_("Wünsche zum Essen"), max_length=200, blank=True)
    accessibility = models.CharField(_("Unterstützung"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Bedarf einer Anmeldung")
        verbose_name_plural = _("Bedarf von Anmeldungen")

    def __str__(self) -> str:
        return f"Bedarf {self.pk}"


class PartBooking(models.Model):
    """Somebody's place in a part, or the wait for one: never both.

    Pending is what is not confirmed yet; it takes no place. Confirmed and offered ones take one each, counted
    by a trigger, except those beyond the capacity, which say why (`beyond_reason`). The line of a part and
    mode goes by `waits_since` and key. `choice` is the part's, when it was booked. `lapsed_at` is when an
    offer ended without an answer: a yes that comes late is taken while the place is free.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("noch nicht bestätigt")
        CONFIRMED = "confirmed", _("nimmt teil")
        WAITLISTED = "waitlisted", _("wartet")
        OFFERED = "offered", _("angeboten")
        CANCELLED = "cancelled", _("abgemeldet")

    STANDING = (State.PENDING, State.CONFIRMED, State.WAITLISTED, State.OFFERED)
    WAITING = (State.WAITLISTED, State.OFFERED)

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="bookings")
    part = models.ForeignKey(EventPart, on_delete=models.PROTECT, related_name="bookings")
    mode = models.CharField(_("Form"), max_length=6, choices=Mode)
    choice = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.PENDING)
    waits_since = models.DateTimeField(_("wartet seit"), null=True, blank=True)
    offered_at = models.DateTimeField(_("angeboten am"), null=True, blank=True)
    offer_until = models.DateTimeField(_("Angebot gilt bis"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("Angebot verfallen"), null=True, blank=True)
    beyond_reason = models.CharField(_("über die Plätze hinaus, weil"), max_length=200, blank=True)
    beyond_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Platz in einem Programmteil")
        verbose_name_plural = _("Plätze in Programmteilen")
        ordering = ["part", "pk"]
        indexes = [
            models.Index(
                fields=["part", "mode", "waits_since", "id"],
                condition=Q(state="waitlisted"),
                name="part_booking_line",
            ),
            models.Index(fields=["offer_until"], condition=Q(state="offered"), name="part_booking_offered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "part"],
                condition=~Q(state="cancelled"),
                name="part_booking_attends_or_waits",
            ),
            models.UniqueConstraint(
                fields=["registration", "choice"],
                condition=~Q(state="cancelled") & ~Q(choice=""),
                name="part_booking_one_of_a_choice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waitlisted", "offered"]) | Q(waits_since__isnull=False),
                name="part_booking_waiting_has_since",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_until__isnull=False, offered_at__isnull=False)
                | ~Q(state="offered") & Q(offer_until__isnull=True),
                name="part_booking_offer_has_end",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at__isnull=True) | Q(state="cancelled"), name="part_booking_lapsed_is_over"
            ),
            models.CheckConstraint(
                condition=Q(beyond_reason="") | Q(state__in=["confirmed", "cancelled"]),
                name="part_booking_beyond_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.part}"
