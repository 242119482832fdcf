"""Under /arbeitsplatz/fahndung/: police look numbers up."""

from django.urls import path, re_path

from assetmarking.views import later_hits, search_settings, searching

app_name = "search"

urlpatterns = [
    path("", searching.search, name="search"),
    path("einstellung/", search_settings.search_settings, name="settings"),
    path("treffer/", later_hits.hits, name="hits"),
    path("treffer/<int:pk>/erledigt/", later_hits.hit_done, name="hit_done"),
    path("<int:pk>/", searching.results, name="results"),
    re_path(
        r"^(?P<pk>[0-9]{1,12})/abfrage\.(?P<suffix>csv|xlsx)$", searching.results_file, name="results_file"
    ),
    path("<int:pk>/geraet/<str:reference>/", searching.owner, name="owner"),
    path("<int:pk>/geraet/<str:reference>/fotos/", searching.photos, name="photos"),
]
