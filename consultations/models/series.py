from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.hours import Language, Topic

if TYPE_CHECKING:
    from partnership.models import Person


class OfficeHoursSeries(models.Model):
    """Office hours that come back (Terminreihe): the rule, and what each day is like.

    `exceptions` are days of the rule that were taken out, `added` those put in although the house is closed
    or it is a holiday. `opens_days` counts days, `closes_hours` hours of the clock on the wall before a day
    begins. An edit "from this day on" ends the series and starts one that `follows` it.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("wöchentlich")
        MONTHLY = "monthly", _("monatlich")

    class Nth(models.IntegerChoices):
        FIRST = 1, _("ersten")
        SECOND = 2, _("zweiten")
        THIRD = 3, _("dritten")
        FOURTH = 4, _("vierten")
        LAST = -1, _("letzten")

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("partnership.Office", on_delete=models.PROTECT, related_name="series")
    room = models.ForeignKey(
        "partnership.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    police = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("partnership.Person", on_delete=models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(
        "partnership.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rhythm = models.CharField(_("Wiederholung"), max_length=10, choices=Rhythm)
    every_weeks = models.PositiveSmallIntegerField(_("alle … Wochen"), default=1)
    nth = models.SmallIntegerField(_("im Monat"), choices=Nth, null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("Wochentage"))
    first_day = models.DateField(_("ab"))
    last_day = models.DateField(_("bis"))
    exceptions = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("Ausnahmen"))
    added = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("trotzdem"))
    skips_bridge_days = models.BooleanField(_("Brückentage auslassen"), default=False)
    starts = models.TimeField(_("von"))
    ends = models.TimeField(_("bis"))
    slot_minutes = models.PositiveSmallIntegerField(_("Dauer eines Gesprächs"))
    gap_minutes = models.PositiveSmallIntegerField(_("Abstand zwischen zwei Gesprächen"), default=0)
    pause_starts = models.TimeField(_("Pause von"), null=True, blank=True)
    pause_ends = models.TimeField(_("Pause bis"), null=True, blank=True)
    opens_days = models.PositiveSmallIntegerField(_("buchbar ab"))
    closes_hours = models.PositiveSmallIntegerField(_("buchbar bis"))
    topics = ArrayField(models.CharField(max_length=20, choices=Topic), verbose_name=_("Themen"))
    languages = ArrayField(models.CharField(max_length=5, choices=Language), verbose_name=_("Sprachen"))
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    cancelled_from = models.DateField(_("abgesagt ab"), null=True, blank=True)
    created_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Terminreihe")
        verbose_name_plural = _("Terminreihen")
        ordering = ["office", "first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="series_days_in_order",
                violation_error_message=_(
                    "Die Reihe endet, bevor sie beginnt. Wählen Sie ein späteres Ende."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rhythm="weekly", nth__isnull=True, every_weeks__gte=1)
                | Q(rhythm="monthly", nth__isnull=False, nth__in=[1, 2, 3, 4, -1], every_weeks=1),
                name="series_rule_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1) & Q(weekdays__contained_by=list(range(7))),
                name="series_names_weekdays",
            ),
            models.CheckConstraint(
                condition=Q(topics__len__gte=1) & Q(languages__len__gte=1),
                name="series_topic_and_language",
            ),
            models.CheckConstraint(condition=~Q(second_officer=F("officer")), name="series_officers_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.first_day:%d.%m.%Y}"

    @property
    def officers(self) -> "list[Person]":
        return [person for person in (self.officer, self.second_officer) if person]
