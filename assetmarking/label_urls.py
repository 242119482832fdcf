"""Under /kennzeichnung/: labels, and help with codes."""

from django.urls import path

from assetmarking.views import adopting, ein, label_setup, labels

urlpatterns = [
    path("ein/", ein.ein, name="ein"),
    path("firma/<int:firm_pk>/etiketten/", labels.labels, name="labels"),
    path("firma/<int:firm_pk>/etiketten/vorrat/", labels.in_advance, name="labels_in_advance"),
    path("firma/<int:firm_pk>/etiketten/geraete/", labels.for_things, name="labels_for_things"),
    path("firma/<int:firm_pk>/etiketten/formate/neu/", label_setup.new_format, name="label_format_new"),
    path("firma/<int:firm_pk>/etiketten/drucker/neu/", label_setup.new_printer, name="printer_new"),
    path("firma/<int:firm_pk>/etiketten/testbogen.pdf", label_setup.test_sheet, name="label_test_sheet"),
    path("etiketten/<int:pk>.pdf", labels.pdf, name="label_pdf"),
    path("etiketten/<int:pk>/", labels.sheet, name="label_sheet"),
    path("etiketten/<int:pk>/noch-einmal/", labels.print_again, name="label_print_again"),
    path("etiketten/formate/<int:pk>/", label_setup.change_format, name="label_format"),
    path("etiketten/formate/<int:pk>/entfernen/", label_setup.remove_format, name="label_format_remove"),
    path("etiketten/drucker/<int:pk>/entfernen/", label_setup.remove_printer, name="printer_remove"),
    path("etikett/<str:code>/", adopting.adopt, name="adopt"),
    path("etikett/<str:code>/anbringen/", adopting.stick, name="stick"),
    path("geraet/<str:reference>/etiketten/", labels.of_thing, name="thing_labels"),
]
