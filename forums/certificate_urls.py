"""Under /nachweis/: whoever holds a certificate in hand looks whether it is true."""

from django.urls import URLPattern

app_name = "certificates"

urlpatterns: list[URLPattern] = []
