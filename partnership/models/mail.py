from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EMPTY = Q(to_name="", to_email="", content={}, calendar__isnull=True)
"""What is left of a mail when its time is over."""


class OutgoingMail(models.Model):
    """The outbox: a mail as kind and content, written with the act it tells of and rendered when sent.

    `leased_until` is set by the worker that is sending; a lease that ran out is free again.
    `is_last_word`: the address goes with the sending, as its person has been erased.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("wird gesendet")
        SENT = "sent", _("gesendet")
        FAILED = "failed", _("nicht zustellbar")
        WITHDRAWN = "withdrawn", _("nicht mehr nötig")
        BLOCKED = "blocked", _("Adresse gesperrt")

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT)
    kind = models.CharField(_("Art"), max_length=60)
    to_name = models.CharField(max_length=120, blank=True)
    to_email = models.EmailField()
    language = models.CharField(max_length=5, default="de")
    content = models.JSONField(default=dict)
    calendar = models.JSONField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    thing = GenericForeignKey("content_type", "object_id")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    is_last_word = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("E-Mail")
        verbose_name_plural = _("E-Mails")
        ordering = ["queued_at", "pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="outgoing_mail_due"),
            models.Index(fields=["queued_at"], condition=Q(state="failed"), name="outgoing_mail_failed"),
            models.Index(fields=["content_type", "object_id"], name="outgoing_mail_thing"),
            models.Index(
                Coalesce("sent_at", "due_at"),
                condition=~Q(state="queued") & ~EMPTY,
                name="outgoing_mail_full",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outgoing_mail_sent_has_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"
