"""Under /kennzeichnung/: the public check, and what finders write."""

from django.urls import path

from assetmarking.views import checking, finds

urlpatterns = [
    path("pruefen/", checking.check, name="check"),
    path("firma/<int:firm_pk>/fundmeldungen/", finds.finds, name="finds"),
    path("fundmeldung/<int:pk>/", finds.find, name="find"),
    path("fundmeldung/<int:pk>/beenden/", finds.end, name="find_end"),
]
