"""Under /kennzeichnung/: things of a firm, recorded, changed, lent, handed over."""

from django.urls import path

from assetmarking.views import thing_marks, thing_states, things, transfers

urlpatterns = [
    path("", things.start, name="start"),
    path("uebergabe/<str:token>/", transfers.offer, name="transfer_offer"),
    path("uebergabe/<str:token>/ablehnen/", transfers.decline, name="transfer_decline"),
    path("firma/<int:firm_pk>/", things.things, name="things"),
    path("firma/<int:firm_pk>/neu/", things.new, name="new"),
    path("geraet/<str:reference>/", things.thing, name="thing"),
    path("geraet/<str:reference>/aendern/", things.edit, name="edit"),
    path("geraet/<str:reference>/loeschen/", things.delete, name="delete"),
    path("geraet/<str:reference>/fotos/", things.photos, name="photos"),
    path("geraet/<str:reference>/kennzeichen/neu/", thing_marks.mark_new, name="mark_new"),
    path("geraet/<str:reference>/kennzeichen/<int:pk>/", thing_marks.mark_remove, name="mark_remove"),
    path("geraet/<str:reference>/kaufbeleg/", thing_marks.receipt, name="receipt"),
    path("geraet/<str:reference>/kaufbeleg/datei/", thing_marks.receipt_file, name="receipt_file"),
    path("geraet/<str:reference>/kaufbeleg/entfernen/", thing_marks.receipt_remove, name="receipt_remove"),
    path("geraet/<str:reference>/verleihen/", thing_states.lend, name="lend"),
    path("geraet/<str:reference>/in-gebrauch/", thing_states.take_back, name="take_back"),
    path("geraet/<str:reference>/ausmustern/", thing_states.retire, name="retire"),
    path("geraet/<str:reference>/doch-da/", thing_states.undo_retirement, name="undo_retirement"),
    path("geraet/<str:reference>/uebergeben/", thing_states.transfer, name="transfer"),
    path("geraet/<str:reference>/angebot/", thing_states.withdraw_offer, name="withdraw_offer"),
]
