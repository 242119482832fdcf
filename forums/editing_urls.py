"""Setting events up."""

from django.urls import path

from forums.views import event_editing, events

urlpatterns = [
    path("", events.events, name="events"),
    path("neu/", event_editing.new, name="new"),
    path("<str:reference>/", events.event, name="event"),
    path("<str:reference>/aendern/", event_editing.edit, name="edit"),
    path("<str:reference>/programm/", event_editing.set_programme, name="programme"),
    path("<str:reference>/programm/<int:pk>/streichen/", event_editing.strike, name="part_strike"),
    path("<str:reference>/ankuendigen/", events.announce, name="announce"),
    path("<str:reference>/absagen/", events.cancel, name="cancel"),
    path("<str:reference>/loeschen/", events.delete, name="delete"),
    path("<str:reference>/stattgefunden/", events.held, name="held"),
    path("<str:reference>/abschliessen/", events.close, name="close"),
]
