from django.urls import path

from consultations import visit_asking_urls
from consultations.views import (
    links,
    offices,
    report_links,
    satisfaction,
    times,
    visit_uptake,
    waiting,
    wizard,
)

app_name = "consultations"

urlpatterns = [
    path("", times.times, name="times"),
    path("haus/<int:pk>/", offices.office, name="office"),
    path("waehlen/", times.hold, name="hold"),
    path("angaben/", wizard.details, name="details"),
    path("rueckfrage/", wizard.quick_check, name="quick_check"),
    path("pruefen/", wizard.check, name="check"),
    path("gesendet/", wizard.sent, name="sent"),
    path("bestaetigen/<str:token>/", links.confirm, name="confirm"),
    path("rueckmeldung/danke/", satisfaction.thanks, name="satisfaction_thanks"),
    path("rueckmeldung/<str:token>/", satisfaction.ask, name="satisfaction"),
    path("warteliste/", waiting.join, name="waiting_join"),
    path("warteliste/gesendet/", waiting.sent, name="waiting_sent"),
    path("warteliste/bestaetigen/<str:token>/", waiting.confirm, name="waiting_confirm"),
    path("warteliste/platz/<str:token>/", waiting.place, name="waiting"),
    path("warteliste/platz/<str:token>/abmelden/", waiting.leave, name="waiting_leave"),
    path("bericht/<str:token>/", report_links.report, name="report"),
    path("bericht/<str:token>/bericht.pdf", report_links.report_pdf, name="report_pdf"),
    path("umsetzung/<str:token>/", visit_uptake.uptake, name="uptake"),
    path("umsetzung/<str:token>/keine-fragen/", visit_uptake.quiet, name="uptake_quiet"),
    *visit_asking_urls.urlpatterns,
    path("termin/<str:token>/", links.appointment, name="appointment"),
    path("termin/<str:token>/kalender.ics", links.calendar, name="appointment_calendar"),
    path("termin/<str:token>/verschieben/", links.move, name="move"),
    path("termin/<str:token>/absagen/", links.cancel, name="cancel"),
]
