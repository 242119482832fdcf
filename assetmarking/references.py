"""Numbers of things and reports."""

from partnership.codes import draw_code


def draw_asset_reference() -> str:
    """G for Gerät."""
    return f"G-{draw_code(7)}"


def draw_theft_reference() -> str:
    """D for Diebstahl."""
    return f"D-{draw_code()}"


def draw_campaign_code() -> str:
    """K for Kennzeichnungsaktion."""
    return f"K-{draw_code()}"
