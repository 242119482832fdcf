from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

from partnership.current import current_partnership
from partnership.rules import posts_for
from partnership.times import current_language
from partnership.workplace_nav import menu_for


def frame(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page shows. Nothing here asks the database before a template wants it."""
    language = current_language()
    other = "de" if language == "en" else "en"
    return {
        "partnership": SimpleLazyObject(lambda: current_partnership(request)),
        "demo": settings.DEMO,
        "posts": SimpleLazyObject(lambda: posts_for(request)),
        "workplace_menu": SimpleLazyObject(lambda: menu_for(request)),
        "language": language,
        "other_language_url": lambda: translate_url(request.get_full_path(), other),
    }
