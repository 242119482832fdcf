"""Material of events."""

from django.urls import path

from forums.views import material_reading

urlpatterns = [
    path("unterlagen/<int:pk>/", material_reading.material, name="material"),
    path("anmeldung/<str:token>/unterlagen/", material_reading.own_list, name="own_materials"),
    path("anmeldung/<str:token>/unterlagen/<int:pk>/", material_reading.own_material, name="own_material"),
]
