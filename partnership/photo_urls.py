from django.urls import path

from partnership.views import photos

app_name = "photos"

urlpatterns = [
    path("<uuid:pk>/entfernen/", photos.remove, name="remove"),
    path("<uuid:pk>/<slug:size>/", photos.photo, name="photo"),
]
