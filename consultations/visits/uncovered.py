"""Visits that stand while their officer is away or holds no post any more: 'ohne Beamtin/Beamten'."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from consultations.models import Absence, Appointment
from consultations.whereabouts import PLACE
from partnership.models import Post
from partnership.rules import Posts
from partnership.times import BERLIN


def uncovered_visits_visible_to(posts: Posts, *, now: datetime.datetime) -> QuerySet[Appointment]:
    """Of the own directorate."""
    return uncovered_visits(now=now).filter(police__in=posts.police)


def uncovered_visits(*, now: datetime.datetime) -> QuerySet[Appointment]:
    """Everywhere, the nearest first. The visit stays as it is until a colleague takes it over."""
    away = Absence.objects.standing().filter(
        officer=OuterRef("visit__officer"), period__overlap=OuterRef("period")
    )
    held = Post.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=OuterRef("day")),
        person=OuterRef("visit__officer"),
        organisation=OuterRef("police"),
        role__in=(Post.Role.OFFICER, Post.Role.LEAD),
        starts__lte=OuterRef("day"),
    )
    return (
        Appointment.objects.filter(
            mode=Appointment.Mode.ON_SITE,
            state=Appointment.State.CONFIRMED,
            period__endswith__gt=now,
        )
        .annotate(day=TruncDate(F("period__startswith"), tzinfo=BERLIN))
        .filter(Exists(away) | ~Exists(held))
        .select_related(*PLACE, "visit__officer", "police")
        .order_by("period", "pk")
    )
