import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TEXT_LENGTH = 600


class ReminderPlan(models.Model):
    """When a partnership reminds whom, and what it adds. Without a row the defaults hold.

    Days count by the clock on the wall in Berlin: the same time of day, so many days earlier.
    """

    partnership = models.OneToOneField(
        "partnership.Partnership", on_delete=models.CASCADE, related_name="reminder_plan"
    )
    confirm_on = models.BooleanField(_("An die Bestätigung erinnern"), default=True)
    confirm_hours = models.PositiveSmallIntegerField(
        _("Stunden nach der Buchung"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
    )
    week_on = models.BooleanField(_("Frühe Erinnerung senden"), default=True)
    week_days = models.PositiveSmallIntegerField(
        _("Tage vorher, früh"), default=7, validators=[MinValueValidator(2), MaxValueValidator(60)]
    )
    day_on = models.BooleanField(_("Späte Erinnerung senden"), default=True)
    day_days = models.PositiveSmallIntegerField(
        _("Tage vorher, spät"), default=1, validators=[MinValueValidator(1), MaxValueValidator(14)]
    )
    officer_on = models.BooleanField(_("Der Polizei am Vorabend schreiben"), default=True)
    officer_at = models.TimeField(_("Uhrzeit am Vorabend"), default=datetime.time(18))
    desk_on = models.BooleanField(_("Den Häusern am Morgen schreiben"), default=True)
    desk_at = models.TimeField(_("Uhrzeit am Morgen"), default=datetime.time(7))
    outcome_on = models.BooleanField(_("An fehlende Ergebnisse erinnern"), default=True)
    outcome_at = models.TimeField(_("Uhrzeit am Tag danach"), default=datetime.time(8))
    confirm_text_de = models.TextField(_("Zur Bestätigung, deutsch"), max_length=TEXT_LENGTH, blank=True)
    confirm_text_en = models.TextField(_("Zur Bestätigung, englisch"), max_length=TEXT_LENGTH, blank=True)
    week_text_de = models.TextField(_("Früh, deutsch"), max_length=TEXT_LENGTH, blank=True)
    week_text_en = models.TextField(_("Früh, englisch"), max_length=TEXT_LENGTH, blank=True)
    day_text_de = models.TextField(_("Spät, deutsch"), max_length=TEXT_LENGTH, blank=True)
    day_text_en = models.TextField(_("Spät, englisch"), max_length=TEXT_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Erinnerungsplan")
        verbose_name_plural = _("Erinnerungspläne")
        constraints = [
            models.CheckConstraint(
                condition=Q(week_days__gt=F("day_days")),
                name="reminder_plan_week_before_day",
                violation_error_message=_("Die frühe Erinnerung liegt nicht vor der späten."),
            )
        ]

    def __str__(self) -> str:
        return f"Erinnerungen: {self.partnership}"

    def text_for(self, kind: str, language: str) -> str:
        text: str = getattr(self, f"{kind}_text_{language}")
        return text


class Reminder(models.Model):
    """A mail that an appointment owes once for its time (Erinnerung); moved, it owes new ones.

    `settled_at` closes it, in the transaction that queues the mail or finds that none is needed.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Bestätigung")
        WEEK = "week", _("früh")
        DAY = "day", _("spät")
        OUTCOME = "outcome", _("Ergebnis")

    class Outcome(models.TextChoices):
        SENT = "sent", _("gesendet")
        REPLACED = "replaced", _("durch eine spätere ersetzt")
        MOOT = "moot", _("nicht mehr nötig")
        NO_ADDRESS = "no_address", _("keine E-Mail-Adresse")

    appointment = models.ForeignKey(
        "consultations.Appointment", on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(settled_at__isnull=True), name="reminder_due")]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "starts_at", "kind"], name="reminder_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="reminder_settled_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.appointment}"


class DayNotice(models.Model):
    """That somebody, or a house's own address, has been written to about a day: once."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("Vorabend, Polizei")
        DESK = "desk", _("Morgen, Kammer")

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        "partnership.Office", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Tagesmail")
        verbose_name_plural = _("Tagesmails")
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["partnership", "kind", "day", whose], name=f"day_notice_once_for_{whose}"
                )
                for whose in ("person", "office")
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, office__isnull=True)
                | Q(person__isnull=True, office__isnull=False),
                name="day_notice_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%d.%m.%Y}"
