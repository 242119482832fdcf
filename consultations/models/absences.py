import datetime

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> "AbsenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Absence(models.Model):
    """An officer is away (Abwesenheit). Why is not asked: what is not stored cannot be read by anybody.

    Its claims fill what nothing else has taken of the period; `absences.py` keeps them.
    """

    class Kind(models.TextChoices):
        PLANNED = "planned", _("geplant")
        SUDDEN = "sudden", _("kurzfristig")

    officer = models.ForeignKey("partnership.Person", on_delete=models.PROTECT, related_name="absences")
    police = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="absences")
    period = DateTimeRangeField(_("Zeit"))
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    reported_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("gemeldet"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("zurückgenommen"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Abwesenheit")
        verbose_name_plural = _("Abwesenheiten")
        ordering = ["period", "pk"]
        indexes = [
            models.Index(fields=["officer"], condition=Q(withdrawn_at__isnull=True), name="absence_standing")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="absence_bounded_not_empty",
                violation_error_message=_("Das Ende der Abwesenheit liegt vor ihrem Beginn."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    @property
    def starts_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.lower
        return moment

    @property
    def ends_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.upper
        return moment
