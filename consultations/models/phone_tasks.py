from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PhoneTask(models.Model):
    """A call that the host's desk owes a firm (Anruf). `before` is the time that no longer holds.

    An appointment has one open call at most: what happens next to it changes that call's reason. `why` is
    what the firm reads in its mail, too. `taken_by` is who was the last to say "Ich rufe an".
    """

    class Reason(models.TextChoices):
        MOVED = "moved", _("Termin verschoben")
        CANCELLED = "cancelled", _("Termin abgesagt")
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        BOUNCED = "bounced", _("E-Mail kam nicht an")
        OFFERED = "offered", _("Zeit von der Warteliste angeboten")

    class Result(models.TextChoices):
        REACHED = "reached", _("erreicht")
        NOT_REACHED = "not_reached", _("nicht erreicht")
        NOT_NEEDED = "not_needed", _("nicht mehr nötig")

    appointment = models.ForeignKey(
        "consultations.Appointment", on_delete=models.CASCADE, related_name="phone_tasks"
    )
    reason = models.CharField(_("Anlass"), max_length=20, choices=Reason)
    before = models.DateTimeField(_("frühere Zeit"), null=True, blank=True)
    why = models.CharField(_("Grund"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("angelegt"), default=timezone.now)
    due_at = models.DateTimeField(_("anrufen ab"), default=timezone.now)
    taken_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("vergebliche Versuche"), default=0)
    tried_at = models.DateTimeField(_("zuletzt versucht"), null=True, blank=True)
    result = models.CharField(_("Ergebnis"), max_length=20, choices=Result, blank=True)
    done_at = models.DateTimeField(_("erledigt"), null=True, blank=True)
    done_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Anruf")
        verbose_name_plural = _("Anrufe")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="phone_task_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(done_at__isnull=True), name="phone_task_one_open"
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | Q(taken_at__isnull=False),
                name="phone_task_taken_has_time",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(result=""), name="phone_task_done_has_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.appointment}"
