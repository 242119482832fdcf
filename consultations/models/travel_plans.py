"""How a directorate reckons with ways and days when it plans visits."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

SPEED = [MinValueValidator(10), MaxValueValidator(130)]
BUFFER = [MaxValueValidator(60)]


class TravelPlan(models.Model):
    """What a way and a visit take (Fahrzeiten). Without a row the defaults hold.

    `detour_percent` is how much longer the road is than the straight line; speeds in km/h hold for the first
    10 km of a way, the next 20 and the rest. Where a day begins and ends is the first office without `start`.
    """

    police = models.OneToOneField(
        "partnership.Organisation", on_delete=models.CASCADE, related_name="travel_plan"
    )
    start = models.ForeignKey(
        "partnership.Office",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Beginn und Ende des Tages"),
    )
    detour_percent = models.PositiveSmallIntegerField(
        _("Umweg der Straße in Prozent"), default=30, validators=[MaxValueValidator(150)]
    )
    speed_near = models.PositiveSmallIntegerField(_("bis 10 km"), default=35, validators=SPEED)
    speed_middle = models.PositiveSmallIntegerField(_("von 10 bis 30 km"), default=60, validators=SPEED)
    speed_far = models.PositiveSmallIntegerField(_("ab 30 km"), default=80, validators=SPEED)
    visit_minutes = models.PositiveSmallIntegerField(
        _("Dauer eines Besuchs in Minuten"),
        default=90,
        validators=[MinValueValidator(15), MaxValueValidator(300)],
    )
    buffer_before = models.PositiveSmallIntegerField(
        _("Minuten vor dem Besuch"), default=10, validators=BUFFER
    )
    buffer_after = models.PositiveSmallIntegerField(
        _("Minuten nach dem Besuch"), default=15, validators=BUFFER
    )
    day_from = models.TimeField(_("Arbeitstag von"), default=datetime.time(8))
    day_to = models.TimeField(_("Arbeitstag bis"), default=datetime.time(17))
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Fahrzeiten")
        verbose_name_plural = _("Fahrzeiten")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_to__gt=F("day_from")),
                name="travel_plan_day_in_order",
                violation_error_message=_("Das Ende des Arbeitstags liegt vor seinem Beginn."),
            ),
            models.CheckConstraint(
                condition=Q(speed_near__gt=0, speed_middle__gt=0, speed_far__gt=0, visit_minutes__gt=0),
                name="travel_plan_moves",
                violation_error_message=_("Geschwindigkeiten und Dauer sind größer als null."),
            ),
        ]

    def __str__(self) -> str:
        return f"Fahrzeiten: {self.police}"
