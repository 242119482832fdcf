import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RetentionHoldQuerySet(models.QuerySet["RetentionHold"]):
    def standing(self, day: datetime.date | None = None) -> "RetentionHoldQuerySet":
        """Not ended, and its last day is not over."""
        return self.filter(ended_at__isnull=True, until__gte=day or timezone.localdate())


class RetentionHold(models.Model):
    """Something is kept although its time is over (Aufbewahrung): neither a rule nor a request erases it.

    For `organisation`, whose posts place and end it; `until` is the last day.
    """

    organisation = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    reason = models.CharField(_("Grund"), max_length=300)
    until = models.DateField(_("bis"))
    placed_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    placed_at = models.DateTimeField(_("angelegt"), default=timezone.now)
    ended_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("aufgehoben"), null=True, blank=True)

    objects = RetentionHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("Aufbewahrung")
        verbose_name_plural = _("Aufbewahrungen")
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="retention_hold_thing")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="retention_hold_has_reason",
                violation_error_message=_("Nennen Sie den Grund."),
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="retention_hold_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class RetentionRun(models.Model):
    """One night's deletions. It may take several goes; `active_at` is the end of the last one."""

    night = models.DateField(_("Nacht"), unique=True)
    started_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    active_at = models.DateTimeField(_("zuletzt"), default=timezone.now)
    finished_at = models.DateTimeField(_("fertig"), null=True, blank=True)

    class Meta:
        verbose_name = _("Löschlauf")
        verbose_name_plural = _("Löschläufe")
        ordering = ["-night"]

    def __str__(self) -> str:
        return f"{self.night:%Y-%m-%d}"


class RetentionTally(models.Model):
    """How many of a kind a night has erased, how many it left, and what kept it from them."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(_("Regel"), max_length=40)
    erased = models.PositiveIntegerField(_("gelöscht"), default=0)
    left = models.PositiveIntegerField(_("offen"), default=0)
    fault = models.CharField(_("Fehler"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("Ergebnis einer Löschregel")
        verbose_name_plural = _("Ergebnisse der Löschregeln")
        ordering = ["run", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="retention_tally_once_in_run")]

    def __str__(self) -> str:
        return f"{self.run}: {self.kind}"
