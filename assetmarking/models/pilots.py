"""A feasibility study of marking (Machbarkeitsprüfung): its campaigns, its figures, its decision."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Pilot(models.Model):
    """A partnership tries for a time whether marking works; in the end somebody decides whether to go on.

    What is to be reached is set before: `target_marked` in percent of what is recorded, `target_hours` at
    most for each thing marked, the others at least. `decision_figures` are what the decision rests on, as
    they were shown then (`pilots.figures`). The last correction of it stands here, all are in the log.
    """

    class Decision(models.TextChoices):
        GO = "go", _("wird fortgeführt")
        GO_CHANGED = "go_changed", _("wird mit Änderungen fortgeführt")
        NO_GO = "no_go", _("wird nicht fortgeführt")

    partnership = models.ForeignKey(
        "partnership.Partnership", on_delete=models.PROTECT, related_name="pilots"
    )
    name = models.CharField(_("Name"), max_length=160)
    question = models.TextField(_("Was geprüft wird"), max_length=2000, blank=True)
    starts = models.DateField(_("Beginn"))
    ends = models.DateField(_("Ende"))
    target_recorded = models.PositiveIntegerField(_("Ziel: erfasste Geräte"), null=True, blank=True)
    target_marked = models.PositiveSmallIntegerField(
        _("Ziel: davon gekennzeichnet, in Prozent"), null=True, blank=True
    )
    target_hours = models.DecimalField(
        _("Ziel: Stunden je gekennzeichnetem Gerät"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    target_returned = models.PositiveIntegerField(_("Ziel: zurückgegebene Geräte"), null=True, blank=True)
    decision = models.CharField(_("Entscheidung"), max_length=12, choices=Decision, blank=True)
    decided_on = models.DateField(_("entschieden am"), null=True, blank=True)
    decided_by = models.CharField(_("entschieden von"), max_length=160, blank=True)
    decision_reason = models.TextField(_("Begründung"), max_length=3000, blank=True)
    decision_figures = models.JSONField(default=dict, blank=True, editable=False)
    corrected_on = models.DateField(_("berichtigt am"), null=True, blank=True)
    correction = models.CharField(_("Grund der Berichtigung"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Machbarkeitsprüfung")
        verbose_name_plural = _("Machbarkeitsprüfungen")
        ordering = ["-starts", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="pilot_days_in_order"),
            models.CheckConstraint(
                condition=Q(target_marked__isnull=True) | Q(target_marked__lte=100),
                name="pilot_target_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True, corrected_on__isnull=True)
                | ~Q(decision="")
                & Q(decided_on__isnull=False, decided_on__gte=F("ends"))
                & ~Q(decided_by="")
                & ~Q(decision_reason=""),
                name="pilot_decision_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True, correction="")
                | Q(corrected_on__isnull=False) & ~Q(correction=""),
                name="pilot_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """A day on which things are recorded and marked (Aktion), counted by those who were there.

    `code` ties the things that firms record in the portal to it.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="campaigns")
    partners = models.ManyToManyField(
        "partnership.Organisation", blank=True, related_name="+", verbose_name=_("Partner")
    )
    code = models.CharField(_("Code"), max_length=12)
    day = models.DateField(_("Tag"))
    place = models.CharField(_("Ort"), max_length=160)
    firms = models.PositiveIntegerField(_("Unternehmen"), default=0)
    recorded = models.PositiveIntegerField(_("erfasste Geräte"), default=0)
    marked = models.PositiveIntegerField(_("dabei gekennzeichnet"), default=0)
    hours = models.DecimalField(_("aufgewendete Stunden"), max_digits=6, decimal_places=1, default=0)
    note = models.CharField(_("Bemerkung"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Aktion")
        verbose_name_plural = _("Aktionen")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="campaign_code_unique"),
            models.CheckConstraint(
                condition=Q(marked__lte=F("recorded")), name="campaign_marks_what_it_records"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="campaign_hours_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.day:%Y-%m-%d}"
