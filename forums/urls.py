"""Under /foren/: what everybody sees, and what a mail's link leads to."""

from forums import (
    calendar_urls,
    feedback_urls,
    invitation_urls,
    material_urls,
    own_certificate_urls,
    registering_urls,
    ticket_urls,
    waiting_urls,
)

app_name = "forums"

urlpatterns = [
    *registering_urls.urlpatterns,
    *invitation_urls.urlpatterns,
    *waiting_urls.urlpatterns,
    *ticket_urls.urlpatterns,
    *own_certificate_urls.urlpatterns,
    *material_urls.urlpatterns,
    *feedback_urls.urlpatterns,
    *calendar_urls.urlpatterns,
]
