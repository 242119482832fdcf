"""Who was there, and what proves it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.events import Event
from forums.models.registrations import PartBooking, Registration


class Attendance(models.Model):
    """Somebody was there, in one part and half-day (Anwesenheit). Undoing deletes the row and is logged."""

    class Half(models.TextChoices):
        MORNING = "am", _("Vormittag")
        AFTERNOON = "pm", _("Nachmittag")

    class Way(models.TextChoices):
        QR = "qr", _("QR-Code")
        NUMBER = "number", _("Nummer")
        LIST = "list", _("Liste")
        WALK_IN = "walk_in", _("ohne Anmeldung")

    booking = models.ForeignKey(PartBooking, on_delete=models.CASCADE, related_name="attendances")
    day = models.DateField(_("Tag"))
    half = models.CharField(_("Tageshälfte"), max_length=2, choices=Half)
    at = models.DateTimeField(_("eingelassen"), default=timezone.now)
    way = models.CharField(_("erfasst über"), max_length=7, choices=Way)
    is_late = models.BooleanField(_("verspätet"), default=False)
    noted_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Anwesenheit")
        verbose_name_plural = _("Anwesenheiten")
        ordering = ["day", "half", "pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "day", "half"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.booking}, {self.day} {self.half}"


class Certificate(models.Model):
    """Proof of taking part (Teilnahmebescheinigung), for the parts in which somebody was there.

    `content` is all that it says; `digest` is SHA-256 of salt and content. It is revoked, never deleted: the
    database refuses that, as it refuses any change. Erasing leaves number, dates and digest.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="certificates")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(_("Nummer"), max_length=20)
    issued_at = models.DateTimeField(_("ausgestellt"))
    issued_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.JSONField(null=True, blank=True)
    salt = models.CharField(max_length=64, null=True, blank=True)
    digest = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(_("widerrufen"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoke_reason = models.CharField(_("Grund des Widerrufs"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("Inhalt gelöscht"), null=True, blank=True)

    class Meta:
        verbose_name = _("Teilnahmebescheinigung")
        verbose_name_plural = _("Teilnahmebescheinigungen")
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["issued_at"], condition=Q(erased_at__isnull=True), name="certificate_full")
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="certificate_number_unique"),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(revoked_at__isnull=True), name="certificate_one_valid"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoke_reason=""),
                name="certificate_revoked_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, content__isnull=False, salt__isnull=False)
                | Q(erased_at__isnull=False, content__isnull=True, salt__isnull=True),
                name="certificate_has_content_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CertificateFile(models.Model):
    """The PDF of a certificate, apart from it so that nobody reads it by chance."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    pdf = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("PDF einer Bescheinigung")
        verbose_name_plural = _("PDFs von Bescheinigungen")

    def __str__(self) -> str:
        return str(self.certificate)
