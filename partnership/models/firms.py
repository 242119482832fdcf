from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Firm(models.Model):
    """A business. `merged_into` names the firm that a duplicate has become."""

    name = models.CharField(_("Firma"), max_length=160)
    chamber = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="firms"
    )
    membership_number = models.CharField(_("Mitgliedsnummer"), max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Unternehmen")
        verbose_name_plural = _("Unternehmen")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="firm_not_merged_into_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place of business."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("Bezeichnung"), max_length=120, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120)
    postcode = models.CharField(_("Postleitzahl"), max_length=5)
    city = models.CharField(_("Ort"), max_length=80)
    area = models.ForeignKey("partnership.Area", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("Betriebsstätte")
        verbose_name_plural = _("Betriebsstätten")

    def __str__(self) -> str:
        return f"{self.street}, {self.postcode} {self.city}"


class FirmContact(models.Model):
    """Who speaks for a firm. Only a confirmed e-mail address counts as theirs."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="firm_contacts"
    )
    name = models.CharField(_("Vor- und Nachname"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email_confirmed_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    invited_at = models.DateTimeField(_("eingeladen"), null=True, blank=True)
    invited_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Ansprechperson")
        verbose_name_plural = _("Ansprechpersonen")
        constraints = [
            models.UniqueConstraint(Lower("email"), "firm", name="firm_contact_email_unique_in_firm")
        ]

    def __str__(self) -> str:
        return self.name
