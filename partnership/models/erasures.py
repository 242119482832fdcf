from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasureState(models.TextChoices):
    OPEN = "open", _("offen")
    CARRIED_OUT = "carried_out", _("gelöscht")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgenommen")


class ErasureRequest(models.Model):
    """Somebody asks that what is kept about them goes (Löschbegehren, Art. 17 DSGVO).

    Each controller decides on its own part. With the account gone, `person` and `reason` are empty.
    """

    person = models.ForeignKey(
        "partnership.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="erasure_requests",
    )
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="de")
    reason = models.CharField(_("Grund"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("gestellt"), default=timezone.now)
    state = models.CharField(_("Stand"), max_length=12, choices=ErasureState, default=ErasureState.OPEN)
    closed_at = models.DateTimeField(_("abgeschlossen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Löschbegehren")
        verbose_name_plural = _("Löschbegehren")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="erasure_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="erasure_request_closed_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(person__isnull=False), name="erasure_request_open_has_person"
            ),
        ]

    def __str__(self) -> str:
        return f"Löschbegehren {self.pk}"


class ErasurePart(models.Model):
    """What one controller decides: an organisation on its records, the coordination on the account."""

    request = models.ForeignKey(ErasureRequest, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(
        "partnership.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("Stand"), max_length=12, choices=ErasureState, default=ErasureState.OPEN)
    decided_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    answer = models.CharField(_("Begründung"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Teil eines Löschbegehrens")
        verbose_name_plural = _("Teile von Löschbegehren")
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, partnership__isnull=False)
                | Q(organisation__isnull=False, partnership__isnull=True),
                name="erasure_part_has_one_controller",
            ),
            models.UniqueConstraint(
                fields=["request", "organisation"], name="erasure_part_organisation_unique"
            ),
            models.UniqueConstraint(
                fields=["request", "partnership"], name="erasure_part_partnership_unique"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["carried_out", "refused"]) | Q(decided_at__isnull=False),
                name="erasure_part_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="erasure_part_refused_has_answer",
                violation_error_message=_("Begründen Sie die Ablehnung."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.controller}, {self.get_state_display()}"

    @property
    def controller(self) -> str:
        return str(self.organisation or self.partnership)


class ErasedThing(models.Model):
    """That a record was erased or emptied, by kind and key only (Löschliste).

    `rule` names the kind of the retention that was due, or `REQUEST`; then `part` is whose decision it was.
    The same lines stand outside the database: `retention/erasure_list.py`.
    """

    REQUEST = "request"

    rule = models.CharField(_("Regel"), max_length=40)
    part = models.ForeignKey(
        ErasurePart, on_delete=models.CASCADE, null=True, blank=True, related_name="erased"
    )
    run = models.ForeignKey(
        "partnership.RetentionRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    erased_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Löschung")
        verbose_name_plural = _("Löschungen")
        ordering = ["erased_at", "pk"]
        indexes = [
            models.Index(fields=["organisation", "erased_at"], name="erased_thing_organisation_at"),
            models.Index(fields=["erased_at"], condition=Q(part__isnull=True), name="erased_thing_by_rule"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__isnull=True) | Q(rule="request"), name="erased_thing_of_part_is_requested"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
