"""Material of an event, and what those who were there say of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.events import Event


class Material(models.Model):
    """A file, a brochure of the partnership or a page elsewhere (Unterlage).

    A file is public only after somebody has said that the rights are clear (`rights_clear_at`).
    """

    class Audience(models.TextChoices):
        PARTICIPANTS = "participants", _("wer teilnimmt")
        PUBLIC = "public", _("alle")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("Titel"), max_length=160)
    audience = models.CharField(_("Für wen"), max_length=12, choices=Audience, default=Audience.PARTICIPANTS)
    brochure = models.ForeignKey(
        "partnership.Brochure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    url = models.URLField(_("Adresse"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("hinzugefügt"), default=timezone.now)
    added_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    rights_clear_at = models.DateTimeField(_("Rechte geklärt am"), null=True, blank=True)
    rights_clear_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        verbose_name = _("Unterlage")
        verbose_name_plural = _("Unterlagen")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(brochure__isnull=True) | Q(url=""), name="material_is_brochure_or_page"
            ),
            models.CheckConstraint(
                condition=~Q(audience="public")
                | Q(brochure__isnull=False)
                | ~Q(url="")
                | Q(rights_clear_at__isnull=False),
                name="material_public_file_has_rights",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MaterialFile(models.Model):
    """The file of a material, apart from it so that nobody reads it by chance. `name` is made by us."""

    class Kind(models.TextChoices):
        """What a file may be, by its content; a browser is never told anything else."""

        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", _("Bild (JPEG)")
        ODP = "application/vnd.oasis.opendocument.presentation", _("Präsentation (ODP)")
        PPTX = (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _("Präsentation (PPTX)"),
        )
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("Text (DOCX)")
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("Tabelle (XLSX)")

    material = models.OneToOneField(Material, on_delete=models.CASCADE, primary_key=True, related_name="file")
    name = models.CharField(_("Dateiname"), max_length=120)
    content_type = models.CharField(_("Art"), max_length=80, choices=Kind)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    content = models.BinaryField()

    class Meta:
        verbose_name = _("Datei einer Unterlage")
        verbose_name_plural = _("Dateien von Unterlagen")
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=20 * 1024 * 1024), name="material_file_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    content_type__in=[
                        "application/pdf",
                        "image/jpeg",
                        "application/vnd.oasis.opendocument.presentation",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    ]
                ),
                name="material_file_of_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeedbackQuestion(models.Model):
    """One of the questions that an event asks afterwards. `key` names it in the answers, and stays the same
    from one event of a series to the next as long as its words do.
    """

    class Form(models.TextChoices):
        MARK = "mark", _("Note von 1 bis 5")
        YES_NO = "yes_no", _("ja oder nein")
        TEXT = "text", _("freier Text")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_questions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Frage"), max_length=200)
    form = models.CharField(_("Antwort"), max_length=6, choices=Form)

    class Meta:
        verbose_name = _("Frage zur Rückmeldung")
        verbose_name_plural = _("Fragen zur Rückmeldung")
        ordering = ["event", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"],
                name="feedback_question_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["event", "key"], name="feedback_question_key"),
        ]

    def __str__(self) -> str:
        return self.text


class FeedbackInvitation(models.Model):
    """A link that was sent. It knows nobody, so that nothing tells who has answered."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_invitations")
    expires_on = models.DateField(_("gilt bis"))

    class Meta:
        verbose_name = _("Bitte um Rückmeldung")
        verbose_name_plural = _("Bitten um Rückmeldung")

    def __str__(self) -> str:
        return f"{self.event}, {self.expires_on}"


class Feedback(models.Model):
    """What somebody says of an event: question key -> mark of 1 to 5 (1 is best) or whether yes.

    Without a key to somebody, a time and an order; what is written in words lies apart (docs/decisions/0040).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")

    def __str__(self) -> str:
        return f"{self.event}"


class FeedbackText(models.Model):
    """An answer in words, apart from the marks of whoever wrote it. It goes a year after the event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_texts")
    question = models.UUIDField()
    text = models.TextField(_("Antwort"), max_length=1000)

    class Meta:
        verbose_name = _("Rückmeldung in Worten")
        verbose_name_plural = _("Rückmeldungen in Worten")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.event}"
