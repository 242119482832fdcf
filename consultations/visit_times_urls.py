"""The firm's answer to offered times; `urls` takes it into its namespace."""

from django.urls import path

from consultations.views import visit_times

urlpatterns = [
    path("vor-ort/zeiten/<str:token>/", visit_times.times, name="visit_times"),
    path("vor-ort/zeiten/<str:token>/abmelden/", visit_times.stop, name="visit_times_stop"),
]
