import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Partnership(models.Model):
    """One security partnership. Several may stand side by side, told apart by host name."""

    name = models.CharField(_("Name"), max_length=120)
    short_name = models.CharField(_("Kurzname"), max_length=60)
    slug = models.SlugField(unique=True)
    host = models.CharField(_("Hostname"), max_length=200, blank=True)
    region_line = models.CharField(_("Für wen"), max_length=200, blank=True)
    partners_line = models.CharField(_("Gemeinsames Angebot von"), max_length=200, blank=True)
    email = models.EmailField(_("Kontaktadresse"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    phone_hours = models.CharField(_("Telefonzeiten"), max_length=120, blank=True)
    sender_name = models.CharField(_("Absendername"), max_length=120)
    sender_email = models.EmailField(
        _("Absenderadresse"), help_text=_("Steht in jeder E-Mail und Kalenderdatei und muss gelesen werden.")
    )
    imprint = models.TextField(_("Impressum"), blank=True)
    privacy_notice = models.TextField(_("Datenschutzhinweise"), blank=True)
    change_deadline_hours = models.PositiveSmallIntegerField(
        _("Verschieben und Absagen bis (Stunden vorher)"), default=24
    )
    asks_satisfaction = models.BooleanField(
        _("Firmen nach dem Gespräch um eine Rückmeldung bitten"),
        default=True,
        help_text=_(
            "Am Tag danach kommt eine E-Mail mit zwei Fragen. Wer antwortet, wird nicht gespeichert."
        ),
    )
    areas = models.ManyToManyField("partnership.Area", blank=True, verbose_name=_("Gebiete"))
    members = models.ManyToManyField(
        "partnership.Organisation", through="partnership.Membership", related_name="partnerships"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Partnerschaft")
        verbose_name_plural = _("Partnerschaften")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="partnership_host_unique")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def change_deadline(self) -> datetime.timedelta:
        return datetime.timedelta(hours=self.change_deadline_hours)


class Membership(models.Model):
    """An organisation's membership in a partnership, both ends included."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    organisation = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT)
    starts = models.DateField(_("von"))
    ends = models.DateField(_("bis"), null=True, blank=True)

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="membership_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                condition=Q(ends__isnull=True),
                name="membership_open_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.partnership}"
