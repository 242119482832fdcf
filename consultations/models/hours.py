import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.times import at_wall_time


class Topic(models.TextChoices):
    BURGLARY = "burglary", _("Einbruchschutz")
    THEFT = "theft", _("Diebstahl")
    BUILDING_SITE = "building_site", _("Baustellen und Fahrzeuge")
    ROBBERY = "robbery", _("Überfall")
    FRAUD = "fraud", _("Betrug")
    CYBER = "cyber", _("Angriffe über das Internet")


class Language(models.TextChoices):
    GERMAN = "de", _("Deutsch")
    ENGLISH = "en", _("Englisch")
    POLISH = "pl", _("Polnisch")
    CZECH = "cs", _("Tschechisch")
    RUSSIAN = "ru", _("Russisch")
    UKRAINIAN = "uk", _("Ukrainisch")
    ARABIC = "ar", _("Arabisch")
    TURKISH = "tr", _("Türkisch")
    VIETNAMESE = "vi", _("Vietnamesisch")


class OfficeHoursQuerySet(models.QuerySet["OfficeHours"]):
    def open_for_booking(self, now: datetime.datetime) -> "OfficeHoursQuerySet":
        return self.filter(
            state=OfficeHours.State.PUBLIC, booking_opens_at__lte=now, booking_closes_at__gt=now
        )


