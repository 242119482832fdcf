"""The people of the demo, so that whoever opens it can try it."""

from dataclasses import dataclass

from django import template
from django.conf import settings

register = template.Library()


@dataclass(frozen=True, slots=True)
class DemoSignIns:
    """`addresses`: e-mail address and who it is."""

    password: str
    addresses: list[tuple[str, str]]


@register.simple_tag
def demo_sign_ins() -> DemoSignIns | None:
    """None outside the demo, which alone has the packages behind `partnership.demo`."""
    if not settings.DEMO:
        return None
    from partnership.demo.tree import PASSWORD, SIGN_INS

    return DemoSignIns(PASSWORD, [(f"{name}@demo.example", who) for name, who in SIGN_INS.items()])
