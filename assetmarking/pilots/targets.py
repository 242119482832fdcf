"""What was to be reached beside what was reached. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assetmarking.models import Pilot
from assetmarking.pilots.figures import Figures
from assetmarking.pilots.words import decimal_words
from partnership.small_numbers import Count


@dataclass(frozen=True, slots=True)
class Reached:
    """`is_met` is None while what is shown leaves it open."""

    words: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Target:
    label: str
    wanted: str
    reached: list[Reached]
    """By each of the figures that it is held against."""


def targets_of(pilot: Pilot, *figures: Figures) -> list[Target]:
    found = []
    if pilot.target_recorded is not None:
        found.append(_at_least(_("Geräte erfasst"), pilot.target_recorded, "recorded", figures))
    if pilot.target_marked is not None:
        shares = [_share(pilot.target_marked, one.percent_marked) for one in figures]
        words = _("mindestens %(percent)d %%") % {"percent": pilot.target_marked}
        found.append(Target(_("davon gekennzeichnet"), words, shares))
    if pilot.target_hours is not None:
        wanted = pilot.target_hours
        words = _("höchstens %(hours)s") % {"hours": decimal_words(wanted, places=2)}
        hours = [one.hours_per_mark for one in figures]
        reached = [
            Reached("–", None) if each is None else Reached(decimal_words(each, places=2), each <= wanted)
            for each in hours
        ]
        found.append(Target(_("Stunden je gekennzeichnetem Gerät"), words, reached))
    if pilot.target_returned is not None:
        found.append(_at_least(_("Gestohlenes zurückgegeben"), pilot.target_returned, "returned", figures))
    return found


def _at_least(label: str, wanted: int, key: str, figures: tuple[Figures, ...]) -> Target:
    words = _("mindestens %(number)d") % {"number": wanted}
    return Target(label, words, [_count(wanted, one.counts.get(key)) for one in figures])


def _count(wanted: int, count: Count | None) -> Reached:
    if count is None:
        return Reached("–", None)
    is_met = count.low >= wanted
    return Reached(str(count), is_met if is_met or count.high < wanted else None)


def _share(wanted: int, percent: int | None) -> Reached:
    if percent is None:
        return Reached("–", None)
    return Reached(_("%(percent)d %%") % {"percent": percent}, percent >= wanted)
