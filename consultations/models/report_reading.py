"""Who may read the reports of a visit, who has opened one, and the file that is made of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.visit_reports import VisitReport


class ReportReader(models.Model):
    """The right to read the reports of a visit (Leserecht), police aside. It outlasts the appointment's own
    contact, which is emptied sooner.

    The firm reads signed in: whoever asked for the visit, and who speaks for the firm. The others read by a
    code that goes to `email`: a recipient whom the officer has confirmed on site, and a third party to whom
    the firm has opened the report, until a day, which is included.
    """

    class Kind(models.TextChoices):
        FIRM = "firm", _("Betrieb")
        RECIPIENT = "recipient", _("vor Ort bestätigt")
        THIRD = "third", _("von Ihnen freigegeben")

    visit = models.ForeignKey("consultations.Visit", on_delete=models.PROTECT, related_name="readers")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    firm = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    language = models.CharField(max_length=5, default="de")
    until = models.DateField(_("bis"), null=True, blank=True)
    added_at = models.DateTimeField(_("seit"), default=timezone.now)
    added_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    code_sent_at = models.DateTimeField(_("zuletzt einen Code gesendet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Leserecht")
        verbose_name_plural = _("Leserechte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(kind="firm"), name="report_reader_one_firm"
            ),
            models.UniqueConstraint(
                fields=["visit", "kind", "email"],
                condition=Q(ended_at__isnull=True) & ~Q(kind="firm"),
                name="report_reader_address_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="firm", name="", email="")
                | ~Q(kind="firm") & ~Q(name="") & ~Q(email="") & Q(person__isnull=True, firm__isnull=True),
                name="report_reader_is_firm_or_address",
            ),
            models.CheckConstraint(
                condition=Q(kind="third", until__isnull=False) | ~Q(kind="third") & Q(until__isnull=True),
                name="report_reader_third_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ReportOpening(models.Model):
    """Somebody has opened a report, in words for its firm; the chained log has a row for each."""

    class Medium(models.TextChoices):
        PAGE = "page", _("Seite")
        PDF = "pdf", _("PDF-Datei")
        DATA = "data", _("Auskunft über eigene Daten")
        UPTAKE = "uptake", _("Seite zur Umsetzung")

    report = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="openings")
    medium = models.CharField(_("Wie"), max_length=6, choices=Medium)
    person = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reader = models.ForeignKey(
        ReportReader, on_delete=models.SET_NULL, null=True, blank=True, related_name="openings"
    )
    """None: police."""
    at = models.DateTimeField(_("Zeitpunkt"), default=timezone.now)

    class Meta:
        verbose_name = _("Öffnung eines Berichts")
        verbose_name_plural = _("Öffnungen von Berichten")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report}, {self.get_medium_display()}"


class ReportFile(models.Model):
    """The PDF of a released report, apart from it so that nobody reads it by chance."""

    report = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="files")
    is_large = models.BooleanField(_("große Schrift"))
    pdf = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("PDF eines Berichts")
        verbose_name_plural = _("PDFs von Berichten")
        constraints = [
            models.UniqueConstraint(fields=["report", "is_large"], name="report_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}"
