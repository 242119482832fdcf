"""Under /kennzeichnung/: what a firm has, and what everybody may ask."""

from assetmarking import check_urls, importing_urls, label_urls, recording_urls, theft_urls

app_name = "assetmarking"

urlpatterns = [
    *check_urls.urlpatterns,
    *importing_urls.urlpatterns,
    *label_urls.urlpatterns,
    *theft_urls.urlpatterns,
    *recording_urls.urlpatterns,
]
