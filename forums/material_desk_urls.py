"""Material, for those who publish it."""

from django.urls import path

from forums.views import materials

urlpatterns = [
    path("<str:reference>/unterlagen/", materials.materials, name="materials"),
    path("<str:reference>/unterlagen/datei/", materials.add_file, name="material_add_file"),
    path("<str:reference>/unterlagen/broschuere/", materials.add_brochure, name="material_add_brochure"),
    path("<str:reference>/unterlagen/seite/", materials.add_page, name="material_add_page"),
    path("<str:reference>/unterlagen/hinweisen/", materials.tell, name="materials_tell"),
    path("<str:reference>/unterlagen/<int:pk>/", materials.change, name="material_change"),
    path("<str:reference>/unterlagen/<int:pk>/entfernen/", materials.remove, name="material_remove"),
]