class OfficeHours(models.Model):
    """A day on which police advise firms in a chamber's office (Sprechtag).

    `day`, `starts`, `ends` and the pause are wall-clock times in Berlin; lengths are in minutes.
    `gap_minutes` lies between two talks, the pause is one stretch without talks. `series_day` is the day
    of the rule that this one stands for, so that a day moved elsewhere still belongs to its series.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        AGREED = "agreed", _("abgestimmt")
        PUBLIC = "public", _("öffentlich")
        CANCELLED = "cancelled", _("abgesagt")

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("partnership.Office", on_delete=models.PROTECT, related_name="office_hours")
    room = models.ForeignKey(
        "partnership.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="office_hours"
    )
    police = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="office_hours"
    )
    series = models.ForeignKey(
        "consultations.OfficeHoursSeries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="days",
    )
    series_day = models.DateField(_("Tag der Reihe"), null=True, blank=True)
    day = models.DateField(_("Tag"))
    starts = models.TimeField(_("von"))
    ends = models.TimeField(_("bis"))
    slot_minutes = models.PositiveSmallIntegerField(_("Dauer eines Gesprächs"))
    gap_minutes = models.PositiveSmallIntegerField(_("Abstand zwischen zwei Gesprächen"), default=0)
    pause_starts = models.TimeField(_("Pause von"), null=True, blank=True)
    pause_ends = models.TimeField(_("Pause bis"), null=True, blank=True)
    booking_opens_at = models.DateTimeField(_("buchbar ab"))
    booking_closes_at = models.DateTimeField(_("buchbar bis"))
    topics = ArrayField(models.CharField(max_length=20, choices=Topic), verbose_name=_("Themen"))
    languages = ArrayField(models.CharField(max_length=5, choices=Language), verbose_name=_("Sprachen"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    publish_when_agreed = models.BooleanField(default=False)
    cancel_reason = models.CharField(_("Grund der Absage"), max_length=200, blank=True)
    new_times_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Seit wann es hier neue Zeiten gibt, von denen Wartende erfahren; leer heißt: gleich."),
    )
    created_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficeHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sprechtag")
        verbose_name_plural = _("Sprechtage")
        ordering = ["day", "starts", "pk"]
        indexes = [
            models.Index(
                fields=["partnership", "booking_closes_at"],
                condition=Q(state="public"),
                name="office_hours_public",
            ),
            models.Index(fields=["office", "day"], name="office_hours_office_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "series_day"], name="office_hours_once_in_series"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_day__isnull=True)
                | Q(series__isnull=False, series_day__isnull=False),
                name="office_hours_series_and_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="office_hours_end_after_start",
                violation_error_message=_("Das Ende liegt vor dem Beginn. Wählen Sie ein späteres Ende."),
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes__gte=5, slot_minutes__lte=480),
                name="office_hours_slot_length",
                violation_error_message=_("Ein Gespräch dauert 5 bis 480 Minuten."),
            ),
            models.CheckConstraint(
                condition=Q(pause_starts__isnull=True, pause_ends__isnull=True)
                | Q(
                    pause_starts__isnull=False,
                    pause_ends__isnull=False,
                    pause_starts__gte=F("starts"),
                    pause_ends__lte=F("ends"),
                    pause_ends__gt=F("pause_starts"),
                ),
                name="office_hours_pause_inside",
                violation_error_message=_("Die Pause braucht Beginn und Ende innerhalb des Sprechtags."),
            ),
            models.CheckConstraint(
                condition=Q(booking_closes_at__gt=F("booking_opens_at")),
                name="office_hours_booking_window",
                violation_error_message=_("Der Buchungsschluss liegt vor dem Beginn der Buchung."),
            ),
            models.CheckConstraint(
                condition=Q(topics__len__gte=1) & Q(languages__len__gte=1),
                name="office_hours_topic_and_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.day:%d.%m.%Y}"

    @property
    def starts_at(self) -> datetime.datetime:
        return at_wall_time(self.day, self.starts)

    @property
    def ends_at(self) -> datetime.datetime:
        return at_wall_time(self.day, self.ends)


class LaneQuerySet(models.QuerySet["Lane"]):
    def waiting_for_yes(self) -> "LaneQuerySet":
        """In drafts, and in hours that have got another officer or other times since they were agreed."""
        return self.filter(
            Q(hours__state=OfficeHours.State.DRAFT)
            | Q(asked_at__isnull=False) & ~Q(hours__state=OfficeHours.State.CANCELLED),
            agreed_at__isnull=True,
        )


class Lane(models.Model):
    """One officer's place in office hours. Without an officer it waits for a deputy.

    `asked_at`: hours that are agreed or public already have got this officer, or other times, and want a yes.
    `absent`: who was to sit here, so that deputies are found and the place is given back; the place stays
    empty on purpose from `left_empty_at` on.
    """

    hours = models.ForeignKey(OfficeHours, on_delete=models.CASCADE, related_name="lanes")
    officer = models.ForeignKey(
        "partnership.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="lanes"
    )
    number = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(_("gefragt"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("zugestimmt"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    absent = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    left_empty_at = models.DateTimeField(_("ohne Vertretung gelassen"), null=True, blank=True)

    objects = LaneQuerySet.as_manager()

    class Meta:
        verbose_name = _("Spur")
        verbose_name_plural = _("Spuren")
        ordering = ["hours", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hours", "number"], name="lane_number_unique_in_hours"),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True) | Q(agreed_at__isnull=True), name="lane_asked_or_agreed"
            ),
            models.CheckConstraint(
                condition=Q(left_empty_at__isnull=True) | Q(officer__isnull=True),
                name="lane_left_empty_has_no_officer",
            ),
            models.UniqueConstraint(
                fields=["hours", "officer"],
                name="lane_officer_unique_in_hours",
                violation_error_message=_("Dieselbe Person ist zweimal eingetragen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} ({self.number})"

    @property
    def has_asked_deputy(self) -> bool:
        """Somebody was asked to step in and has not answered yet."""
        return self.officer_id is not None and self.asked_by_id is not None and self.agreed_at is None

    def is_waiting_in(self, hours: OfficeHours) -> bool:
        """As `waiting_for_yes`, for a lane whose hours are at hand."""
        if self.agreed_at is not None or hours.state == OfficeHours.State.CANCELLED:
            return False
        return hours.state == OfficeHours.State.DRAFT or self.asked_at is not None
