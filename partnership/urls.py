"""Every address. Public pages also stand under /en/; workplaces are German only."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from consultations.views import account, feeds, start
from partnership.views import frame, own_data, own_erasure
from partnership.views.publications import public as publications

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Sicherheitspartnerschaft: Technik"

urlpatterns = [
    path(".well-known/security.txt", frame.security_txt, name="security_txt"),
    path("technik/", admin.site.urls),
    path("arbeitsplatz/verwaltung/", include("partnership.administration_urls")),
    path("arbeitsplatz/", include("partnership.workplace_urls")),
    path("arbeitsplatz/", include("consultations.workplace_urls")),
    path("arbeitsplatz/foren/", include("forums.workplace_urls")),
    path("arbeitsplatz/fahndung/", include("assetmarking.search_urls")),
    path("arbeitsplatz/diebstaehle/", include("assetmarking.theft_desk_urls")),
    path("arbeitsplatz/machbarkeit/", include("assetmarking.pilot_urls")),
    path("kalender/<str:token>.ics", feeds.feed, name="calendar_feed"),
    path("foto/", include("partnership.photo_urls")),
    path("K/<str:code>", RedirectView.as_view(pattern_name="finder:label")),
    path("broschueren/<slug:slug>.pdf", publications.brochure_pdf, name="brochure_pdf"),
    *i18n_patterns(
        path("", start.start, name="start"),
        path("impressum/", frame.imprint, name="imprint"),
        path("datenschutz/", frame.privacy, name="privacy"),
        path("barrierefreiheit/", frame.accessibility, name="accessibility"),
        path("kontakt/", frame.contact, name="contact"),
        path("broschueren/", publications.brochures, name="brochures"),
        path("broschueren/<slug:slug>/", publications.brochure, name="brochure"),
        path("beratung/", include("consultations.urls")),
        path("foren/", include("forums.urls")),
        path("nachweis/", include("forums.certificate_urls")),
        path("kennzeichnung/", include("assetmarking.urls")),
        path("k/", include("assetmarking.finder_urls")),
        path("konto/", account.home, name="account_home"),
        path("konto/foren/", include("forums.account_urls")),
        path("konto/kalender/", feeds.own_feeds, name="account_feeds"),
        path("konto/termine/", include("consultations.account_urls")),
        path("konto/berichte/", include("consultations.own_report_urls")),
        path("konto/besuche/", include("consultations.visit_account_urls")),
        path("konto/firma/", include("partnership.own_firm_urls")),
        path("konto/daten/", own_data.own_data, name="account_data"),
        path("konto/loeschen/", own_erasure.erasure, name="account_erasure"),
        path("konto/loeschen/zuruecknehmen/", own_erasure.withdraw, name="account_erasure_withdraw"),
        path("konto/", include("partnership.account_urls")),
        prefix_default_language=False,
    ),
]
handler400 = "partnership.views.errors.bad_request"
handler500 = "partnership.views.errors.server_error"
