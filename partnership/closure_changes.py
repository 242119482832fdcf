"""What apps hold for the days on which a house is closed follows those days."""

from collections.abc import Callable

from partnership.models import OfficeClosure

ClosureChanged = Callable[[OfficeClosure], None]
"""A closure with its new days. What belongs to a removed one goes with its row."""
_hooks: list[ClosureChanged] = []


def when_closure_changes(hook: ClosureChanged) -> None:
    """Apps name in `ready()` what of theirs follows; it runs inside the change's transaction."""
    _hooks.append(hook)


def tell_closure_changed(closure: OfficeClosure) -> None:
    for hook in _hooks:
        hook(closure)
