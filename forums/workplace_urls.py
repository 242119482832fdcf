"""Under /arbeitsplatz/foren/: events, for desks and coordinators, and for whoever stands at the door."""

from forums import (
    certificate_desk_urls,
    desk_urls,
    door_urls,
    editing_urls,
    feedback_desk_urls,
    material_desk_urls,
    plan_urls,
    waiting_desk_urls,
)

app_name = "events"

urlpatterns = [
    *plan_urls.urlpatterns,
    *editing_urls.urlpatterns,
    *desk_urls.urlpatterns,
    *waiting_desk_urls.urlpatterns,
    *door_urls.urlpatterns,
    *certificate_desk_urls.urlpatterns,
    *material_desk_urls.urlpatterns,
    *feedback_desk_urls.urlpatterns,
]
