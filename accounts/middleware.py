"""Pages of an account are kept by nobody; officers and superusers need a second factor before they see any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import middleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers

# What setting it up, and leaving, takes.
OPEN_PAGES = frozenset(
    {
        "account_logout",
        "account_email",
        "account_confirm_email",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "healthz",
    }
)


ACCOUNT_PAGES = "/akun/"


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Django's, which asks for the person even where the view is open to all: a page that needs nobody reads nobody."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class PrivatePagesMiddleware:
    """No browser and no proxy keeps a page about an account; allauth says so of its forms for visitors alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(ACCOUNT_PAGES):
            add_never_cache_headers(response)
        return response


class SecondFactorMiddleware:
    """Required by settings.REQUIRE_SECOND_FACTOR; `request.needs_second_factor` tells the set-up page to say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_SECOND_FACTOR and lacks_second_factor(request):
            request.needs_second_factor = True  # type: ignore[attr-defined]  # read by a template
            if page_name(request) not in OPEN_PAGES:
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this is staff without one. The session knows how somebody signed in, so mostly without a query."""
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return False
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
        return False
    return not is_mfa_enabled(user)


def page_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
