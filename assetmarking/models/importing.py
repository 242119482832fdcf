"""Tool lists that firms upload, and how they call their columns."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One uploaded list on its way (Einlesen): looked at, shown, written on the person's word.

    `content` is the file as it came and goes when the run is over; `faulty` is the file of the rows that
    could not be read. `sheets` is what was found in the file (`importing.sheets`), `sheet` the number of the
    one that is read. `mapping` is column number -> field; `counts` has a number for each outcome of a row.
    `campaign` is what its new things are tied to.
    `worked_at` and `tries` tell workers apart: one that comes back late finds that another has gone on.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("hochgeladen")
        ASKING = "asking", _("wartet auf die Zuordnung der Spalten")
        CHECKING = "checking", _("wird geprüft")
        CHECKED = "checked", _("geprüft")
        WRITING = "writing", _("wird übernommen")
        DONE = "done", _("übernommen")
        FAILED = "failed", _("nicht eingelesen")
        DROPPED = "dropped", _("verworfen")

    AT_WORK = (State.UPLOADED, State.CHECKING, State.WRITING)
    """A worker is at it, or should be."""
    OVER = (State.DONE, State.FAILED, State.DROPPED)

    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="import_runs")
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    campaign = models.ForeignKey(
        "assetmarking.Campaign", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.UPLOADED)
    file_name = models.CharField(_("Datei"), max_length=120)
    content = models.BinaryField(null=True, blank=True)
    sheets = models.JSONField(default=list, blank=True)
    sheet = models.PositiveSmallIntegerField(null=True, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    rows_total = models.PositiveIntegerField(_("Zeilen"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("gelesene Zeilen"), default=0)
    faulty = models.BinaryField(null=True, blank=True)
    fault = models.CharField(_("Fehler"), max_length=300, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    uploaded_at = models.DateTimeField(_("hochgeladen am"), default=timezone.now)
    worked_at = models.DateTimeField(_("zuletzt bearbeitet"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Einlesen einer Liste")
        verbose_name_plural = _("eingelesene Listen")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["worked_at"],
                condition=Q(state__in=["uploaded", "checking", "writing"]),
                name="import_run_at_work",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["done", "failed", "dropped"], ended_at__isnull=False, content__isnull=True
                )
                | Q(
                    state__in=["uploaded", "asking", "checking", "checked", "writing"],
                    ended_at__isnull=True,
                    content__isnull=False,
                ),
                name="import_run_over_keeps_no_file",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """What the dry run made of one row; gone when the run is over.

    `cells` is the row as it came, by column. `values` is what was understood of it, `changes` are triples of
    label, before and after, `faults` pairs of a column's heading and a sentence. `asset` is what the row is
    about, as it was in its version `seen_version`. `is_taken`: a possible duplicate that the person
    wants all the same.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("neu")
        CHANGED = "changed", _("geändert")
        SAME = "same", _("unverändert")
        DUPLICATE = "duplicate", _("vielleicht doppelt")
        FAULTY = "faulty", _("fehlerhaft")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("Zeile"))
    outcome = models.CharField(max_length=10, choices=Outcome)
    cells = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    asset = models.ForeignKey(
        "assetmarking.Asset", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seen_version = models.PositiveIntegerField(null=True, blank=True)
    is_taken = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Zeile einer Liste")
        verbose_name_plural = _("Zeilen einer Liste")
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_row_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.number}"


class ImportHeading(models.Model):
    """What a firm means by a heading of its lists, folded: mapped once and remembered.

    Without a `field` the column is not taken over.
    """

    firm = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="import_headings")
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("Spaltenüberschrift")
        verbose_name_plural = _("Spaltenüberschriften")
        constraints = [models.UniqueConstraint(fields=["firm", "heading"], name="import_heading_once")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"
