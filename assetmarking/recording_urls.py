from django.http import HttpResponse
from django.urls import path


def stub(request, **k):
    return HttpResponse("stub")


urlpatterns = [
    path("firma/<int:firm_pk>/", stub, name="things"),
    path("firma/<int:firm_pk>/neu/", stub, name="new"),
    path("geraet/<str:reference>/", stub, name="thing"),
]
