"""Material of an event, and what those who were there say of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.events import Event


class Material(models.Model):
    """A file, a brochure of the partnership or a page elsewhere (Unterlage)."""

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

    class Meta:
        verbose_name = _("Unterlage")
        verbose_name_plural = _("Unterlagen")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(brochure__isnull=True) | Q(url=""), name="material_is_brochure_or_page"
            )
        ]

    def __str__(self) -> str:
        return self.title


class MaterialFile(models.Model):
    """The file of a material, apart from it so that nobody reads it by chance."""

    material = models.OneToOneField(Material, on_delete=models.CASCADE, primary_key=True, related_name="file")
    name = models.CharField(_("Dateiname"), max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    content = models.BinaryField()

    class Meta:
        verbose_name = _("Datei einer Unterlage")
        verbose_name_plural = _("Dateien von Unterlagen")

    def __str__(self) -> str:
        return self.name


class FeedbackQuestion(models.Model):
    """One of the questions that an event asks afterwards. `key` names it in the answers."""

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
    """What somebody says of an event: question key -> answer. No key to somebody, no time, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    answers = models.JSONField()

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")

    def __str__(self) -> str:
        return f"{self.event}"
