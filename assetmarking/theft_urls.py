"""Under /kennzeichnung/: thefts that a firm reports, and equipment passports."""

from django.urls import path

from assetmarking.views import passports, theft_found, thefts

urlpatterns = [
    path("firma/<int:firm_pk>/diebstahl/", thefts.report_theft, name="report_theft"),
    path("firma/<int:firm_pk>/diebstaehle/", thefts.thefts, name="thefts"),
    path("firma/<int:firm_pk>/geraetepaesse/", passports.passports, name="passports"),
    path("firma/<int:firm_pk>/geraetepaesse.pdf", passports.passports_pdf, name="passports_pdf"),
    path("diebstahl/wieder-da/<str:token>/", theft_found.back, name="theft_back"),
    path("diebstahl/<str:reference>.pdf", thefts.theft_pdf, name="theft_pdf"),
    path("diebstahl/<str:reference>/", thefts.theft, name="theft"),
    path("diebstahl/<str:reference>/aendern/", thefts.change, name="theft_change"),
    path("diebstahl/<str:reference>/dazu/", thefts.add_things, name="theft_add"),
    path("diebstahl/<str:reference>/zurueckziehen/", thefts.withdraw, name="theft_withdraw"),
    path("geraet/<str:reference>/gestohlen/", thefts.report_stolen, name="report_stolen"),
    path("geraet/<str:reference>/wieder-da/", theft_found.found, name="found"),
    path("geraet/<str:reference>/zurueck/", theft_found.returned, name="returned"),
    path("geraet/<str:reference>/geraetepass.pdf", passports.passport, name="passport"),
]
