from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SecretLink(models.Model):
    """A link sent by mail: random, stored as SHA-256 only, for one purpose, with an end."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Termin bestätigen")
        MANAGE = "manage", _("Termin verwalten")
        INVITATION = "invitation", _("Einladung annehmen")
        REGISTER = "register", _("Konto einrichten")
        NEW_ADDRESS = "new_address", _("Neue Adresse bestätigen")
        FIRM_INVITATION = "firm_invitation", _("Einladung in eine Firma")
        WAITING_CONFIRM = "waiting_confirm", _("Warteliste bestätigen")
        WAITING = "waiting", _("Platz auf der Warteliste")
        VISIT_CONFIRM = "visit_confirm", _("Anfrage bestätigen")
        VISIT = "visit", _("Anfrage nach einem Besuch")
        REPORT = "report", _("Bericht lesen")
        UPTAKE = "uptake", _("Umsetzung eintragen")
        EVENT_CONFIRM = "event_confirm", _("Anmeldung bestätigen")
        EVENT = "event", _("Anmeldung zu einer Veranstaltung")
        EVENT_INVITATION = "event_invitation", _("Einladung zu einer Veranstaltung")
        CERTIFICATE = "certificate", _("Teilnahmebescheinigung")
        THEFT = "theft", _("Ist ein gestohlenes Gerät wieder da?")
        TRANSFER = "transfer", _("Übernahme eines Geräts")
        FINDER = "finder", _("Nachrichten zu einem Fund")

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Link")
        verbose_name_plural = _("Links")
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="secret_link_thing"),
            models.Index(fields=["expires_at"], name="secret_link_end"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} #{self.pk}"
