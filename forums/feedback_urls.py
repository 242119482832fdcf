"""What participants say afterwards."""

from django.urls import path

from forums.views import feedback

urlpatterns = [
    path("rueckmeldung/danke/", feedback.thanks, name="feedback_thanks"),
    path("rueckmeldung/<str:token>/", feedback.ask, name="feedback"),
]
