from django import template
from django.utils.html import format_html

from partnership.phone_numbers import dialled

register = template.Library()


@register.filter
def phone_link(number: str) -> str:
    """A number to tap on a phone; as it is where it cannot be dialled."""
    digits = dialled(number)
    return format_html('<a class="phone" href="tel:{}">{}</a>', digits, number) if digits else number
