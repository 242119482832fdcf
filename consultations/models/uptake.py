"""What became of what was advised (Umsetzung), as the firm tells it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Uptake(models.Model):
    """Of one recommendation, which `key` names in every version of the report. What was told last counts.

    `told_by`: None for whoever has read by a mail's code. `state_before` is how it stood at the end of an
    earlier quarter than the one in which it was told last; the numbers of quarters that are over count that.
    """

    class State(models.TextChoices):
        DONE = "done", _("umgesetzt")
        PLANNED = "planned", _("geplant")
        DECLINED = "declined", _("wird nicht umgesetzt")

    SETTLED = (State.DONE, State.DECLINED)
    """Nobody asks about these any more."""

    visit = models.ForeignKey("consultations.Visit", on_delete=models.PROTECT, related_name="uptake")
    key = models.UUIDField(editable=False)
    state = models.CharField(_("Stand"), max_length=10, choices=State)
    done_on = models.DateField(_("umgesetzt am"), null=True, blank=True)
    planned_until = models.DateField(_("geplant bis"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("angegeben am"), default=timezone.now)
    told_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state_before = models.CharField(max_length=10, choices=State, blank=True, editable=False)

    class Meta:
        verbose_name = _("Umsetzung")
        verbose_name_plural = _("Umsetzungen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="uptake_once_for_recommendation"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False, planned_until__isnull=True, reason="")
                | Q(state="planned", done_on__isnull=True, planned_until__isnull=False, reason="")
                | Q(state="declined", done_on__isnull=True, planned_until__isnull=True) & ~Q(reason=""),
                name="uptake_says_when_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"
