"""Under /beratung/vor-ort/: asking for a visit, and the request's pages behind the links of mails."""

from django.urls import path

from consultations.views import visit_asking, visit_own, visit_times

urlpatterns = [
    path("vor-ort/", visit_asking.place, name="visit_ask"),
    path("vor-ort/angaben/", visit_asking.details, name="visit_details"),
    path("vor-ort/pruefen/", visit_asking.check, name="visit_check"),
    path("vor-ort/gesendet/", visit_asking.sent, name="visit_sent"),
    path("vor-ort/gesendet/fotos/", visit_asking.sent_photos, name="visit_sent_photos"),
    path("vor-ort/bestaetigen/<str:token>/", visit_own.confirm, name="visit_confirm"),
    path("vor-ort/zeiten/<str:token>/", visit_times.link_times, name="visit_times"),
    path("vor-ort/anfrage/<str:token>/", visit_own.link_page, name="visit_request"),
    path("vor-ort/anfrage/<str:token>/fotos/", visit_own.link_photos, name="visit_photos"),
    path("vor-ort/anfrage/<str:token>/wuensche/", visit_own.link_wishes, name="visit_wishes"),
    path("vor-ort/anfrage/<str:token>/zurueckziehen/", visit_own.link_withdraw, name="visit_withdraw"),
    path(
        "vor-ort/anfrage/<str:token>/nicht-kurzfristig/",
        visit_own.link_no_short_notice,
        name="visit_no_short_notice",
    ),
]
