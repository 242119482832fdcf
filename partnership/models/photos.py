import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """A photo of some thing. Its bytes lie apart: first in `PhotoUpload`, when it is ready in `PhotoFile`.

    Its key is random as it stands in addresses. Size in pixels and bytes and `digest` (SHA-256, hexadecimal)
    are those of the large file. `upload_digest` is that of what came in: by it a photo is known that is sent
    once more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wird vorbereitet")
        READY = "ready", _("bereit")
        REFUSED = "refused", _("abgelehnt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    position = models.PositiveSmallIntegerField()
    caption = models.CharField(_("Bildunterschrift"), max_length=200, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.WAITING)
    refused_because = models.CharField(_("abgelehnt, weil"), max_length=300, blank=True)
    added_at = models.DateTimeField(_("hinzugefügt am"), default=timezone.now)
    added_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    upload_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("Foto")
        verbose_name_plural = _("Fotos")
        ordering = ["position", "added_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="photo_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "upload_digest"],
                condition=~Q(state="refused") & ~Q(upload_digest=""),
                name="photo_once_of_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", width__gt=0, height__gt=0, size__gt=0) & ~Q(digest="")
                | Q(
                    state__in=["waiting", "refused"],
                    width__isnull=True,
                    height__isnull=True,
                    size__isnull=True,
                    digest="",
                ),
                name="photo_ready_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refused_because="")
                | ~Q(state="refused") & Q(refused_because=""),
                name="photo_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.pk)


class PhotoUpload(models.Model):
    """What came in, until the photo is ready. Of a refused photo the content is emptied at once.

    Who tries to re-encode it says so first (`tried_at`, `tries`): a file that takes its worker down is not
    tried for ever.
    """

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="upload")
    content = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("hochgeladenes Foto")
        verbose_name_plural = _("hochgeladene Fotos")

    def __str__(self) -> str:
        return str(self.photo_id)


class PhotoFile(models.Model):
    """A photo as it is shown: a JPEG of ours without anything that the camera noted."""

    class Size(models.TextChoices):
        SMALL = "klein", _("klein")
        LARGE = "gross", _("groß")

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=5, choices=Size)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("Datei eines Fotos")
        verbose_name_plural = _("Dateien von Fotos")
        constraints = [models.UniqueConstraint(fields=["photo", "kind"], name="photo_file_once_in_size")]

    def __str__(self) -> str:
        return f"{self.photo_id} ({self.kind})"
