from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnership.models.folding import folded_name, folded_number, folded_phone


class Firm(models.Model):
    """A business. `merged_into` names the firm that a duplicate has become."""

    name = models.CharField(_("Firma"), max_length=160)
    chamber = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="firms"
    )
    membership_number = models.CharField(_("Mitgliedsnummer"), max_length=40, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    name_key = models.GeneratedField(
        expression=folded_name("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    number_key = models.GeneratedField(
        expression=folded_number("membership_number"), output_field=models.TextField(), db_persist=True
    )
    phone_digits = models.GeneratedField(
        expression=folded_phone("phone"), output_field=models.TextField(), db_persist=True
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Unternehmen")
        verbose_name_plural = _("Unternehmen")
        ordering = ["name"]
        indexes = [
            GinIndex(
                fields=["name_key", "number_key", "phone_digits"],
                opclasses=["gin_trgm_ops"] * 3,
                name="firm_search",
            ),
            models.Index(fields=["name_key", "id"], name="firm_by_name"),
            models.Index(fields=["number_key"], name="firm_by_number"),
            models.Index(fields=["phone_digits"], name="firm_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
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
    phone_digits = models.GeneratedField(
        expression=folded_phone("phone"), output_field=models.TextField(), db_persist=True
    )
    email_confirmed_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    invited_at = models.DateTimeField(_("eingeladen"), null=True, blank=True)
    invited_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Ansprechperson")
        verbose_name_plural = _("Ansprechpersonen")
        indexes = [GinIndex(fields=["phone_digits"], opclasses=["gin_trgm_ops"], name="firm_contact_search")]
        constraints = [
            models.UniqueConstraint(Lower("email"), "firm", name="firm_contact_email_unique_in_firm")
        ]

    def __str__(self) -> str:
        return self.name
