from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def after_confirming(view: View[P]) -> View[P]:
    """Only for who has signed in or confirmed within five minutes that it is really them."""
    return cast(View[P], reauthentication_required(app="partnership")(view))
