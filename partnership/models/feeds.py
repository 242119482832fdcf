from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A secret address under which a calendar program fetches appointments, again and again.

    Stored as SHA-256 only. `fetched_on` is no finer than a day. `fingerprint` is of what was fetched last,
    and `changed_at` the moment at which that was first seen.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("Ihre Termine")
        OFFICER = "officer", _("Ihre Sprechtage und Gespräche")
        CHAMBER = "chamber", _("Kammer")
        HOUSE = "house", _("Haus")

    person = models.ForeignKey("partnership.Person", on_delete=models.CASCADE, related_name="calendar_feeds")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        "partnership.Office", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, default="de")
    made_at = models.DateTimeField(_("erzeugt"), default=timezone.now)
    fetched_on = models.DateField(_("zuletzt abgerufen"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Kalenderadresse")
        verbose_name_plural = _("Kalenderadressen")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "organisation", "office"],
                nulls_distinct=False,
                name="calendar_feed_once",
                violation_error_message=_("Für diesen Kalender gibt es schon eine Adresse."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["own", "officer"], organisation__isnull=True, office__isnull=True)
                | Q(kind="chamber", organisation__isnull=False, office__isnull=True)
                | Q(kind="house", organisation__isnull=True, office__isnull=False),
                name="calendar_feed_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Tells apart what one person can have: 'own', 'house-17'."""
        return "-".join(str(part) for part in (self.kind, self.office_id or self.organisation_id) if part)

    @property
    def title(self) -> str:
        if self.office:
            return self.office.name
        if self.organisation:
            return _("Alle Häuser: %(chamber)s") % {"chamber": self.organisation.short_name}
        return str(self.get_kind_display())
