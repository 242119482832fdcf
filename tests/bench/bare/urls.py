from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("", views.times),
    path("waehlen/", views.hold),
    path("angaben/", views.details),
    path("pruefen/", views.check),
    path("gesendet/", views.sent),
    path("eine-zeile/", views.one_row),
]
