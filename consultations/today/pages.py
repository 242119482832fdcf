from django.urls import NoReverseMatch, reverse


def page_if_any(name: str, *args: str) -> str:
    """Empty where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
