from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TaskRun(models.Model):
    """How a kind of task is doing: one row for each name, written by whoever ran it.

    `failures` counts since the last success; `error` is the exception's class, never its text.
    """

    name = models.CharField(max_length=100, unique=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("Aufgabe")
        verbose_name_plural = _("Aufgaben")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QueueSample(models.Model):
    """How much waited at a minute: tasks in the broker, mails that are due. Kept for two days."""

    at = models.DateTimeField(unique=True)
    tasks = models.PositiveIntegerField()
    mails = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Messung der Warteschlange")
        verbose_name_plural = _("Messungen der Warteschlange")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.tasks}, {self.mails}"


class Alarm(models.Model):
    """Something technicians have to look after (Störung).

    `told_at`: when they were last mailed. An alarm that comes back before its end was mailed goes on as
    the same one, so that what comes and goes is one mail and not a hundred.
    """

    class Kind(models.TextChoices):
        OUTBOX = "outbox", _("E-Mails")
        BEAT = "beat", _("Zeitgeber")
        TASKS = "tasks", _("Aufgaben")
        QUEUE = "queue", _("Warteschlange")
        BROKER = "broker", _("Broker")
        ERASURES = "erasures", _("Löschliste")

    kind = models.CharField(_("Was"), max_length=10, choices=Kind)
    words = models.CharField(_("Befund"), max_length=500)
    started_at = models.DateTimeField(_("seit"), default=timezone.now)
    told_at = models.DateTimeField(_("gemeldet"), null=True, blank=True)
    ended_at = models.DateTimeField(_("bis"), null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Störung")
        verbose_name_plural = _("Störungen")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_closed=False), name="alarm_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False) | Q(ended_at__isnull=False), name="alarm_closed_has_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.started_at:%Y-%m-%d %H:%M}"
