"""An event's waiting lists, for those who run it."""

from django.urls import path

from forums.views import desk_waiting as views

urlpatterns = [
    path("<str:reference>/warteliste/", views.waiting, name="waiting"),
    path("<str:reference>/warteliste/<int:pk>/aufnehmen/", views.take_in, name="waiting_take_in"),
    path("<str:reference>/warteliste/<int:pk>/streichen/", views.take_off, name="waiting_off"),
    path("<str:reference>/warteliste/<int:pk>/antwort/", views.answer, name="waiting_answer"),
]
