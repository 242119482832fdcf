import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Helped(models.IntegerChoices):
    VERY = 5, _("sehr")
    MUCH = 4, _("ziemlich")
    PARTLY = 3, _("teils, teils")
    LITTLE = 2, _("wenig")
    NOT = 1, _("gar nicht")


class Ease(models.IntegerChoices):
    VERY_EASY = 5, _("sehr einfach")
    EASY = 4, _("einfach")
    MEDIUM = 3, _("mittel")
    HARD = 2, _("schwierig")
    VERY_HARD = 1, _("sehr schwierig")


class OfUnit(models.Model):
    """A chamber with a directorate, in one partnership: the smallest whole of the numbers."""

    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")
    police = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class SatisfactionInvitation(OfUnit):
    """A link that was sent. It knows nobody and no appointment, so that nothing tells who has answered."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    expires_on = models.DateField(_("gilt bis"))

    class Meta:
        verbose_name = _("Bitte um Rückmeldung")
        verbose_name_plural = _("Bitten um Rückmeldung")

    def __str__(self) -> str:
        return f"{self.host}, {self.expires_on}"


class SatisfactionAnswer(OfUnit):
    """Two marks of 1 to 5, 5 is best. `quarter` is the first day of the one in which it was given.

    Without a key to somebody, a time and an order (docs/decisions/0018).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter = models.DateField(_("Quartal"))
    helped = models.PositiveSmallIntegerField(_("geholfen"), choices=Helped)
    ease = models.PositiveSmallIntegerField(_("einfach"), choices=Ease)

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")
        indexes = [models.Index(fields=["host", "quarter"], name="satisfaction_host_quarter")]
        constraints = [
            models.CheckConstraint(
                condition=Q(helped__range=(1, 5), ease__range=(1, 5)), name="satisfaction_marks_in_range"
            ),
            models.CheckConstraint(
                condition=Q(quarter__month__in=[1, 4, 7, 10], quarter__day=1),
                name="satisfaction_quarter_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}, {self.quarter}"
