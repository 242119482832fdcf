"""Answers in words go a year after the event; the marks name nobody and stay."""

import datetime

from django.db.models import QuerySet

from forums.models import FeedbackText


def texts_of_events_before(moment: datetime.datetime) -> QuerySet[FeedbackText]:
    return FeedbackText.objects.filter(event__ends_at__lt=moment)
