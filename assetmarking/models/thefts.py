"""Thefts that firms report, and what became of the things."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TheftReport(models.Model):
    """A firm says that things of its are gone (Diebstahlmeldung), beside the charge that police take up.

    `police` is the directorate whose officers see it at once; one of them confirms that `case_number` is a
    Vorgangsnummer of theirs. Only then does the public check say "als gestohlen gemeldet". `declined_at` is
    when one of them has said that it is none of theirs; `police_note` is what the firm reads of why.
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("gemeldet")
        CONFIRMED = "confirmed", _("Vorgangsnummer bestätigt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        CLOSED = "closed", _("erledigt")

    STANDING = (State.REPORTED, State.CONFIRMED)

    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="theft_reports")
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    police = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="theft_reports", null=True
    )
    reference = models.CharField(_("Nummer"), max_length=12)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.REPORTED)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=5)
    city = models.CharField(_("Ort"), max_length=80)
    area = models.ForeignKey("partnership.Area", on_delete=models.PROTECT, null=True, blank=True)
    gone_after = models.DateTimeField(_("zuletzt gesehen"))
    gone_before = models.DateTimeField(_("bemerkt"))
    station = models.CharField(_("Dienststelle der Polizei"), max_length=120, blank=True)
    case_number = models.CharField(_("Vorgangsnummer"), max_length=60, blank=True)
    circumstances = models.TextField(_("Umstände"), max_length=3000, blank=True)
    reported_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("gemeldet am"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True, blank=True)
    declined_at = models.DateTimeField(_("Vorgangsnummer nicht gefunden am"), null=True, blank=True)
    police_note = models.CharField(_("Hinweis der Polizei"), max_length=300, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    ended_at = models.DateTimeField(_("beendet am"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Diebstahlmeldung")
        verbose_name_plural = _("Diebstahlmeldungen")
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["police", "-reported_at"], name="theft_report_of_police")]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="theft_report_reference_unique"),
            models.CheckConstraint(
                condition=Q(gone_before__gte=F("gone_after")), name="theft_report_times_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False) & ~Q(case_number=""),
                name="theft_report_confirmed_has_number",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(state="confirmed"),
                name="theft_report_declined_or_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "confirmed"], ended_at__isnull=True)
                | Q(state__in=["withdrawn", "closed"], ended_at__isnull=False),
                name="theft_report_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class StolenThing(models.Model):
    """A thing in a report. While it is not `ended_at`, it counts as stolen: in one report at a time.

    The owner is asked by mail whether it has come back: `asked_times`, last `asked_at`.
    """

    class FoundBy(models.TextChoices):
        POLICE_SEARCH = "police_search", _("Polizei, durch eine Abfrage in diesem Portal")
        POLICE = "police", _("Polizei, auf anderem Weg")
        FINDER = "finder", _("jemand hat es gefunden")
        OWNER = "owner", _("selbst wiedergefunden")

    report = models.ForeignKey(TheftReport, on_delete=models.CASCADE, related_name="things")
    asset = models.ForeignKey("assetmarking.Asset", on_delete=models.CASCADE, related_name="thefts")
    ended_at = models.DateTimeField(_("nicht mehr gestohlen seit"), null=True, blank=True)
    found_by = models.CharField(_("wiedergefunden durch"), max_length=14, choices=FoundBy, blank=True)
    found_on = models.DateField(_("wiedergefunden am"), null=True, blank=True)
    returned_on = models.DateField(_("zurückgegeben am"), null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(_("zuletzt gefragt"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When it was held against kept searches."""

    class Meta:
        verbose_name = _("gestohlenes Gerät")
        verbose_name_plural = _("gestohlene Geräte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "asset"], name="stolen_thing_once_in_report"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(ended_at__isnull=True), name="stolen_thing_in_one_report"
            ),
            models.CheckConstraint(
                condition=Q(found_on__isnull=True) | Q(ended_at__isnull=False),
                name="stolen_thing_found_ended",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(found_on__isnull=False),
                name="stolen_thing_returned_was_found",
            ),
            models.CheckConstraint(condition=Q(asked_times__lte=4), name="stolen_thing_asked_four_times"),
        ]

    def __str__(self) -> str:
        return str(self.asset)
