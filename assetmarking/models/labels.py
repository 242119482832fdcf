"""Our own codes on labels: drawn and printed before they are assigned, adopted when they are scanned."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LabelSheet(models.Model):
    """Labels that a firm has had made at once (Etikettenbogen).

    `format` is a key of `labels.formats`; an own format is kept as it was in `measures`, in its order.
    `codes` are printed in their order, those of labels that had been made before among them. `start` is the
    first free place on the first sheet, from 1; `copies` of each label stand side by side. `pdf` goes after a
    while and can be made again.
    """

    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="label_sheets")
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(_("Format"), max_length=40)
    measures = ArrayField(models.FloatField(), default=list, blank=True)
    codes = ArrayField(models.CharField(max_length=12), default=list)
    start = models.PositiveSmallIntegerField(_("erste freie Stelle"), default=1)
    copies = models.PositiveSmallIntegerField(_("Stück von jedem"), default=1)
    offset_x = models.DecimalField(_("nach rechts in mm"), max_digits=4, decimal_places=1, default=0)
    offset_y = models.DecimalField(_("nach unten in mm"), max_digits=4, decimal_places=1, default=0)
    made_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("erstellt am"), default=timezone.now)
    pdf = models.BinaryField(null=True, blank=True)
    printed_at = models.DateTimeField(_("Druckdatei fertig"), null=True, blank=True)

    class Meta:
        verbose_name = _("Etikettenbogen")
        verbose_name_plural = _("Etikettenbögen")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(printed_at__isnull=True), name="label_sheet_waiting"
            ),
            models.Index(fields=["printed_at"], condition=Q(pdf__isnull=False), name="label_sheet_with_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__gte=1, copies__range=(1, 20)), name="label_sheet_sound"
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True) | Q(printed_at__isnull=False), name="label_sheet_file_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.made_at:%Y-%m-%d}"


class Label(models.Model):
    """One own code, printed for a firm; `asset` says on what it sticks since `adopted_at`.

    When a thing goes to another firm, its label goes along.
    """

    code = models.CharField(_("Code"), max_length=12)
    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="labels")
    sheet = models.ForeignKey(
        LabelSheet, on_delete=models.SET_NULL, null=True, blank=True, related_name="labels"
    )
    asset = models.ForeignKey(
        "assetmarking.Asset", on_delete=models.SET_NULL, null=True, blank=True, related_name="labels"
    )
    made_at = models.DateTimeField(_("erstellt am"), default=timezone.now)
    adopted_at = models.DateTimeField(_("angebracht am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Etikett")
        verbose_name_plural = _("Etiketten")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="label_code_unique"),
            models.CheckConstraint(
                condition=Q(asset__isnull=True) | Q(adopted_at__isnull=False), name="label_adopted_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class OwnLabelFormat(models.Model):
    """A firm's own format. All lengths in millimetres: a pitch is from one label's edge to the next one's."""

    firm = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="label_formats")
    name = models.CharField(_("Name"), max_length=60)
    page_width = models.DecimalField(_("Breite des Blatts"), max_digits=5, decimal_places=1)
    page_height = models.DecimalField(_("Höhe des Blatts"), max_digits=5, decimal_places=1)
    label_width = models.DecimalField(_("Breite des Etiketts"), max_digits=5, decimal_places=1)
    label_height = models.DecimalField(_("Höhe des Etiketts"), max_digits=5, decimal_places=1)
    margin_left = models.DecimalField(_("linker Rand"), max_digits=5, decimal_places=1)
    margin_top = models.DecimalField(_("oberer Rand"), max_digits=5, decimal_places=1)
    pitch_x = models.DecimalField(_("Abstand nach rechts"), max_digits=5, decimal_places=1)
    pitch_y = models.DecimalField(_("Abstand nach unten"), max_digits=5, decimal_places=1)
    columns = models.PositiveSmallIntegerField(_("Etiketten nebeneinander"))
    rows = models.PositiveSmallIntegerField(_("Etiketten untereinander"))

    class Meta:
        verbose_name = _("eigenes Etikettenformat")
        verbose_name_plural = _("eigene Etikettenformate")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "name"],
                name="own_label_format_name_unique",
                violation_error_message=_(
                    "Ein Format mit diesem Namen haben Sie schon. Geben Sie ihm einen anderen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(columns__gte=1, rows__gte=1)
                & Q(margin_left__gte=0, margin_top__gte=0, label_width__gt=0, label_height__gt=0),
                name="own_label_format_sound",
                violation_error_message=_("Maße und Anzahl sind größer als null, die Ränder nicht kleiner."),
            ),
            models.CheckConstraint(
                condition=Q(columns=1) | Q(pitch_x__gte=F("label_width")),
                name="own_label_format_columns_apart",
                violation_error_message=_(
                    "Der Abstand nach rechts ist kleiner als das Etikett breit ist: sie lägen übereinander."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rows=1) | Q(pitch_y__gte=F("label_height")),
                name="own_label_format_rows_apart",
                violation_error_message=_(
                    "Der Abstand nach unten ist kleiner als das Etikett hoch ist: sie lägen übereinander."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    page_width__gte=F("margin_left") + (F("columns") - 1) * F("pitch_x") + F("label_width")
                ),
                name="own_label_format_fits_width",
                violation_error_message=_(
                    "Die Etiketten ragen rechts über das Blatt. Prüfen Sie Rand, Abstand und Anzahl."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    page_height__gte=F("margin_top") + (F("rows") - 1) * F("pitch_y") + F("label_height")
                ),
                name="own_label_format_fits_height",
                violation_error_message=_(
                    "Die Etiketten ragen unten über das Blatt. Prüfen Sie Rand, Abstand und Anzahl."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PrinterOffset(models.Model):
    """How far a firm's printer is off, in millimetres, to be put right on every sheet that it prints."""

    firm = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="printer_offsets")
    name = models.CharField(_("Drucker"), max_length=60)
    x = models.DecimalField(_("nach rechts in mm"), max_digits=4, decimal_places=1, default=0)
    y = models.DecimalField(_("nach unten in mm"), max_digits=4, decimal_places=1, default=0)

    class Meta:
        verbose_name = _("Druckerversatz")
        verbose_name_plural = _("Druckerversatz")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="printer_offset_name_unique")]

    def __str__(self) -> str:
        return self.name
