"""Under /arbeitsplatz/: what every post has."""

from django.urls import include, path

from partnership.views import erasures, log, operations, partners, workplace

app_name = "workplace"

urlpatterns = [
    path("", workplace.home, name="home"),
    path("partner/", partners.partners, name="partners"),
    path("protokoll/", log.log, name="log"),
    path("betrieb/", operations.operations, name="operations"),
    path("betrieb/senden/", operations.try_mails, name="operations_try_mails"),
    path("verwaltung/zweiter-faktor/", include("partnership.second_factor_reset_urls")),
    path("loeschbegehren/", erasures.erasures, name="erasures"),
    path("loeschbegehren/<int:pk>/", erasures.erasure, name="erasure"),
    path("loeschbegehren/<int:pk>/loeschen/", erasures.carry_out, name="erasure_carry_out"),
    path("loeschbegehren/<int:pk>/ablehnen/", erasures.refuse, name="erasure_refuse"),
]
