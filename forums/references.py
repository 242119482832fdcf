"""Numbers of events, registrations and tickets; `seats.takes_places` draws again what is taken."""

from partnership.codes import draw_code


def draw_event_reference() -> str:
    """F for Forum."""
    return f"F-{draw_code()}"


def draw_registration_reference() -> str:
    """A for Anmeldung."""
    return f"A-{draw_code()}"


def draw_ticket() -> str:
    """Ten characters: typed at the door, and too many to guess."""
    return draw_code(10)
