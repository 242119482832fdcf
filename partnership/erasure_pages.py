"""Requests for erasure as ready strings: for who asked, and for who decides."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.erasing import due_on
from partnership.models import ErasurePart, ErasureRequest, ErasureState
from partnership.times import berlin_day, long_date, numeric_date, short_moment

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class OwnPart:
    controller: str
    is_account: bool
    state: str
    state_word: str
    answer: str
    decided: str


@dataclass(frozen=True, slots=True)
class OwnRequest:
    asked: str
    due: str
    is_open: bool
    was_withdrawn: bool
    can_withdraw: bool
    parts: list[OwnPart]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A line of the list; `urgency` is a badge's kind, `due_words` what it says."""

    key: int
    who: str
    controller: str
    asked: str
    due: str
    due_words: str
    urgency: str
    state_word: str
    is_open: bool


def lay_out_own_request(request: ErasureRequest) -> OwnRequest:
    parts = list(request.parts.select_related("organisation", "partnership"))
    is_open = request.state == ErasureState.OPEN
    return OwnRequest(
        asked=long_date(berlin_day(request.asked_at)),
        due=long_date(due_on(request)),
        is_open=is_open,
        was_withdrawn=request.state == ErasureState.WITHDRAWN,
        can_withdraw=is_open and all(part.state == ErasureState.OPEN for part in parts),
        parts=[
            OwnPart(
                controller=part.controller,
                is_account=part.partnership_id is not None,
                state=part.state,
                state_word=str(part.get_state_display()),
                answer=part.answer,
                decided=long_date(berlin_day(part.decided_at)) if part.decided_at else "",
            )
            for part in parts
        ],
    )


def lay_out_parts(parts: Collection[ErasurePart], *, today: datetime.date) -> list[PartRow]:
    return [_row(part, today=today) for part in parts]


def _row(part: ErasurePart, *, today: datetime.date) -> PartRow:
    due = due_on(part.request)
    is_open = part.state == ErasureState.OPEN
    words, urgency = _urgency((due - today).days) if is_open else ("", "")
    person = part.request.person
    return PartRow(
        key=part.pk,
        who=(person.name or person.email) if person else _("gelöschte Person"),
        controller=part.organisation.short_name if part.organisation else _("Konto"),
        asked=short_moment(part.request.asked_at),
        due=numeric_date(due),
        due_words=words,
        urgency=urgency,
        state_word=str(part.get_state_display()),
        is_open=is_open,
    )


def _urgency(days: int) -> tuple[str, str]:
    if days < 0:
        late = ngettext("seit %(count)d Tag überfällig", "seit %(count)d Tagen überfällig", -days)
        return late % {"count": -days}, "danger"
    if days == 0:
        return _("heute fällig"), "warning"
    left = ngettext("noch %(count)d Tag", "noch %(count)d Tage", days) % {"count": days}
    return left, "warning" if days <= SOON_DAYS else "info"
