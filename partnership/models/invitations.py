from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.models.people import Person, Post


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Not accepted yet. Whoever has set a password in another way needs no invitation any more."""
        return self.filter(
            accepted_at__isnull=True, post__person__password__startswith=UNUSABLE_PASSWORD_PREFIX
        )


class Invitation(models.Model):
    """A post whose holder has still to choose a password, behind a link that was sent by mail."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="invitation")
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("gesendet"), default=timezone.now)
    accepted_at = models.DateTimeField(_("angenommen"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")

    def __str__(self) -> str:
        return f"{self.post}"
