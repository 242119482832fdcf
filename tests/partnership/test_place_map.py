"""The sketch of places: where dots and names go."""

from partnership.place_map import LARGE, SMALL, Spot, draw_places

LEIPZIG = Spot("Leipzig", 51.34, 12.37, is_main=True)
GRIMMA = Spot("Grimma", 51.24, 12.73)
TORGAU = Spot("Torgau", 51.56, 13.01)
BORNA = Spot("Borna", 51.12, 12.50)


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw_places([LEIPZIG, GRIMMA, TORGAU, BORNA])
    assert drawn
    marks = {mark.name: mark for mark in drawn.marks}
    assert marks["Torgau"].y < marks["Leipzig"].y < marks["Grimma"].y < marks["Borna"].y
    assert marks["Leipzig"].x < marks["Borna"].x < marks["Grimma"].x < marks["Torgau"].x


def test_everything_stays_inside() -> None:
    for size in (LARGE, SMALL):
        drawn = draw_places([LEIPZIG, GRIMMA, TORGAU, BORNA], size)
        assert drawn
        for mark in drawn.marks:
            assert 0 < mark.x < drawn.width
            assert 0 < mark.y < drawn.height


def test_a_name_that_would_leave_the_drawing_stands_at_the_left() -> None:
    drawn = draw_places([LEIPZIG, Spot("Langenleuba-Niederhain", 51.0, 13.2)])
    assert drawn
    assert {mark.name: mark.anchor for mark in drawn.marks} == {
        "Leipzig": "start",
        "Langenleuba-Niederhain": "end",
    }


def test_names_of_neighbours_do_not_cover_each_other() -> None:
    drawn = draw_places([LEIPZIG, Spot("Markkleeberg", 51.335, 12.372), TORGAU])
    assert drawn
    texts = {mark.name: mark.text_y for mark in drawn.marks}
    assert abs(texts["Leipzig"] - texts["Markkleeberg"]) >= 24


def test_the_scale_has_a_round_length() -> None:
    drawn = draw_places([LEIPZIG, TORGAU])
    assert drawn
    assert drawn.scale_km in (1, 2, 5, 10, 20, 50)
    assert 0 < drawn.scale_pixels <= drawn.width / 3


def test_a_single_place_needs_no_map() -> None:
    assert draw_places([LEIPZIG]) is None
