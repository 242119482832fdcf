"""The public calendar, its feed, and an event's own page."""

from django.urls import path

from forums.views import calendar

urlpatterns = [
    path("", calendar.events, name="calendar"),
    path("archiv/", calendar.archive, name="archive"),
    path("kalender.ics", calendar.feed, name="feed"),
    path("<str:reference>/", calendar.event, name="event"),
    path("<str:reference>/kalender.ics", calendar.event_calendar, name="event_calendar"),
]
