from django.http import HttpResponse
from django.urls import path


def stub(request, **k):
    return HttpResponse("stub")


app_name = "finder"
urlpatterns = [path("<str:code>", stub, name="label")]
