"""Who finds a thing tells its owner; neither learns the other's address."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FinderThread(models.Model):
    """What a finder and an owner write each other about one label. The portal relays; both read it here.

    `finder_email` is known to the portal only, and empty for who wants no answer.
    """

    label = models.ForeignKey("assetmarking.Label", on_delete=models.CASCADE, related_name="threads")
    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="finder_threads")
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    finder_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    page_language = models.CharField(max_length=5, default="de")
    begun_at = models.DateTimeField(_("begonnen am"), default=timezone.now)
    closed_at = models.DateTimeField(_("beendet am"), null=True, blank=True)
    mail_lost_at = models.DateTimeField(_("Antwort kam nicht an"), null=True, blank=True)
    """When a mail to the finder last came back."""

    class Meta:
        verbose_name = _("Fundmeldung")
        verbose_name_plural = _("Fundmeldungen")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.begun_at:%Y-%m-%d}"


class FinderMessage(models.Model):
    thread = models.ForeignKey(FinderThread, on_delete=models.CASCADE, related_name="messages")
    is_from_owner = models.BooleanField()
    text = models.TextField(_("Nachricht"), max_length=2000)
    sent_at = models.DateTimeField(_("gesendet am"), default=timezone.now)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ["sent_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="finder_message_not_empty")]

    def __str__(self) -> str:
        return self.text[:40]
