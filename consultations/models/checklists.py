"""What officers look at on site, in numbered versions of one directorate."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Checklist(models.Model):
    """A version of a directorate's checklist (Fassung). Once in force, it only gains sign-offs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        IN_FORCE = "in_force", _("gilt")
        REPLACED = "replaced", _("abgelöst")

    police = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, related_name="checklists"
    )
    number = models.PositiveIntegerField(_("Fassung"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    in_force_since = models.DateTimeField(_("gilt seit"), null=True, blank=True)
    put_in_force_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change of a part, so that nobody puts in force what they have not seen."""

    class Meta:
        verbose_name = _("Checkliste")
        verbose_name_plural = _("Checklisten")
        ordering = ["police", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["police", "number"], name="checklist_number_unique"),
            *(
                models.UniqueConstraint(
                    fields=["police"], condition=Q(state=state), name=f"checklist_one_{state}"
                )
                for state in ("draft", "in_force")
            ),
            models.CheckConstraint(
                condition=Q(state="draft", in_force_since__isnull=True)
                | (~Q(state="draft") & Q(in_force_since__isnull=False)),
                name="checklist_in_force_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Checkliste, Fassung {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == Checklist.State.DRAFT


class Part(models.Model):
    """What a checklist is made of. `key` is the same in every version, so that two can be compared."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change, so that two who edit at once notice each other."""

    class Meta:
        abstract = True

    @property
    def whole(self) -> int:
        """The key of the checklist it belongs to."""
        raise NotImplementedError

    def siblings(self) -> "models.QuerySet[Any]":
        """The parts among which it has its place, itself included."""
        raise NotImplementedError


class Checked(models.Model):
    """States facts, which somebody who knows has seen in a source or signs off."""

    class Origin(models.TextChoices):
        SOURCE = "S", _("in einer Quelle gesehen")
        CHAPTER = "K", _("nur als Thema gesehen, Ausgestaltung eigenes Wissen")
        OWN = "E", _("eigenes Wissen")
        MIXED = "S/E", _("zum Teil in einer Quelle gesehen")

    origin = models.CharField(_("Herkunft"), max_length=3, choices=Origin, default=Origin.OWN)
    is_edited = models.BooleanField(default=False)
    """The words are no longer those that the origin is about."""
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True) | Q(signed_off_at__isnull=False),
                name="%(class)s_signed_off_has_time",
            )
        ]

    @property
    def needs_check(self) -> bool:
        """Fachlich zu prüfen."""
        return self.signed_off_at is None and (self.is_edited or self.origin != Checked.Origin.SOURCE)


class ChecklistArea(Part):
    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="areas")
    title = models.CharField(_("Bereich"), max_length=80)
    sentence = models.CharField(_("Worum es geht"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Bereich")
        verbose_name_plural = _("Bereiche")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def whole(self) -> int:
        return self.checklist_id

    def siblings(self) -> "models.QuerySet[ChecklistArea]":
        return ChecklistArea.objects.filter(checklist=self.checklist_id)


class ChecklistItem(Part, Checked):
    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    area = models.ForeignKey(
        ChecklistArea, on_delete=models.RESTRICT, related_name="items", verbose_name=_("Bereich")
    )
    code = models.CharField(_("Kennung"), max_length=6)
    look_at = models.CharField(_("Was zu prüfen ist"), max_length=240)
    reason = models.TextField(_("Fakt oder Begründung"), max_length=600, blank=True)
    standard = models.CharField(_("Norm oder Regel"), max_length=120, blank=True)

    class Meta(Checked.Meta):
        abstract = False
        verbose_name = _("Prüfpunkt")
        verbose_name_plural = _("Prüfpunkte")
        ordering = ["order", "pk"]
        constraints = [
            *Checked.Meta.constraints,
            models.UniqueConstraint(
                fields=["checklist", "code"],
                name="checklistitem_code_unique",
                violation_error_message=_("Diese Kennung hat schon ein anderer Prüfpunkt."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def whole(self) -> int:
        return self.checklist_id

    def siblings(self) -> "models.QuerySet[ChecklistItem]":
        return ChecklistItem.objects.filter(area=self.area_id)


class Wording(Part):
    """A recommendation in words that a report can take over."""

    class Priority(models.IntegerChoices):
        HIGH = 1, _("hoch")
        MEDIUM = 2, _("mittel")
        LOW = 3, _("niedrig")

    item = models.ForeignKey(ChecklistItem, on_delete=models.CASCADE, related_name="wordings")
    priority = models.PositiveSmallIntegerField(_("Dringlichkeit"), choices=Priority, default=Priority.MEDIUM)
    text = models.TextField(_("Empfehlung"), max_length=600)
    standard = models.CharField(_("Norm oder Regel"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")
        ordering = ["priority", "order", "pk"]

    def __str__(self) -> str:
        return f"zu {self.item.code}"

    @property
    def whole(self) -> int:
        return self.item.checklist_id

    def siblings(self) -> "models.QuerySet[Wording]":
        return Wording.objects.filter(item=self.item_id)


class ProtectionClass(Part, Checked):
    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="classes")
    standard = models.CharField(_("Norm"), max_length=40)
    name = models.CharField(_("Klasse"), max_length=20)
    words = models.CharField(_("In einfachen Worten"), max_length=300)

    class Meta(Checked.Meta):
        abstract = False
        verbose_name = _("Schutzklasse")
        verbose_name_plural = _("Schutzklassen")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.standard} {self.name}"

    @property
    def whole(self) -> int:
        return self.checklist_id

    def siblings(self) -> "models.QuerySet[ProtectionClass]":
        return ProtectionClass.objects.filter(checklist=self.checklist_id, standard=self.standard)
