from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _


class Claim(models.Model):
    """Somebody's or a room's time is taken (Belegung). The row exists as long as it is.

    `blocked` is bounded, not empty, half-open, and holds travel and buffers. The exclusion
    constraints are deferrable so that one UPDATE can shift a series or swap two times.
    """

    class Kind(models.TextChoices):
        OFFICE_HOURS = "office_hours", _("Sprechtag")
        VISIT = "visit", _("Besuch vor Ort")
        ABSENCE = "absence", _("Abwesenheit")
        CLOSURE = "closure", _("Schließung")

    officer = models.ForeignKey(
        "partnership.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    room = models.ForeignKey(
        "partnership.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    blocked = DateTimeRangeField(_("belegt"))
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    hours = models.ForeignKey(
        "consultations.OfficeHours", on_delete=models.CASCADE, null=True, blank=True, related_name="claims"
    )
    closure = models.ForeignKey(
        "partnership.OfficeClosure", on_delete=models.CASCADE, null=True, blank=True, related_name="claims"
    )

    absence = models.ForeignKey(
        "consultations.Absence", on_delete=models.CASCADE, null=True, blank=True, related_name="claims"
    )
    visit = models.OneToOneField(
        "consultations.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="claim"
    )

    class Meta:
        verbose_name = _("Belegung")
        verbose_name_plural = _("Belegungen")
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=False, room__isnull=True)
                | Q(officer__isnull=True, room__isnull=False),
                name="claim_officer_xor_room",
            ),
            models.CheckConstraint(
                condition=Q(blocked__isempty=False, blocked__lower_inf=False, blocked__upper_inf=False),
                name="claim_bounded_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(kind="office_hours", hours__isnull=False) | ~Q(kind="office_hours"),
                name="claim_of_hours_names_them",
            ),
            models.CheckConstraint(
                condition=Q(kind="closure", closure__isnull=False) | ~Q(kind="closure"),
                name="claim_of_closure_names_it",
            ),
            models.CheckConstraint(
                condition=Q(absence__isnull=True) | Q(kind="absence", officer__isnull=False),
                name="claim_of_absence_is_an_officers",
            ),
            models.CheckConstraint(
                condition=Q(visit__isnull=True) | Q(kind="visit", officer__isnull=False),
                name="claim_of_visit_is_an_officers",
            ),
            ExclusionConstraint(
                name="claim_officer_overlap",
                expressions=[("officer", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="claim_room_overlap",
                expressions=[("room", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.blocked}"
