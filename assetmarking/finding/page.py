"""Messages as the two sides read them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assetmarking.models import FinderThread
from partnership.times import long_moment


@dataclass(frozen=True, slots=True)
class Shown:
    who: str
    when: str
    text: str
    is_own: bool


def lay_out_messages(thread: FinderThread, *, for_owner: bool) -> list[Shown]:
    """The other side is called what it is: nobody's name is known here."""
    other = _("Finderin oder Finder") if for_owner else _("Betrieb, dem es gehört")
    return [
        Shown(
            _("Sie") if (is_own := message.is_from_owner == for_owner) else other,
            long_moment(message.sent_at),
            message.text,
            is_own,
        )
        for message in thread.messages.all()
    ]
