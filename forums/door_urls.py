"""At the door."""

from django.urls import path

from forums.views import check_in, door

urlpatterns = [
    path("einlass/<str:ticket>/", check_in.check_in, name="check_in"),
    path("einlass/<str:ticket>/platz/", check_in.let_in, name="let_in"),
    path("einlass/<str:ticket>/zurueck/", check_in.undo, name="undo_check_in"),
    path("<str:reference>/einlass/", door.door, name="door"),
    path("<str:reference>/einlass/da/", door.admit, name="admit"),
    path("<str:reference>/einlass/zurueck/", door.undo, name="undo_attendance"),
    path("<str:reference>/einlass/ohne-anmeldung/", door.walk_in, name="walk_in"),
    path("<str:reference>/einlass/namensschilder.pdf", door.badges, name="badges"),
    path("<str:reference>/einlass/liste.pdf", door.door_list, name="door_list"),
]
