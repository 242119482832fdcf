"""Things of firms, and the marks by which they are told apart."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.models.folding import folded_name, parts_of_number


class Asset(models.Model):
    """A tool, a machine or another thing of a firm (Gerät).

    `kept_at` and `site` are for its owner and for police who have opened it. `value` in euros, as the owner
    says. `own_number` is the firm's inventory number. `make_key` is the make folded for searching. `lent_to`
    is emptied while it is lent when its time is over (`privacy.retention`).
    """

    class State(models.TextChoices):
        IN_USE = "in_use", _("in Gebrauch")
        LENT = "lent", _("verliehen")
        SOLD = "sold", _("verkauft")
        SCRAPPED = "scrapped", _("ausgemustert")
        STOLEN = "stolen", _("als gestohlen gemeldet")
        FOUND = "found", _("wiedergefunden")

    HELD = (State.IN_USE, State.LENT, State.FOUND)
    """The firm has it, or knows who has."""
    GONE = (State.SOLD, State.SCRAPPED)

    firm = models.ForeignKey("partnership.Firm", on_delete=models.PROTECT, related_name="assets")
    reference = models.CharField(_("Nummer"), max_length=12)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.IN_USE)
    category = models.CharField(_("Art"), max_length=40)
    name = models.CharField(_("Bezeichnung"), max_length=120)
    make = models.CharField(_("Hersteller"), max_length=80, blank=True)
    model = models.CharField(_("Modell"), max_length=80, blank=True)
    make_key = models.GeneratedField(
        expression=folded_name("make"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    year = models.PositiveSmallIntegerField(_("Baujahr"), null=True, blank=True)
    value = models.DecimalField(_("Wert in Euro"), max_digits=10, decimal_places=2, null=True, blank=True)
    peculiarities = models.CharField(_("Besonderheiten"), max_length=500, blank=True)
    own_number = models.CharField(_("Inventarnummer"), max_length=40, blank=True)
    site = models.ForeignKey(
        "partnership.Site",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("Standort"),
    )
    kept_at = models.CharField(_("gewöhnlich aufbewahrt"), max_length=160, blank=True)
    lent_to = models.CharField(_("verliehen an"), max_length=160, blank=True)
    lent_until = models.DateField(_("verliehen bis"), null=True, blank=True)
    campaign = models.ForeignKey(
        "assetmarking.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("Aktion"),
    )
    created_at = models.DateTimeField(_("erfasst am"), default=timezone.now)
    recorded_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state_since = models.DateTimeField(_("Stand seit"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""
    form_key = models.UUIDField(null=True, blank=True, editable=False)
    """Of the form with which it was recorded: sent twice, it is recorded once."""

    class Meta:
        verbose_name = _("Gerät")
        verbose_name_plural = _("Geräte")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["firm", "state", "name", "id"], name="asset_of_firm"),
            models.Index(fields=["firm", "own_number"], name="asset_own_number"),
            models.Index(fields=["make_key"], name="asset_make"),
            models.Index(
                fields=["state_since"], condition=Q(state__in=["sold", "scrapped"]), name="asset_gone"
            ),
            models.Index(fields=["state_since"], condition=~Q(lent_to=""), name="asset_with_borrower"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="asset_reference_unique"),
            models.UniqueConstraint(fields=["form_key"], name="asset_once_from_a_form"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2100)), name="asset_year_sound"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="asset_value_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(state="lent") | Q(lent_to="", lent_until__isnull=True),
                name="asset_names_nobody_unless_lent",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.make, self.model) if part)


class Receipt(models.Model):
    """What proves that a thing was bought (Kaufbeleg): for its owner alone."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", _("Bild")

    asset = models.OneToOneField(Asset, on_delete=models.CASCADE, related_name="receipt")
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    content = models.BinaryField()
    added_at = models.DateTimeField(_("hinzugefügt am"), default=timezone.now)

    class Meta:
        verbose_name = _("Kaufbeleg")
        verbose_name_plural = _("Kaufbelege")

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_kind_display()}"


class MarkKind(models.TextChoices):
    SERIAL = "serial", _("Seriennummer")
    SECOND = "second", _("zweite Nummer")
    ENGRAVED = "engraved", _("eingravierter Code")
    EIN = "ein", _("Eigentümer-Identifizierungs-Nummer (EIN)")
    IDENTIFICATION = "identification", _("Fahrzeug- oder Maschinen-Identifizierungsnummer")
    FORENSIC = "forensic", _("künstliche DNA oder Mikropunkte")
    RFID = "rfid", _("RFID oder NFC")
    OWN_CODE = "own_code", _("Code dieses Portals")


class Mark(models.Model):
    """One mark of a thing (Kennzeichen): `text` as it stands there, `key` as it is looked up.

    `key` is written by `matching.keys.key_of` and by nothing else. `vendor` is who keeps the register of a
    forensic mark.
    """

    MANUFACTURERS = (MarkKind.SERIAL, MarkKind.SECOND, MarkKind.IDENTIFICATION)
    """Numbers that stand on a thing wherever it goes: of these alone the public may ask."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(_("Art"), max_length=16, choices=MarkKind)
    text = models.CharField(_("Nummer oder Code"), max_length=60)
    key = models.CharField(max_length=120, editable=False, db_collation="C")
    vendor = models.CharField(_("Anbieter"), max_length=80, blank=True)
    place = models.CharField(_("wo am Gerät"), max_length=120, blank=True)
    marked_by = models.CharField(_("angebracht von"), max_length=120, blank=True)
    marked_on = models.DateField(_("angebracht am"), null=True, blank=True)
    added_at = models.DateTimeField(_("erfasst am"), default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When it was held against kept searches."""

    class Meta:
        verbose_name = _("Kennzeichen")
        verbose_name_plural = _("Kennzeichen")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["key"], include=["id"], name="mark_key"),
            models.Index(Reverse("key"), name="mark_key_reversed"),
            models.Index(fields=["id"], condition=Q(checked_at__isnull=True), name="mark_unchecked"),
            GinIndex(parts_of_number("key"), name="mark_parts", fastupdate=False),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asset", "kind", "key"], name="mark_once_on_thing"),
            models.UniqueConstraint(
                fields=["text"], condition=Q(kind="own_code"), name="mark_own_code_on_one_thing"
            ),
            models.CheckConstraint(condition=~Q(key="") & ~Q(text=""), name="mark_is_a_number"),
        ]

    def __str__(self) -> str:
        return self.text
