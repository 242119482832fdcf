"""What police look up, and what they are told later. The proof of it lies in the chained log."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SearchSettings(models.Model):
    """How a directorate searches: whether searches are kept to meet later thefts, and how many a day.

    Kept only after a lead has turned it on and said why.
    """

    organisation = models.OneToOneField(
        "partnership.Organisation", on_delete=models.CASCADE, related_name="search_settings"
    )
    keeps_searches = models.BooleanField(_("Abfragen aufbewahren"), default=False)
    keep_days = models.PositiveSmallIntegerField(_("Tage"), default=60)
    reason = models.CharField(_("Begründung"), max_length=300, blank=True)
    daily_limit = models.PositiveSmallIntegerField(_("Nummern je Person und Tag"), default=500)
    changed_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Einstellung der Fahndung")
        verbose_name_plural = _("Einstellungen der Fahndung")
        constraints = [
            models.CheckConstraint(
                condition=Q(keeps_searches=False) | ~Q(reason=""), name="search_settings_kept_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(keep_days__range=(1, 365)), name="search_settings_days_in_range"
            ),
            models.CheckConstraint(
                condition=Q(daily_limit__range=(1, 5000)), name="search_settings_limit_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Search(models.Model):
    """One look-up (Abfrage) of one or more numbers, for a purpose and a Vorgangsnummer.

    Its results can be opened for a day; until `kept_until` where the lead has turned that on. Only the person
    who searched sees it again. `found` says for each number what was found and logged: `searching.found`.
    """

    class Purpose(models.TextChoices):
        TRAFFIC = "traffic", _("Verkehrskontrolle")
        FOUND = "found", _("aufgefundenes Gerät")
        SEIZED = "seized", _("sichergestelltes Gerät")
        INVESTIGATION = "investigation", _("Ermittlung")
        OFFER = "offer", _("Angebot im Handel oder im Netz")
        TRAINING = "training", _("Schulung")

    person = models.ForeignKey("partnership.Person", on_delete=models.CASCADE, related_name="searches")
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="searches"
    )
    purpose = models.CharField(_("Zweck"), max_length=14, choices=Purpose)
    case_number = models.CharField(_("Vorgangsnummer"), max_length=60)
    make = models.CharField(_("Hersteller"), max_length=80, blank=True)
    texts = ArrayField(models.CharField(max_length=60), verbose_name=_("Nummern"))
    searched_at = models.DateTimeField(_("abgefragt am"), default=timezone.now)
    kept_until = models.DateTimeField(_("aufbewahrt bis"), null=True, blank=True)
    found = models.JSONField(_("Treffer"), default=list, editable=False)
    is_whole = models.BooleanField(_("vollständig gesucht"), default=True, editable=False)

    class Meta:
        verbose_name = _("Abfrage")
        verbose_name_plural = _("Abfragen")
        ordering = ["-searched_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "searched_at"], name="search_of_person"),
            models.Index(fields=["kept_until"], condition=Q(kept_until__isnull=False), name="search_kept"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(case_number=""), name="search_has_case_number")]

    def __str__(self) -> str:
        return f"{self.case_number}: {len(self.texts)}"


class SearchOpening(models.Model):
    """Somebody has opened a thing that a search has found, and the chained log has it: once for a search."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Eigentümer")
        PHOTOS = "photos", _("Fotos")

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="openings")
    asset = models.ForeignKey("assetmarking.Asset", on_delete=models.CASCADE, related_name="openings")
    kind = models.CharField(_("was"), max_length=6, choices=Kind)
    opened_at = models.DateTimeField(_("geöffnet am"), default=timezone.now)

    class Meta:
        verbose_name = _("Öffnung")
        verbose_name_plural = _("Öffnungen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["search", "asset", "kind"], name="search_opening_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.asset_id}, {self.get_kind_display()}"


class KeptTerm(models.Model):
    """A number of a search that is kept: what is recorded or stolen later is held against it.

    `keys` has the first key of each reading, `traces` what the number is looked up by: `retroactive.traces`.
    """

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="terms")
    text = models.CharField(_("Nummer"), max_length=60)
    keys = ArrayField(models.TextField())
    traces = ArrayField(models.TextField(db_collation="C"))
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When it was held against what had been recorded by then."""

    class Meta:
        verbose_name = _("aufbewahrte Nummer")
        verbose_name_plural = _("aufbewahrte Nummern")
        ordering = ["pk"]
        indexes = [GinIndex(fields=["traces"], name="kept_term_traces", fastupdate=False)]

    def __str__(self) -> str:
        return self.text


class RetroactiveHit(models.Model):
    """Something recorded or reported later suits a search that was kept: a task for whoever searched.

    Once for a search, a mark and a state, with every number of the search that it suits; `was_stolen` when it
    was found. `done_at`: the officer has dealt with it.
    """

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="hits")
    mark = models.ForeignKey("assetmarking.Mark", on_delete=models.CASCADE, related_name="hits")
    texts = ArrayField(models.CharField(max_length=60), verbose_name=_("gesuchte Nummern"))
    was_stolen = models.BooleanField(_("als gestohlen gemeldet"))
    found_at = models.DateTimeField(_("gefunden am"), default=timezone.now)
    done_at = models.DateTimeField(_("erledigt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("nachträglicher Treffer")
        verbose_name_plural = _("nachträgliche Treffer")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["search", "mark", "was_stolen"], name="retroactive_hit_once_for_search"
            )
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.texts)}: {self.mark_id}"


class SearchCount(models.Model):
    """How many numbers an organisation has looked up on a day and what came of it; it outlasts searches."""

    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.CASCADE, related_name="search_counts"
    )
    day = models.DateField(_("Tag"))
    numbers = models.PositiveIntegerField(_("Nummern"), default=0)
    with_hits = models.PositiveIntegerField(_("mit Treffern"), default=0)
    openings = models.PositiveIntegerField(_("geöffnete Eigentümer"), default=0)
    retroactive = models.PositiveIntegerField(_("nachträgliche Treffer"), default=0)

    class Meta:
        verbose_name = _("Zählung der Abfragen")
        verbose_name_plural = _("Zählung der Abfragen")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day"], name="search_count_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.day:%Y-%m-%d}"
