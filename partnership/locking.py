"""Transactions that wait for each other: locks in one order, constraints, one more try after a deadlock."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model

DEADLOCK = "40P01"
ATTEMPTS = 3

P = ParamSpec("P")
R = TypeVar("R")


def transaction_tried_again(
    *, drawn: Collection[str], refuse: Callable[[IntegrityError], None]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator: one transaction, tried again after a deadlock and when a number was drawn twice.

    `drawn` names the constraints that keep drawn numbers apart; `refuse` turns the error of any other into
    a sentence, or raises it.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
            for remaining in reversed(range(ATTEMPTS)):
                try:
                    with transaction.atomic():
                        return function(*args, **kwargs)
                except IntegrityError as error:
                    if constraint_of(error) not in drawn or not remaining:
                        refuse(error)
                except OperationalError as error:
                    if sqlstate_of(error) != DEADLOCK or not remaining:
                        raise
            raise AssertionError("unreachable")

        return attempt

    return decorate


def constraint_of(error: IntegrityError) -> str:
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""


def sqlstate_of(error: OperationalError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def lock_rows(model: type[Model], keys: Iterable[int]) -> None:
    """In id order, so that two who lock the same rows do not wait for each other in a circle."""
    if wanted := set(keys):
        rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=wanted)
        list(rows.order_by("pk").values_list("pk"))
