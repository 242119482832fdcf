"""Under /arbeitsplatz/: what every post has."""

from django.urls import include, path

from partnership.views import log, partners, workplace

app_name = "workplace"

urlpatterns = [
    path("", workplace.home, name="home"),
    path("partner/", partners.partners, name="partners"),
    path("protokoll/", log.log, name="log"),
    path("verwaltung/zweiter-faktor/", include("partnership.second_factor_reset_urls")),
]
