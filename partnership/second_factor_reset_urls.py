"""Under /arbeitsplatz/verwaltung/zweiter-faktor/."""

from django.urls import path

from partnership.views import second_factor_resets

urlpatterns = [
    path("", second_factor_resets.resets, name="second_factor_resets"),
    path("<int:pk>/bestaetigen/", second_factor_resets.confirm, name="second_factor_reset_confirm"),
    path("<int:pk>/zurueckziehen/", second_factor_resets.withdraw, name="second_factor_reset_withdraw"),
]
