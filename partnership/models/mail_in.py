from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReceivedMail(models.Model):
    """What came back to us: which kind, when, to which mail of ours. Nothing that people wrote is kept.

    `key` tells the same message from another one. `status` is an enhanced status code (RFC 3463).
    """

    class Kind(models.TextChoices):
        HARD = "hard", _("E-Mail kam nicht an")
        SOFT = "soft", _("E-Mail kam diesmal nicht an")
        DELAYED = "delayed", _("E-Mail verzögert sich")
        AUTO_REPLY = "auto_reply", _("automatische Antwort")
        ACCEPTED = "accepted", _("im Kalender zugesagt")
        TENTATIVE = "tentative", _("im Kalender unter Vorbehalt zugesagt")
        DECLINED = "declined", _("im Kalender abgelehnt")
        REPLY = "reply", _("Antwort per E-Mail")
        OTHER = "other", _("Sonstiges")

    NOT_DELIVERED = (Kind.HARD, Kind.SOFT)

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    outgoing = models.ForeignKey(
        "partnership.OutgoingMail",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="received",
        verbose_name=_("zu unserer E-Mail"),
    )
    status = models.CharField(_("Statuscode"), max_length=12, blank=True)
    received_at = models.DateTimeField(_("eingegangen"), default=timezone.now)

    class Meta:
        verbose_name = _("eingegangene E-Mail")
        verbose_name_plural = _("eingegangene E-Mails")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class BlockedAddress(models.Model):
    """An address that mails came back from: nothing is sent there until somebody lifts it.

    `partnership` is the one whose mail came back; the address is blocked for all of them.
    """

    address = models.EmailField(_("E-Mail-Adresse"))
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("gesperrt seit"), default=timezone.now)
    status = models.CharField(_("Statuscode"), max_length=12, blank=True)
    mail = models.ForeignKey(
        "partnership.OutgoingMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(_("freigegeben"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("gesperrte Adresse")
        verbose_name_plural = _("gesperrte Adressen")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(lifted_at__isnull=True), name="blocked_address_once"
            ),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="blocked_address_is_lower"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("since")),
                name="blocked_address_lifted_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
