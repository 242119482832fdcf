import datetime

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Waiting(models.Model):
    """Somebody waits for a time in a house (Warteliste). The line goes by `joined_at`.

    `weekdays` are 0 for Monday to 6; none means any. `not_before` and `not_after` are days of the talk,
    `waits_until` is the last day of waiting. Free times that the house offered anew up to
    `new_times_known_at` are known to whoever waits.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        WAITING = "waiting", _("wartet")
        SERVED = "served", _("hat einen Termin")
        LEFT = "left", _("hat sich abgemeldet")
        ENDED = "ended", _("beendet")

    class PartOfDay(models.TextChoices):
        ANY = "any", _("egal")
        MORNING = "morning", _("vormittags")
        AFTERNOON = "afternoon", _("nachmittags")

    STANDING = (State.UNCONFIRMED, State.WAITING)

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("partnership.Office", on_delete=models.PROTECT, related_name="waiting")
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.UNCONFIRMED)
    firm_name = models.CharField(_("Firma"), max_length=160)
    contact_name = models.CharField(_("Vor- und Nachname"), max_length=120)
    contact_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("Wochentage"), default=list)
    part_of_day = models.CharField(_("Tageszeit"), max_length=10, choices=PartOfDay, default=PartOfDay.ANY)
    not_before = models.DateField(_("frühester Tag"), null=True, blank=True)
    not_after = models.DateField(_("spätester Tag"), null=True, blank=True)
    waits_until = models.DateField(_("wartet bis"))
    created_at = models.DateTimeField(_("eingetragen"), default=timezone.now)
    joined_at = models.DateTimeField(_("wartet seit"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    end_reason = models.CharField(_("Grund"), max_length=200, blank=True)
    new_times_known_at = models.DateTimeField(null=True, blank=True)
    new_times_mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Eintrag der Warteliste")
        verbose_name_plural = _("Warteliste")
        ordering = ["joined_at", "pk"]
        indexes = [
            models.Index(
                fields=["office", "joined_at", "id"], condition=Q(state="waiting"), name="waiting_line"
            ),
            models.Index(Upper("contact_email"), name="waiting_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("contact_email"),
                "office",
                condition=Q(state__in=["unconfirmed", "waiting"]) & ~Q(contact_email=""),
                name="waiting_once_in_house",
            ),
            models.CheckConstraint(
                condition=~Q(contact_email="") | ~Q(contact_phone=""), name="waiting_is_reachable"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(joined_at__isnull=False), name="waiting_has_place"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "waiting"]) | Q(ended_at__isnull=False),
                name="waiting_end_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_name}, {self.office}"


class FreedTime(models.Model):
    """A time that became free while people waited for one: in office hours for those who wait for the house,
    in an officer's day for those who wait for a visit. Who was asked, and who not, hangs on it.
    """

    hours = models.ForeignKey(
        "consultations.OfficeHours",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="freed_times",
    )
    officer = models.ForeignKey(
        "partnership.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="freed_times"
    )
    period = DateTimeRangeField(_("Zeit"))
    freed_at = models.DateTimeField(_("frei geworden"), default=timezone.now)

    class Meta:
        verbose_name = _("frei gewordene Zeit")
        verbose_name_plural = _("frei gewordene Zeiten")
        ordering = ["freed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=False, officer__isnull=True)
                | Q(hours__isnull=True, officer__isnull=False),
                name="freed_time_of_hours_xor_officer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d.%m.%Y %H:%M}"

    @property
    def starts_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.lower
        return moment

    @property
    def ends_at(self) -> datetime.datetime:
        moment: datetime.datetime = self.period.upper
        return moment


class WaitingOffer(models.Model):
    """A freed time is offered to one who waits. While it is open, `appointment` stands in the lane or in the
    officer's day.

    `number` counts the offers of the same freed time. An offer without an outcome is open; nobody has two.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("angenommen")
        DECLINED = "declined", _("abgelehnt")
        LAPSED = "lapsed", _("nicht geantwortet")
        WITHDRAWN = "withdrawn", _("zurückgenommen")

    waiting = models.ForeignKey(
        Waiting, on_delete=models.CASCADE, null=True, blank=True, related_name="offers"
    )
    request = models.ForeignKey(
        "consultations.VisitRequest",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="waiting_offers",
    )
    freed = models.ForeignKey(FreedTime, on_delete=models.CASCADE, related_name="offers")
    appointment = models.OneToOneField(
        "consultations.Appointment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offer",
    )
    number = models.PositiveSmallIntegerField()
    offered_at = models.DateTimeField(_("angeboten"))
    expires_at = models.DateTimeField(_("gilt bis"))
    outcome = models.CharField(_("Ergebnis"), max_length=10, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["freed", "number"], name="waiting_offer_number"),
            models.UniqueConstraint(fields=["freed", "waiting"], name="waiting_offer_once_each"),
            models.UniqueConstraint(fields=["freed", "request"], name="waiting_offer_once_each_request"),
            models.UniqueConstraint(
                fields=["waiting"], condition=Q(outcome=""), name="waiting_offer_one_open"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(outcome=""), name="waiting_offer_one_open_request"
            ),
            models.CheckConstraint(
                condition=Q(waiting__isnull=False, request__isnull=True)
                | Q(waiting__isnull=True, request__isnull=False),
                name="waiting_offer_waiting_xor_request",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=3), name="waiting_offer_at_most_three"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | ~Q(outcome="") & Q(answered_at__isnull=False),
                name="waiting_offer_outcome_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.freed}: {self.waiting or self.request}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class PassedOver(models.Model):
    """Why somebody further ahead in the line was not offered a freed time."""

    class Reason(models.TextChoices):
        WISH = "wish", _("passt nicht zu den Wünschen")
        MESSAGES = "messages", _("schon drei Nachrichten in sieben Tagen")
        OPEN_OFFER = "open_offer", _("ein anderes Angebot war noch offen")
        OWN_DAY = "own_day", _("an diesem Tag schon ein Termin")
        UNREACHABLE = "unreachable", _("E-Mails kommen nicht an, keine Telefonnummer")
        NO_EMAIL = "no_email", _("keine E-Mail-Adresse, die ankommt")
        TRAVEL = "travel", _("der Weg passt nicht in die freie Zeit")
        IN_HANDS = "in_hands", _("jemand anderes von der Polizei plant den Besuch schon")

    waiting = models.ForeignKey(
        Waiting, on_delete=models.CASCADE, null=True, blank=True, related_name="passed_over"
    )
    request = models.ForeignKey(
        "consultations.VisitRequest",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="passed_over",
    )
    freed = models.ForeignKey(FreedTime, on_delete=models.CASCADE, related_name="passed_over")
    reason = models.CharField(_("Grund"), max_length=12, choices=Reason)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("übergangen")
        verbose_name_plural = _("übergangen")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["freed", "waiting"], name="passed_over_once_each"),
            models.UniqueConstraint(fields=["freed", "request"], name="passed_over_once_each_request"),
            models.CheckConstraint(
                condition=Q(waiting__isnull=False, request__isnull=True)
                | Q(waiting__isnull=True, request__isnull=False),
                name="passed_over_waiting_xor_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.freed}: {self.get_reason_display()}"
