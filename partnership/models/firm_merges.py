from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FirmMerge(models.Model):
    """Two rows of one business became one (Zusammenführung), and all that undoing it takes.

    `before` and `after` are the heir's own values. `moved` names per kind of thing the keys that went over,
    `rights` what a contact gave up on the way: merging gives nobody rights over the heir.
    """

    heir = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="merges_away")
    before = models.JSONField()
    after = models.JSONField()
    moved = models.JSONField()
    rights = models.JSONField()
    merged_at = models.DateTimeField(_("zusammengeführt"), default=timezone.now)
    merged_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("rückgängig gemacht"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Zusammenführung")
        verbose_name_plural = _("Zusammenführungen")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="firm_merged_once"
            ),
            models.CheckConstraint(condition=~Q(heir=F("merged")), name="firm_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} in {self.heir}"


class NoDuplicate(models.Model):
    """Two firms that somebody has looked at: alike, and not the same. `first` has the smaller key."""

    first = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("partnership.Firm", on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("entschieden"), auto_now_add=True)

    class Meta:
        verbose_name = _("Kein Duplikat")
        verbose_name_plural = _("Keine Duplikate")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="no_duplicate_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="no_duplicate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"
