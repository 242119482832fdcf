"""Visits at a firm's premises: who asks for one, and the visit that comes of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.waiting import Waiting


class VisitRequest(models.Model):
    """A firm asks for a visit (Anfrage Vor-Ort-Beratung). What it confides lies in `VisitMatter`.

    Who has asked since `asked_since` waits in the directorate's list; the firm's contact is a snapshot.
    `latitude` and `longitude` in degrees (WGS84) are the centre of the municipality. `weekdays` are 0 for
    Monday to 6; none means any. `takes_freed_times`: wants to be asked when a time becomes free soon.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        OPEN = "open", _("wartet")
        TAKEN = "taken", _("übernommen")
        PLANNED = "planned", _("Termin steht")
        VISITED = "visited", _("besucht")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        ENDED = "ended", _("ohne Besuch beendet")
        EXPIRED = "expired", _("verfallen")

    class Premises(models.TextChoices):
        WORKSHOP = "workshop", _("Werkstatt")
        SHOP = "shop", _("Laden")
        OFFICE = "office", _("Büro oder Praxis")
        WAREHOUSE = "warehouse", _("Lager oder Halle")
        RESTAURANT = "restaurant", _("Gaststätte oder Hotel")
        YARD = "yard", _("Bauhof oder Baustelle")
        OTHER = "other", _("etwas anderes")

    WAITING = (State.OPEN, State.TAKEN)
    """In the list, without an appointment."""
    STANDING = (State.UNCONFIRMED, State.OPEN, State.TAKEN, State.PLANNED)

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    police = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="visit_requests"
    )
    reference = models.CharField(_("Nummer"), max_length=12)
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.UNCONFIRMED)
    firm = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="visit_requests"
    )
    person = models.ForeignKey(
        "partnership.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit_requests",
    )
    firm_name = models.CharField(_("Firma"), max_length=160)
    chamber = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership_number = models.CharField(_("Mitgliedsnummer"), max_length=40, blank=True)
    contact_name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    contact_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    page_language = models.CharField(max_length=5, default="de")
    on_site_name = models.CharField(_("Ansprechperson vor Ort"), max_length=120, blank=True)
    on_site_phone = models.CharField(_("Telefon vor Ort"), max_length=40, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=5)
    city = models.CharField(_("Ort"), max_length=80)
    access_note = models.CharField(_("Hinweis zum Zugang"), max_length=200, blank=True)
    area = models.ForeignKey("partnership.Area", on_delete=models.PROTECT, null=True, blank=True)
    latitude = models.FloatField(_("geografische Breite"), null=True, blank=True)
    longitude = models.FloatField(_("geografische Länge"), null=True, blank=True)
    premises = models.CharField(_("Art des Betriebs"), max_length=12, choices=Premises)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("Wochentage"), default=list, blank=True
    )
    part_of_day = models.CharField(
        _("Tageszeit"), max_length=10, choices=Waiting.PartOfDay, default=Waiting.PartOfDay.ANY
    )
    not_before = models.DateField(_("frühester Tag"), null=True, blank=True)
    takes_freed_times = models.BooleanField(_("auch kurzfristig"), default=False)
    came_from = models.OneToOneField(
        "consultations.Appointment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit_request_after",
        verbose_name=_("aus dem Gespräch"),
    )
    entered_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_for = models.ForeignKey(
        "partnership.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Die Kammer, deren Büro die Anfrage am Telefon aufgenommen hat."),
    )
    officer = models.ForeignKey(
        "partnership.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_visit_requests",
    )
    taken_at = models.DateTimeField(_("übernommen am"), null=True, blank=True)
    named_to_lead_at = models.DateTimeField(_("der Leitung genannt"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(_("zuletzt um Bestätigung gebeten"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("an die Bestätigung erinnert"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("zu bestätigen bis"), null=True, blank=True)
    mail_lost_at = models.DateTimeField(_("E-Mail kam nicht an"), null=True, blank=True)
    asked_since = models.DateTimeField(_("fragt seit"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    end_reason = models.CharField(_("Grund des Endes"), max_length=300, blank=True)
    emptied_at = models.DateTimeField(_("geleert"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change of what the firm has said, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Anfrage nach einem Besuch")
        verbose_name_plural = _("Anfragen nach Besuchen")
        ordering = ["asked_since", "pk"]
        indexes = [
            models.Index(
                fields=["police", "asked_since", "id"],
                condition=Q(state__in=["open", "taken"]),
                name="visit_request_line",
            ),
            models.Index(
                fields=["confirm_by"], condition=Q(state="unconfirmed"), name="visit_request_unconfirmed"
            ),
            models.Index(
                fields=["ended_at"], condition=Q(emptied_at__isnull=True), name="visit_request_full"
            ),
            models.Index(fields=["person"], name="visit_request_person"),
            models.Index(Upper("contact_email"), name="visit_request_email"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="visit_request_reference_unique"),
            models.CheckConstraint(
                condition=~Q(state="unconfirmed")
                | (Q(confirm_by__isnull=False, asked_at__isnull=False) & ~Q(contact_email="")),
                name="visit_request_unconfirmed_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "taken", "planned", "visited"])
                | Q(asked_since__isnull=False),
                name="visit_request_has_place",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "planned"])
                | Q(officer__isnull=False, taken_at__isnull=False),
                name="visit_request_taken_has_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unconfirmed", "open"])
                | Q(officer__isnull=True, taken_at__isnull=True),
                name="visit_request_open_has_no_officer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "open", "taken", "planned"])
                | Q(ended_at__isnull=False),
                name="visit_request_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=False) | ~Q(contact_email="") | ~Q(contact_phone=""),
                name="visit_request_is_reachable",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="visit_request_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(
                    firm__isnull=True,
                    person__isnull=True,
                    contact_name="",
                    contact_email="",
                    contact_phone="",
                    on_site_name="",
                    on_site_phone="",
                    street="",
                    access_note="",
                ),
                name="visit_request_emptied_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def address(self) -> str:
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.city}".strip()) if part)


class VisitMatter(models.Model):
    """What firm and police know of a request and a chamber never reads, the reason included.

    A table of its own, so that no query of a chamber's page can pick it up by accident.
    """

    class Reason(models.TextChoices):
        BURGLARY = "burglary", _("nach einem Einbruch")
        BUILDING = "building", _("Neubau oder Umbau")
        GENERAL = "general", _("allgemein")

    request = models.OneToOneField(
        VisitRequest, on_delete=models.CASCADE, primary_key=True, related_name="matter"
    )
    reason = models.CharField(_("Anlass"), max_length=10, choices=Reason)
    happened_on = models.DateField(_("Tag des Einbruchs"), null=True, blank=True)
    case_number = models.CharField(_("Vorgangsnummer"), max_length=40, blank=True)
    note = models.TextField(_("Worum geht es?"), max_length=1000, blank=True)
    accessibility_need = models.CharField(_("Unterstützung"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Anliegen eines Besuchs")
        verbose_name_plural = _("Anliegen von Besuchen")
        indexes = [
            models.Index(
                fields=["request"], condition=~Q(accessibility_need=""), name="visit_matter_with_need"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(reason="burglary"),
                name="visit_matter_day_is_of_a_burglary",
            )
        ]

    def __str__(self) -> str:
        return f"Anliegen {self.pk}"


class VisitRequestStep(models.Model):
    """What became of a request in police's hands: what they did, with the reason they gave each other, and
    what the firm answered. Without `by` it was the firm or, for what lapsed, nobody.
    """

    class Kind(models.TextChoices):
        TAKEN = "taken", _("übernommen")
        HANDED_OVER = "handed_over", _("übergeben")
        PUT_BACK = "put_back", _("zurückgelegt")
        MOVED = "moved", _("an eine andere Dienststelle gegeben")
        ENDED = "ended", _("ohne Besuch beendet")
        OFFERED = "offered", _("Zeiten angeboten")
        LAPSED = "lapsed", _("keine Antwort auf die Zeiten")
        DECLINED = "declined", _("keine der Zeiten passt")
        FIXED = "fixed", _("Termin vereinbart")
        SHIFTED = "shifted", _("Termin verschoben")
        CALLED_OFF = "called_off", _("Termin abgesagt")

    request = models.ForeignKey(VisitRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("Schritt"), max_length=12, choices=Kind)
    by = models.ForeignKey("partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("Grund"), max_length=300, blank=True)
    at = models.DateTimeField(_("Zeitpunkt"), default=timezone.now)

    class Meta:
        verbose_name = _("Schritt einer Anfrage")
        verbose_name_plural = _("Schritte von Anfragen")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display()}"


class Visit(models.Model):
    """The appointment of a request, offered or standing, at the firm's premises. It stands in no lane: it
    owns its officer's claim, whose blocked time holds travel and buffers.

    Travel is an estimate made once, when the claim was made: minutes and whole kilometres from the place
    before and to the place after.
    """

    appointment = models.OneToOneField(
        "consultations.Appointment", on_delete=models.CASCADE, primary_key=True, related_name="visit"
    )
    request = models.ForeignKey(VisitRequest, on_delete=models.PROTECT, related_name="visits")
    officer = models.ForeignKey("partnership.Person", on_delete=models.PROTECT, related_name="visits")
    km_before = models.PositiveSmallIntegerField(default=0)
    minutes_before = models.PositiveSmallIntegerField(default=0)
    km_after = models.PositiveSmallIntegerField(default=0)
    minutes_after = models.PositiveSmallIntegerField(default=0)
    report_asked_at = models.DateTimeField(_("an den Bericht erinnert"), null=True, blank=True)
    report_named_at = models.DateTimeField(_("Bericht der Leitung genannt"), null=True, blank=True)
    uptake_asked_at = models.DateTimeField(_("nach der Umsetzung gefragt"), null=True, blank=True)
    uptake_asked_again_at = models.DateTimeField(_("noch einmal gefragt"), null=True, blank=True)
    uptake_quiet_since = models.DateTimeField(_("will nicht gefragt werden"), null=True, blank=True)

    class Meta:
        verbose_name = _("Besuch")
        verbose_name_plural = _("Besuche")
        constraints = [
            models.CheckConstraint(
                condition=Q(uptake_asked_again_at__isnull=True)
                | Q(uptake_asked_at__isnull=False, uptake_asked_again_at__gt=F("uptake_asked_at")),
                name="visit_uptake_asked_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}, {self.officer}"
