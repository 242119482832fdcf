import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PendingAddress(models.Model):
    """An address whose owner has still to open the link sent there: to register, or as somebody's new one.

    It gives no rights, and goes after a week.
    """

    person = models.ForeignKey(
        "partnership.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="new_addresses"
    )
    email = models.EmailField(_("E-Mail-Adresse"))
    name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("angefragt"), default=timezone.now)

    class Meta:
        verbose_name = _("Adresse vor der Bestätigung")
        verbose_name_plural = _("Adressen vor der Bestätigung")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False), name="pending_address_one_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"Adresse {self.pk}"


class SecondFactorReset(models.Model):
    """One person with the right asks to take away somebody's lost second factor, another one confirms it."""

    class State(models.TextChoices):
        OPEN = "open", _("wartet auf die zweite Person")
        DONE = "done", _("zurückgesetzt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        EXPIRED = "expired", _("verfallen")

    LASTS = datetime.timedelta(hours=24)

    person = models.ForeignKey(
        "partnership.Person", on_delete=models.CASCADE, related_name="second_factor_resets"
    )
    asked_by = models.ForeignKey("partnership.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("beantragt"), default=timezone.now)
    reason = models.CharField(_("Grund"), max_length=300)
    confirmed_by = models.ForeignKey(
        "partnership.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("erledigt"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("Zurücksetzen eines zweiten Faktors")
        verbose_name_plural = _("Zurücksetzen zweiter Faktoren")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")),
                name="reset_not_asked_by_oneself",
                violation_error_message=_("Den eigenen zweiten Faktor setzen zwei andere zurück."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("asked_by"))),
                name="reset_by_two_people",
                violation_error_message=_("Bestätigen muss eine zweite, unbeteiligte Person."),
            ),
            models.CheckConstraint(
                condition=Q(state="done", confirmed_by__isnull=False)
                | (~Q(state="done") & Q(confirmed_by__isnull=True)),
                name="reset_done_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="reset_ended_has_time",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="open"),
                name="reset_one_open_per_person",
                violation_error_message=_("Für diese Person läuft schon ein Antrag."),
            ),
        ]

    def __str__(self) -> str:
        return f"Antrag {self.pk}"

    @property
    def lasts_until(self) -> datetime.datetime:
        return self.asked_at + self.LASTS
