import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by e-mail. Without a password, only links reach what is theirs."""

    email = models.EmailField(
        _("E-Mail-Adresse"),
        unique=True,
        error_messages={"unique": _("Zu dieser E-Mail-Adresse gibt es schon ein Konto.")},
    )
    name = models.CharField(_("Vor- und Nachname"), max_length=120, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("Technik"), default=False)
    joined_at = models.DateTimeField(_("angelegt"), default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="person_email_lower_case",
                violation_error_message=_("Schreiben Sie die E-Mail-Adresse klein."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


def _in_force(day: datetime.date | None) -> Q:
    day = day or timezone.localdate()
    return (Q(ends__isnull=True) | Q(ends__gte=day)) & Q(starts__lte=day)


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, day: datetime.date | None = None) -> "PostQuerySet":
        return self.filter(_in_force(day))


DAYS_IN_FORCE = Func(Least("starts", "ends"), F("ends"), Value("[]"), function="daterange")
"""Both ends included; the lower one is never above, as another constraint refuses that in words."""


class Post(models.Model):
    """What somebody does, for whom, from when to when (both included): every right follows from it."""

    class Role(models.TextChoices):
        DESK = "desk", _("Kammer")
        OFFICER = "officer", _("Prävention")
        LEAD = "lead", _("Leitung der Prävention")
        COORDINATOR = "coordinator", _("Koordination")
        AUDITOR = "auditor", _("Datenschutz")

    class EndReason(models.TextChoices):
        LEFT = "left", _("arbeitet nicht mehr in der Organisation")
        OTHER_TASK = "other_task", _("hat eine andere Aufgabe")
        LEAVE = "leave", _("ist länger abwesend")
        MISTAKE = "mistake", _("war ein Irrtum")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(_("Funktion"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "partnership.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    partnership = models.ForeignKey(
        "partnership.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    starts = models.DateField(_("von"))
    ends = models.DateField(_("bis"), null=True, blank=True)
    end_reason = models.CharField(_("Grund des Endes"), max_length=20, choices=EndReason, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("Funktion")
        verbose_name_plural = _("Funktionen")
        constraints = [
            models.CheckConstraint(
                condition=Q(role="coordinator", partnership__isnull=False, organisation__isnull=True)
                | (~Q(role="coordinator") & Q(partnership__isnull=True, organisation__isnull=False)),
                name="post_belongs_to_one",
                violation_error_message=_(
                    "Eine Koordination gehört zu einer Partnerschaft, "
                    "jede andere Funktion zu einer Organisation."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="post_dates_in_order",
                violation_error_message=_("Das Ende der Funktion liegt vor ihrem Beginn."),
            ),
            *(
                ExclusionConstraint(
                    name=f"post_once_in_{field}",
                    expressions=[
                        ("person", RangeOperators.EQUAL),
                        ("role", RangeOperators.EQUAL),
                        (field, RangeOperators.EQUAL),
                        (
                            DAYS_IN_FORCE,
                            RangeOperators.OVERLAPS,
                        ),
                    ],
                    violation_error_message=_("Diese Funktion hat die Person in dieser Zeit schon."),
                )
                for field in ("organisation", "partnership")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def in_force(self, day: datetime.date | None = None) -> "DeputyQuerySet":
        return self.filter(_in_force(day))


class Deputy(models.Model):
    """Who stands in for a post (Vertretung), from when to when (both included), with all its rights."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputyships")
    starts = models.DateField(_("von"))
    ends = models.DateField(_("bis"), null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vertretung")
        verbose_name_plural = _("Vertretungen")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="deputy_dates_in_order",
                violation_error_message=_("Das Ende der Vertretung liegt vor ihrem Beginn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} für {self.post}"
