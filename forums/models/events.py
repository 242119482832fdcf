"""Events, what they are made of, and the series that they come in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    FORUM = "forum", _("Sicherheitsforum")
    CONFERENCE = "conference", _("Regionalkonferenz")
    TRAINING = "training", _("Schulung")
    EXTERNAL = "external", _("externer Kurs")


class Subject(models.TextChoices):
    """What an event is about (Thema)."""

    BURGLARY = "burglary", _("Einbruchschutz")
    CYBERCRIME = "cybercrime", _("Cyberkriminalität")
    FRAUD = "fraud", _("Betrug")
    THEFT = "theft", _("Diebstahl von Werkzeug und Maschinen")
    ROBBERY = "robbery", _("Raub und Überfall")
    VIOLENCE = "violence", _("Gewalt und Bedrohung")
    YOUTH = "youth", _("Kinder und Jugendliche")
    DRUGS = "drugs", _("Sucht und Drogen")
    EXTREMISM = "extremism", _("Extremismus")
    INTERCULTURAL = "intercultural", _("interkulturelle Kompetenz")
    PUBLIC_SPACE = "public_space", _("öffentlicher Raum und Ordnung")
    PREVENTION_WORK = "prevention_work", _("Präventionsarbeit in Gemeinden")
    OTHER = "other", _("anderes")


class Mode(models.TextChoices):
    """How somebody takes part."""

    SITE = "site", _("vor Ort")
    ONLINE = "online", _("online")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("öffentlich")
    INVITED = "invited", _("nur mit Einladung")
    INTERNAL = "internal", _("nur für Partner")


class EventSeries(models.Model):
    """Events that are expected to come back (Veranstaltungsreihe), so many months after the last one.

    `overdue_told_for` is the day by which the next one was due when those responsible were told.
    """

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="event_series"
    )
    title = models.CharField(_("Titel"), max_length=160)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    every_months = models.PositiveSmallIntegerField(_("alle … Monate"))
    first_due = models.DateField(_("die nächste bis"), help_text=_("Solange es noch keine gab."))
    ended_on = models.DateField(_("beendet"), null=True, blank=True)
    overdue_told_for = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Veranstaltungsreihe")
        verbose_name_plural = _("Veranstaltungsreihen")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=60), name="event_series_months_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TrainingGoal(models.Model):
    """A line of the education plan (Bildungsplan): what is to be offered in a year, for how many."""

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="training_goals"
    )
    year = models.PositiveSmallIntegerField(_("Jahr"))
    title = models.CharField(_("Vorhaben"), max_length=160)
    subject = models.CharField(_("Thema"), max_length=20, choices=Subject)
    for_whom = models.CharField(_("Zielgruppe"), max_length=160, blank=True)
    events_planned = models.PositiveSmallIntegerField(_("geplante Veranstaltungen"))
    people_planned = models.PositiveIntegerField(_("geplante Teilnahmen"))
    note = models.CharField(_("Bemerkung"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Vorhaben im Bildungsplan")
        verbose_name_plural = _("Bildungsplan")
        ordering = ["-year", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "year", "title"], name="training_goal_once"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100), events_planned__gte=1), name="training_goal_sound"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Event(models.Model):
    """A forum, conference, training or external course (Veranstaltung).

    It takes place in a house (`office`), elsewhere (`venue` and address), online, or both ways; where one
    may take part is said by its parts' places. `join_url` is shown to confirmed participants only, from an
    hour before. `organiser` runs it, `partners` run it along. Whether it is full, its parts say.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        ANNOUNCED = "announced", _("angekündigt")
        CANCELLED = "cancelled", _("abgesagt")
        HELD = "held", _("hat stattgefunden")
        CLOSED = "closed", _("abgeschlossen")

    TOLD = (State.ANNOUNCED, State.CANCELLED, State.HELD, State.CLOSED)
    """Others than its organisers know of it."""

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="organised_events"
    )
    partners = models.ManyToManyField(
        "partnership.Organisation",
        blank=True,
        related_name="partnered_events",
        verbose_name=_("gemeinsam mit"),
    )
    series = models.ForeignKey(
        EventSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    training_goal = models.ForeignKey(
        TrainingGoal,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("im Bildungsplan"),
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(_("Nummer"), max_length=12)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    visibility = models.CharField(
        _("Wer sie sieht"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("Titel"), max_length=160)
    summary = models.CharField(_("In einem Satz"), max_length=300, blank=True)
    description = models.TextField(_("Beschreibung"), max_length=5000, blank=True)
    subjects = ArrayField(
        models.CharField(max_length=20, choices=Subject), verbose_name=_("Themen"), default=list, blank=True
    )
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    office = models.ForeignKey(
        "partnership.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    venue = models.CharField(_("Veranstaltungsort"), max_length=120, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=5, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    access_note = models.CharField(_("Hinweis zum Zugang"), max_length=200, blank=True)
    step_free = models.BooleanField(_("stufenlos erreichbar"), default=False)
    is_online = models.BooleanField(_("auch online"), default=False)
    join_url = models.URLField(_("Link zum Teilnehmen"), max_length=500, blank=True)
    provider = models.CharField(_("Anbieter"), max_length=160, blank=True)
    provider_url = models.URLField(_("Seite des Anbieters"), max_length=500, blank=True)
    contact_name = models.CharField(_("Auskunft gibt"), max_length=120, blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    contact_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    registration_opens_at = models.DateTimeField(_("Anmeldung ab"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("Anmeldung bis"), null=True, blank=True)
    asks_catering = models.BooleanField(_("nach Wünschen zum Essen fragen"), default=False)
    announced_at = models.DateTimeField(_("angekündigt am"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("abgesagt am"), null=True, blank=True)
    cancel_reason = models.CharField(_("Grund der Absage"), max_length=300, blank=True)
    held_at = models.DateTimeField(_("als stattgefunden vermerkt"), null=True, blank=True)
    closed_at = models.DateTimeField(_("abgeschlossen am"), null=True, blank=True)
    materials_told_at = models.DateTimeField(_("auf Unterlagen hingewiesen am"), null=True, blank=True)
    asks_feedback = models.BooleanField(_("danach um Rückmeldung bitten"), default=True)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Veranstaltung")
        verbose_name_plural = _("Veranstaltungen")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["partnership", "starts_at", "id"], name="event_by_start"),
            models.Index(fields=["series", "starts_at"], name="event_of_series"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="event_reference_unique"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_times_in_order"),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(venue="", street="", postcode="", city=""),
                name="event_in_house_xor_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(kind="external") | Q(announced_at__isnull=False),
                name="event_announced_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="event_cancelled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "announced"])
                | Q(cancelled_at__isnull=True, held_at__isnull=True),
                name="event_to_come_is_not_over",
            ),
            models.CheckConstraint(
                condition=~Q(kind="external") | Q(state="draft") | ~Q(provider_url="") & ~Q(provider=""),
                name="event_external_has_provider",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="event_registration_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventPart(models.Model):
    """A part of the programme (Programmteil). Locking its row is the way to its places (`forums/seats.py`).

    Everybody who takes part in the event takes part in one that `is_for_all`; of the parts with the same
    `choice` one takes one (a workshop per slot). `credit_hours` count for the certificate.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(_("Titel"), max_length=160)
    description = models.TextField(_("Beschreibung"), max_length=3000, blank=True)
    speakers = models.TextField(
        _("Vortragende"), max_length=1000, blank=True, help_text=_("Eine Person in jeder Zeile.")
    )
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    room = models.CharField(_("Raum"), max_length=120, blank=True)
    is_for_all = models.BooleanField(_("für alle"), default=False)
    choice = models.CharField(
        _("Auswahl"),
        max_length=40,
        blank=True,
        help_text=_(
            "Von Teilen mit derselben Auswahl, zum Beispiel „Workshop am Vormittag“, wählt man einen."
        ),
    )
    credit_hours = models.DecimalField(
        _("Stunden für die Bescheinigung"), max_digits=4, decimal_places=2, default=0
    )
    project_url = models.URLField(_("Seite des vorgestellten Projekts"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Programmteil")
        verbose_name_plural = _("Programm")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_part_times_in_order"),
            models.CheckConstraint(condition=Q(credit_hours__gte=0), name="event_part_hours_positive"),
            models.CheckConstraint(
                condition=Q(is_for_all=False) | Q(choice=""), name="event_part_for_all_is_no_choice"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartPlaces(models.Model):
    """How many may take part in a part on site, or online; without a row, nobody can that way.

    `taken` counts bookings that are confirmed or offered and within the capacity. A trigger at the bookings
    keeps it, and it never exceeds the capacity: the last word about a place (docs/decisions/0031).
    """

    part = models.ForeignKey(EventPart, on_delete=models.CASCADE, related_name="places")
    mode = models.CharField(_("Form"), max_length=6, choices=Mode)
    capacity = models.PositiveIntegerField(_("Plätze"))
    taken = models.PositiveIntegerField(_("vergeben"), default=0, editable=False)

    class Meta:
        verbose_name = _("Plätze")
        verbose_name_plural = _("Plätze")
        ordering = ["part", "-mode"]
        constraints = [
            models.UniqueConstraint(fields=["part", "mode"], name="part_places_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="part_places_within_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.part}, {self.get_mode_display()}: {self.taken}/{self.capacity}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken
