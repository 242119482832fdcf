"""Under /arbeitsplatz/: what every post has."""

from django.urls import include, path, re_path

from partnership.views import erasures, log, lookups, operations, partners, retention, workplace

app_name = "workplace"

urlpatterns = [
    path("", workplace.home, name="home"),
    path("partner/", partners.partners, name="partners"),
    path("protokoll/", log.log, name="log"),
    path("abrufe/", lookups.lookups, name="lookups"),
    re_path(r"^abrufe/abrufprotokoll\.(?P<suffix>csv|xlsx)$", lookups.lookups_file, name="lookups_file"),
    path("betrieb/", operations.operations, name="operations"),
    path("betrieb/senden/", operations.try_mails, name="operations_try_mails"),
    path("verwaltung/zweiter-faktor/", include("partnership.second_factor_reset_urls")),
    path("loeschungen/", retention.retention, name="retention"),
    path("loeschungen/loeschungen.csv", retention.retention_csv, name="retention_csv"),
    path("aufbewahren/<int:pk>/aufheben/", retention.hold_end, name="hold_end"),
    path("aufbewahren/<slug:slug>/<int:pk>/", retention.hold, name="hold"),
    path("loeschbegehren/", erasures.erasures, name="erasures"),
    path("loeschbegehren/<int:pk>/", erasures.erasure, name="erasure"),
    path("loeschbegehren/<int:pk>/loeschen/", erasures.carry_out, name="erasure_carry_out"),
    path("loeschbegehren/<int:pk>/ablehnen/", erasures.refuse, name="erasure_refuse"),
]
