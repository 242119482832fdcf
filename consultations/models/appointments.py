import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.hours import Language, Topic


class Appointment(models.Model):
    """A consultation (Termin). `period` is half-open; firm and contact are a snapshot.

    In office hours it stands in a lane; on site it has no host, and a `Visit` beside it. What police and firm
    confide lies in `Concern`. From `emptied_at` on nobody is named any more; state, time and place stay.
    """

    class Mode(models.TextChoices):
        OFFICE = "office", _("im Haus der Kammer")
        ON_SITE = "on_site", _("vor Ort")
        PHONE = "phone", _("am Telefon")
        VIDEO = "video", _("per Video")

    class State(models.TextChoices):
        HELD = "held", _("reserviert")
        PROPOSED = "proposed", _("angeboten")
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        CONFIRMED = "confirmed", _("bestätigt")
        ATTENDED = "attended", _("wahrgenommen")
        MISSED = "missed", _("nicht erschienen")
        CANCELLED = "cancelled", _("abgesagt")
        EXPIRED = "expired", _("verfallen")

    class CancelledBy(models.TextChoices):
        FIRM = "firm", _("Firma")
        DESK = "desk", _("Kammer")
        HOURS = "hours", _("Sprechtag abgesagt")
        POLICE = "police", _("Polizei")

    BLOCKING = (State.HELD, State.PROPOSED, State.UNCONFIRMED, State.CONFIRMED, State.ATTENDED)
    """The states in which a lane's time is taken."""
    UPCOMING = (State.UNCONFIRMED, State.CONFIRMED)

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        "partnership.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_appointments",
    )
    police = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="appointments"
    )
    reference = models.CharField(_("Terminnummer"), max_length=12)
    mode = models.CharField(_("Form"), max_length=10, choices=Mode, default=Mode.OFFICE)
    state = models.CharField(_("Stand"), max_length=12, choices=State)
    lane = models.ForeignKey(
        "consultations.Lane", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    period = DateTimeRangeField(_("Zeit"))
    held_until = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Woran die zweite Anfrage eines Doppelklicks ihre Reservierung erkennt."),
    )
    asked_at = models.DateTimeField(_("zuletzt um Bestätigung gebeten"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("zu bestätigen bis"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    firm = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments"
    )
    firm_name = models.CharField(_("Firma"), max_length=160, blank=True)
    chamber = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership_number = models.CharField(_("Mitgliedsnummer"), max_length=40, blank=True)
    contact_name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    contact_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    cancel_reason = models.CharField(_("Grund der Absage"), max_length=200, blank=True)
    is_walk_in = models.BooleanField(_("ohne Anmeldung"), default=False)
    satisfaction_asked_on = models.DateField(_("um Rückmeldung gebeten"), null=True, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    emptied_at = models.DateTimeField(_("geleert"), null=True, blank=True)

    class Meta:
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")
        ordering = ["period", "pk"]
        indexes = [
            models.Index(
                fields=["held_until"], condition=Q(state__in=["held", "proposed"]), name="appointment_held"
            ),
            models.Index(
                fields=["confirm_by"], condition=Q(state="unconfirmed"), name="appointment_unconfirmed"
            ),
            models.Index(fields=["host", "period"], name="appointment_host_period"),
            models.Index(fields=["person"], name="appointment_person"),
            models.Index(
                F("period__startswith"),
                condition=Q(state="attended", satisfaction_asked_on__isnull=True),
                name="appointment_not_asked",
            ),
            models.Index(
                F("period__endswith"),
                condition=Q(emptied_at__isnull=True) & ~Q(firm_name=""),
                name="appointment_full",
            ),
            models.Index(
                fields=["confirm_by"],
                condition=Q(state="expired", emptied_at__isnull=True),
                name="appointment_lapsed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="appointment_reference_unique"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="appointment_period_bounded",
            ),
            models.CheckConstraint(
                condition=~Q(mode="office") | Q(lane__isnull=False, host__isnull=False),
                name="appointment_at_office_has_lane",
            ),
            models.CheckConstraint(
                condition=~Q(mode="on_site") | Q(lane__isnull=True, host__isnull=True),
                name="appointment_on_site_has_no_lane",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "proposed"]) | Q(held_until__isnull=False),
                name="appointment_held_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="unconfirmed")
                | (Q(confirm_by__isnull=False, asked_at__isnull=False) & ~Q(contact_email="")),
                name="appointment_unconfirmed_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unconfirmed", "confirmed", "attended", "missed"]) | ~Q(firm_name=""),
                name="appointment_booked_names_firm",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(
                    firm__isnull=True,
                    person__isnull=True,
                    contact_name="",
                    contact_email="",
                    contact_phone="",
                ),
                name="appointment_emptied_names_nobody",
            ),
            ExclusionConstraint(
                name="appointment_lane_overlap",
                expressions=[("lane", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["held", "proposed", "unconfirmed", "confirmed", "attended"]),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def starts_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.lower
        return moment

    @property
    def ends_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.upper
        return moment


BARE = {
    "note": "",
    "accessibility_need": "",
    "officer_note": "",
    "next_step": "",
    "language": Language.GERMAN.value,
}
"""A concern of which only the topic is left."""


class Concern(models.Model):
    """What firm and police know of a consultation and the chamber never reads (Anliegen).

    A table of its own, so that no query of a chamber's page can pick it up by accident.
    `accessibility_need` goes after the appointment.
    """

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, primary_key=True, related_name="concern"
    )

    class NextStep(models.TextChoices):
        NONE = "none", _("kein weiterer Schritt")
        VISIT = "visit", _("Besuch vor Ort vereinbaren")
        TALK = "talk", _("weiteres Gespräch")
        MATERIAL = "material", _("Unterlagen zusenden")
        REFERRAL = "referral", _("an eine andere Stelle verwiesen")

    topic = models.CharField(_("Thema"), max_length=20, choices=Topic, blank=True)
    language = models.CharField(_("Sprache"), max_length=5, choices=Language, default=Language.GERMAN)
    note = models.TextField(_("Worum geht es?"), max_length=1000, blank=True)
    accessibility_need = models.CharField(_("Unterstützung"), max_length=200, blank=True)
    officer_note = models.TextField(_("Notiz der Polizei"), max_length=2000, blank=True)
    next_step = models.CharField(_("Nächster Schritt"), max_length=20, choices=NextStep, blank=True)

    class Meta:
        verbose_name = _("Anliegen")
        verbose_name_plural = _("Anliegen")
        indexes = [
            models.Index(fields=["appointment"], condition=~Q(**BARE), name="concern_full"),
            models.Index(
                fields=["appointment"], condition=~Q(accessibility_need=""), name="concern_with_need"
            ),
        ]

    def __str__(self) -> str:
        return f"Anliegen {self.pk}"
