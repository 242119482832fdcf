from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Brochure(models.Model):
    """What a partnership publishes to read; its content lies in editions."""

    partnership = models.ForeignKey(
        "partnership.Partnership", on_delete=models.PROTECT, related_name="brochures"
    )
    slug = models.SlugField(_("Adresse"), max_length=80)

    class Meta:
        verbose_name = _("Broschüre")
        verbose_name_plural = _("Broschüren")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"], name="brochure_slug_unique_in_partnership"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class BrochureEdition(models.Model):
    """One edition (Fassung): edited as a draft, fixed from the moment it waits for its partners.

    Public is the released one. Of a brochure there is at most one that is still to be released. Of one
    that was withdrawn everybody may read when and why (`withdrawn_because`), and nothing else.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        WAITING = "waiting", _("wartet auf Freigaben")
        RELEASED = "released", _("veröffentlicht")
        REPLACED = "replaced", _("ersetzt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    brochure = models.ForeignKey(Brochure, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("Titel"), max_length=100)
    subtitle = models.CharField(_("Untertitel"), max_length=160, blank=True)
    sent_back_because = models.CharField(_("zurückgegeben, weil"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    withdrawn_because = models.CharField(_("zurückgezogen, weil"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    OPEN = (State.DRAFT, State.WAITING)

    class Meta:
        verbose_name = _("Fassung einer Broschüre")
        verbose_name_plural = _("Fassungen von Broschüren")
        constraints = [
            models.UniqueConstraint(fields=["brochure", "number"], name="edition_number_unique_in_brochure"),
            models.UniqueConstraint(
                fields=["brochure"], condition=Q(state__in=["draft", "waiting"]), name="edition_one_open"
            ),
            models.UniqueConstraint(
                fields=["brochure"], condition=Q(state="released"), name="edition_one_released"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["released", "replaced", "withdrawn"], released_at__isnull=False)
                | Q(state__in=["draft", "waiting"], released_at__isnull=True),
                name="edition_released_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_because="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_because=""),
                name="edition_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BrochureChapter(models.Model):
    """`text` is plain with few marks (`publications/markup.py`); `standards` has one in each line."""

    class Picture(models.TextChoices):
        PLAN = "plan", _("Schutzschild mit Plan")
        YARD = "yard", _("Hof mit Zaun und Lampe")
        WALLS = "walls", _("Gebäude mit Dach")
        DOOR = "door", _("Tür mit Verriegelung")
        WINDOW = "window", _("Fenster mit Griff")
        SAFE = "safe", _("Wertschutzschrank")
        ALARM = "alarm", _("Alarmanlage")
        CAMERA = "camera", _("Kamera mit Schild")
        ACCESS = "access", _("Eingang mit Leser")
        KEY = "key", _("Schlüsselkasten")
        ROUND = "round", _("Schließrunde")
        AFTERWARDS = "afterwards", _("Telefon mit Notruf")

    edition = models.ForeignKey(BrochureEdition, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Überschrift"), max_length=100)
    text = models.TextField(_("Text"), max_length=6000)
    picture = models.CharField(_("Bild"), max_length=20, choices=Picture, blank=True)
    standards = models.TextField(_("Normen in einfachen Worten"), max_length=3000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Kapitel")
        verbose_name_plural = _("Kapitel")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="chapter_position_unique_in_edition",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class BrochurePartner(models.Model):
    """An organisation that the edition names, with its contact block and its release (Freigabe).

    `release_note` says who agreed: the coordination notes it for an organisation that has nobody here.
    """

    edition = models.ForeignKey(BrochureEdition, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    contact = models.TextField(_("Kontakt"), max_length=600)
    released_at = models.DateTimeField(_("freigegeben am"), null=True, blank=True)
    released_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    release_note = models.CharField(_("Wer hat zugestimmt?"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Partner einer Broschüre")
        verbose_name_plural = _("Partner von Broschüren")
        ordering = ["organisation__kind", "organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation"],
                name="partner_once_in_edition",
                violation_error_message=_("Diese Organisation ist schon genannt."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=False) | Q(released_by__isnull=True, release_note=""),
                name="partner_release_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class BrochureFile(models.Model):
    """The PDF of a released edition, apart from it so that nobody reads it by chance."""

    edition = models.OneToOneField(BrochureEdition, on_delete=models.CASCADE, related_name="file")
    pdf = models.BinaryField()
    size = models.PositiveIntegerField()
    """In bytes."""
    digest = models.CharField(max_length=64)
    """SHA-256, in hexadecimal."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("PDF einer Broschüre")
        verbose_name_plural = _("PDFs von Broschüren")

    def __str__(self) -> str:
        return self.digest
