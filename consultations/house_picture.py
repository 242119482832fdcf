"""Where the bars stand in the pictures of how full houses are. Widths are in percent. Pure."""

from dataclasses import dataclass

from consultations.house_loads import HouseSpan, HousesWeek, Load

HEAD = 28
"""Pixels for the days' names."""
ROW = 80
NAME = 30
"""Pixels of a row that its name takes."""
GAP = 1.0
"""Percent between two bars."""
SUM_SHARE = 1.2
"""The column of sums is so much wider than a day's."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A frame for all times and, in it, what is taken; ready percentages and pixels."""

    x: str
    y: int
    width: str
    taken: str
    words: str
    is_full: bool
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class PictureRow:
    y: int
    name: str
    key: int
    label: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Head:
    """Where there is no room, only the title shows."""

    x: str
    title: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class HousesPicture:
    height: int
    heads: list[Head]
    rows: list[PictureRow]


def draw_houses(week: HousesWeek, sum_title: str) -> HousesPicture:
    share = 100 / (len(week.days) + SUM_SHARE)
    heads = [Head(_percent(number * share), *title.split(" ")) for number, title in enumerate(week.titles)]
    heads.append(Head(_percent(len(week.days) * share), sum_title))
    rows = []
    for number, house in enumerate(week.houses):
        y = HEAD + number * ROW
        bars = [
            _bar(place * share, y + NAME + 6, share - GAP, day.load, day.load.short or day.note)
            for place, day in enumerate(house.days)
            if day.load.total or day.note
        ]
        total = house.load
        if total.total:
            x, width = len(week.days) * share, share * SUM_SHARE
            bars.append(_bar(x, y + NAME + 6, width, total, f"{total.percent} %", is_sum=True))
        label = f"{house.office.name}: {total.words}"
        rows.append(PictureRow(y, house.office.name, house.office.pk, label, bars))
    return HousesPicture(HEAD + len(week.houses) * ROW, heads, rows)


def draw_spans(houses: list[HouseSpan]) -> HousesPicture:
    rows = []
    for number, house in enumerate(houses):
        y = number * ROW
        load = house.load
        bars = [_bar(0, y + NAME + 6, 100, load, f"{load.percent} %")] if load.total else []
        rows.append(
            PictureRow(y, house.office.name, house.office.pk, f"{house.office.name}: {load.words}", bars)
        )
    return HousesPicture(len(houses) * ROW, [], rows)


def _bar(x: float, y: int, width: float, load: Load, words: str, *, is_sum: bool = False) -> Bar:
    return Bar(
        x=_percent(x),
        y=y,
        width=_percent(width),
        taken=f"{load.percent}%",
        words=words,
        is_full=bool(load.total) and load.free == 0,
        is_sum=is_sum,
    )


def _percent(value: float) -> str:
    return f"{value:.2f}%"
