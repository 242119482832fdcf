import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from partnership.rules import needs_second_factor
from partnership.second_factor import FACTOR_LASTS, WANTS_FACTOR, factors_of
from partnership.views.own_pages import person_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def after_confirming(view: View[P]) -> View[P]:
    """Only for who has signed in or confirmed within five minutes that it is really them."""
    return cast(View[P], reauthentication_required(app="partnership")(view))


def after_second_factor(view: View[P]) -> View[P]:
    """Only for who, in post, has entered a second factor within half an hour.

    What was posted waits in the session and is posted once the factor is entered. Signing in with it counts.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _is_factor_recent(request):
            request.session.pop(WANTS_FACTOR, None)
            return view(request, *args, **kwargs)
        request.session[WANTS_FACTOR] = True
        has_app = factors_of(person_of(request)).filter(type=Authenticator.Type.TOTP).exists()
        page = "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
        return cast(HttpResponse, suspend_request(request, reverse(page)))

    return cast(View[P], checked)


def _is_factor_recent(request: HttpRequest) -> bool:
    person = person_of(request)
    if not needs_second_factor(person, has_posts=True):
        return True
    entered = [
        record["at"] for record in get_authentication_records(request, person) if record["method"] == "mfa"
    ]
    return bool(entered) and time.time() - max(entered) < FACTOR_LASTS
