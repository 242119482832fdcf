from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    class Kind(models.TextChoices):
        CHAMBER = "chamber", _("Kammer")
        POLICE = "police", _("Polizei")
        MUNICIPALITY = "municipality", _("Kommune")
        STATE_AUTHORITY = "state_authority", _("Landesbehörde")
        ASSOCIATION = "association", _("Verein oder Verband")

    name = models.CharField(_("Name"), max_length=160)
    short_name = models.CharField(_("Kurzname"), max_length=60)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    services_line = models.CharField(_("Beitrag zur Partnerschaft"), max_length=200, blank=True)
    officers_must_agree = models.BooleanField(
        _("Sprechtage brauchen die Zustimmung der Polizei"),
        default=True,
        help_text=_("Ausgeschaltet, sind die Sprechtage dieser Kammer ohne Zustimmung öffentlich."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A house that people come to. `latitude`, `longitude` in degrees (WGS84)."""

    class Kind(models.TextChoices):
        MAIN = "main", _("Haupthaus")
        REGIONAL = "regional", _("Regionalbüro")
        STATION = "station", _("Revier")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    building = models.CharField(_("Gebäude"), max_length=120, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120)
    postcode = models.CharField(_("Postleitzahl"), max_length=5)
    city = models.CharField(_("Ort"), max_length=80)
    area = models.ForeignKey("partnership.Area", on_delete=models.PROTECT, null=True, blank=True)
    latitude = models.FloatField(_("geografische Breite"))
    longitude = models.FloatField(_("geografische Länge"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    step_free = models.BooleanField(_("stufenlos erreichbar"), default=False)
    access_note = models.CharField(_("Hinweis zum Zugang"), max_length=200, blank=True)
    by_train = models.CharField(_("mit Bahn und Bus"), max_length=200, blank=True)
    by_car = models.CharField(_("mit dem Auto"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in Betrieb"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Büro")
        verbose_name_plural = _("Büros")
        ordering = ["organisation", "kind", "city"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        parts = [self.building, self.street, f"{self.postcode} {self.city}"]
        return ", ".join(part for part in parts if part)


class OfficeClosure(models.Model):
    """Days on which a house is closed, both ends included."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="closures")
    starts = models.DateField(_("von"))
    ends = models.DateField(_("bis"))
    reason = models.CharField(_("Grund"), max_length=120)

    class Meta:
        verbose_name = _("Schließzeit")
        verbose_name_plural = _("Schließzeiten")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="office_closure_dates_in_order",
                violation_error_message=_("Das Ende der Schließzeit liegt vor ihrem Beginn."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.reason}"


class Room(models.Model):
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("Name"), max_length=80)
    step_free = models.BooleanField(_("stufenlos erreichbar"), default=True)

    class Meta:
        verbose_name = _("Raum")
        verbose_name_plural = _("Räume")
        ordering = ["office", "name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="room_name_unique_in_office")]

    def __str__(self) -> str:
        return self.name
