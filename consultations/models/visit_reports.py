"""What was found at a visit and what is advised (Beratungsprotokoll): a draft, then sealed."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.checklists import Wording


class VisitReport(models.Model):
    """One version (Fassung) of a visit's report. A released one is fixed: `content` is all that it says,
    `digest` the SHA-256 of salt and content in hexadecimal. Erasing leaves number, dates and digest.

    `reference` is the number printed on it, the same in all versions. `corrects_what` says what a correction
    has changed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        RELEASED = "released", _("freigegeben")

    visit = models.ForeignKey("consultations.Visit", on_delete=models.PROTECT, related_name="reports")
    police = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("Fassung"), default=1)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    checklist = models.ForeignKey("consultations.Checklist", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("Zeichen"), max_length=12, blank=True)
    summary = models.TextField(_("Zusammenfassung"), max_length=1500, blank=True)
    next_steps = models.TextField(_("Nächste Schritte"), max_length=1500, blank=True)
    begun_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    begun_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    corrects_what = models.CharField(_("Was sich geändert hat"), max_length=500, blank=True)
    released_at = models.DateTimeField(_("freigegeben am"), null=True, blank=True)
    released_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.JSONField(null=True, blank=True)
    salt = models.CharField(max_length=64, null=True, blank=True)
    digest = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    erased_at = models.DateTimeField(_("gelöscht"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change of summary and next steps, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Beratungsprotokoll")
        verbose_name_plural = _("Beratungsprotokolle")
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_report_number_unique"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(state="draft"), name="visit_report_one_draft"
            ),
            models.UniqueConstraint(
                fields=["police", "reference", "number"],
                condition=~Q(reference=""),
                name="visit_report_reference_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", released_at__isnull=True, digest="", content__isnull=True)
                | Q(state="released", released_at__isnull=False)
                & ~Q(digest="")
                & ~Q(reference="")
                & (
                    Q(erased_at__isnull=True, content__isnull=False, salt__isnull=False)
                    | Q(erased_at__isnull=False, content__isnull=True, salt__isnull=True)
                ),
                name="visit_report_released_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(state="draft") | Q(erased_at__isnull=False) | ~Q(corrects_what=""),
                name="visit_report_correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference or _('Entwurf')} ({self.number})"

    @property
    def is_draft(self) -> bool:
        return self.state == VisitReport.State.DRAFT


class Finding(models.Model):
    """What was seen (Feststellung): at an item of the checklist, or freely under a title of its own."""

    class State(models.TextChoices):
        IN_ORDER = "in_order", _("in Ordnung")
        WEAK = "weak", _("schwach")
        MISSING = "missing", _("fehlt")
        NOT_APPLICABLE = "not_applicable", _("trifft nicht zu")
        NOT_CHECKED = "not_checked", _("nicht geprüft")

    class Severity(models.IntegerChoices):
        LOW = 1, _("gering")
        MEDIUM = 2, _("mittel")
        HIGH = 3, _("hoch")

    FLAWS = (State.WEAK, State.MISSING)

    report = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="findings")
    item = models.ForeignKey(
        "consultations.ChecklistItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        "consultations.ChecklistArea", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("Was"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    """Of free ones among each other; what is at an item has the item's place."""
    state = models.CharField(_("Zustand"), max_length=16, choices=State)
    severity = models.PositiveSmallIntegerField(_("Schwere"), choices=Severity, null=True, blank=True)
    place = models.CharField(_("Wo"), max_length=80, blank=True)
    note = models.TextField(_("Notiz"), max_length=2000, blank=True)
    saved_at = models.DateTimeField(_("gespeichert"), default=timezone.now)
    saved_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two devices at once notice each other."""

    class Meta:
        verbose_name = _("Feststellung")
        verbose_name_plural = _("Feststellungen")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "item"], name="finding_once_for_item"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, title="") | Q(item__isnull=True) & ~Q(title=""),
                name="finding_of_item_or_free",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(state__in=["weak", "missing"]),
                name="finding_severity_of_a_flaw",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.item)


class Recommendation(models.Model):
    """What is advised (Empfehlung). `key` is the same in every version of the report, so that what became of
    it goes on."""

    report = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="recommendations")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="recommendations")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    wording = models.ForeignKey(
        "consultations.Wording", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Of the text library, from which it was taken; the words may have been changed since."""
    priority = models.PositiveSmallIntegerField(
        _("Dringlichkeit"), choices=Wording.Priority, default=Wording.Priority.MEDIUM
    )
    text = models.TextField(_("Empfehlung"), max_length=600)
    standard = models.CharField(_("Norm oder Regel"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two devices at once notice each other."""

    class Meta:
        verbose_name = _("Empfehlung im Protokoll")
        verbose_name_plural = _("Empfehlungen im Protokoll")
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="recommendation_once_in_report")
        ]

    def __str__(self) -> str:
        return self.text[:60]
