from collections import Counter

from django import template

from consultations.week import Kind

register = template.Library()


@register.filter
def count_of(counts: Counter[Kind | int], kind: Kind | int) -> int:
    """A template cannot look up a key that it has in a variable."""
    return counts[kind]


@register.filter
def total_of(counts: Counter[Kind]) -> int:
    """Nor call a mapping's method: it takes `total` for a key."""
    return counts.total()
