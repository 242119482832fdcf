from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """A municipality or district by its official key (AGS), valid for a time.

    `latitude` and `longitude` are the centre in degrees (WGS84). A merged
    municipality keeps its row, ends, and names its successors.
    """

    ags = models.CharField(
        _("amtlicher Gemeindeschlüssel"),
        max_length=8,
        validators=[RegexValidator(r"^\d{5}(\d{3})?$", _("Geben Sie fünf oder acht Ziffern an."))],
    )
    name = models.CharField(_("Name"), max_length=120)
    postcodes = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name=_("Postleitzahlen")
    )
    latitude = models.FloatField(_("geografische Breite"))
    longitude = models.FloatField(_("geografische Länge"))
    valid_from = models.DateField(_("gültig ab"))
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    class Meta:
        verbose_name = _("Gebiet")
        verbose_name_plural = _("Gebiete")
        ordering = ["ags"]
        constraints = [
            models.UniqueConstraint(fields=["ags", "valid_from"], name="area_ags_valid_from_unique"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="area_validity_in_order",
                violation_error_message=_("Das Ende der Gültigkeit liegt vor ihrem Beginn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
