import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LogSegment(models.Model):
    """What one organisation's people looked up and opened in a year of Berlin (Jahrgang): a chain of rows.

    `head` is the hash of the last of `count` rows. After `erase_after`, the end of the following year, and
    without a hold, contents may go; the chain stays. Triggers in the migration hold all of that.
    """

    organisation = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Jahr"))
    count = models.PositiveBigIntegerField(_("Zeilen"), default=0)
    head = models.CharField(_("Prüfsumme"), max_length=64)
    erase_after = models.DateField(_("aufbewahrt bis"))

    class Meta:
        verbose_name = _("Abrufprotokoll")
        verbose_name_plural = _("Abrufprotokolle")
        ordering = ["organisation", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="log_segment_one_in_year")
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} {self.year}"

    @staticmethod
    def kept_until(year: int) -> datetime.date:
        return datetime.date(year + 1, 12, 31)


class ChainedEntry(models.Model):
    """One look-up or opening (Abruf), written by `chained_log.writing`.

    Everything about people lies in `payload`, who did it included, so that erasing leaves no trace of them:
    no other column may ever tell of somebody. `seq` counts from 1 without a gap.
    """

    segment = models.ForeignKey(LogSegment, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField(_("Nummer"))
    at = models.DateTimeField(_("Zeitpunkt"))
    salt = models.CharField(max_length=32, null=True)
    payload = models.JSONField(_("Inhalt"), null=True)
    digest = models.CharField(max_length=64)
    hash = models.CharField(_("Prüfsumme"), max_length=64)

    class Meta:
        verbose_name = _("Abruf")
        verbose_name_plural = _("Abrufe")
        ordering = ["segment", "seq"]
        indexes = [
            models.Index(fields=["-at"], name="chained_entry_at"),
            models.Index(fields=["at"], condition=Q(payload__isnull=False), name="chained_entry_full"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["segment", "seq"], name="chained_entry_seq_unique"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, payload__isnull=True)
                | Q(salt__isnull=False, payload__isnull=False),
                name="chained_entry_erased_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment} Nr. {self.seq}"


class LogCheck(models.Model):
    """That a night has checked a segment, and where it stood: auditors are mailed `count` and `head`.

    `broken_at` is the number of the first row that is not as it was written.
    """

    segment = models.ForeignKey(LogSegment, on_delete=models.CASCADE, related_name="checks")
    night = models.DateField(_("Nacht"))
    count = models.PositiveBigIntegerField(_("Zeilen"))
    head = models.CharField(_("Prüfsumme"), max_length=64)
    broken_at = models.PositiveBigIntegerField(_("erste falsche Zeile"), null=True)
    fault = models.CharField(_("Fehler"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("geprüft"), default=timezone.now)

    class Meta:
        verbose_name = _("Prüfung eines Abrufprotokolls")
        verbose_name_plural = _("Prüfungen der Abrufprotokolle")
        ordering = ["segment", "night"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "night"], name="log_check_once_a_night"),
            models.CheckConstraint(
                condition=Q(fault="", broken_at__isnull=True) | ~Q(fault="") & Q(broken_at__isnull=False),
                name="log_check_fault_has_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment}: {self.night:%Y-%m-%d}"
