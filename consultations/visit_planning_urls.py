"""Planning visits; `workplace_urls` takes it into its namespace, before the pages of single requests."""

from django.urls import path

from consultations.views import visit_planning, visit_travel

urlpatterns = [
    path("besuche/fahrzeiten/", visit_travel.travel, name="travel"),
    path("besuche/fahrzeiten/<int:pk>/", visit_travel.travel_of, name="travel_of"),
    path("besuche/<str:reference>/planen/", visit_planning.plan, name="visit_plan"),
    path(
        "besuche/<str:reference>/planen/zuruecknehmen/",
        visit_planning.withdraw,
        name="visit_times_withdraw",
    ),
    path("besuche/<str:reference>/planen/absagen/", visit_planning.cancel, name="visit_cancel"),
    path("besuche/<str:reference>/planen/uebergeben/", visit_planning.hand_over, name="visit_hand_over"),
]
