"""Under /nachweis/: whoever holds a certificate in hand looks whether it is true; the own one to load."""

from django.urls import path

from forums.views import own_certificates, verifying

app_name = "certificates"

urlpatterns = [
    path("", verifying.find, name="find"),
    path("meine/<str:token>/", own_certificates.own, name="own"),
    path("meine/<str:token>/bescheinigung.pdf", own_certificates.own_pdf, name="own_pdf"),
    path("<str:number>/", verifying.verify, name="verify"),
]
