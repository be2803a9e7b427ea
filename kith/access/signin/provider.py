"""Signing in with the council's own provider (OpenID Connect), when settings name one.

The library may take an identity token unchecked when it came straight from the provider. Here its signature is
checked all the same, and it must speak of the same person as the provider's answer about them.
"""

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

from kith.access.edge import bare, reads, writes


class CheckedProvider(OpenIDConnectOAuth2Adapter):
    """The provider, with its tokens checked."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **named: Any) -> SocialLogin:
        """Take a sign-in only with an identity token, and only when both answers are about one person."""
        signed = named["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no identity token")
        identity = self._decode_id_token(app, signed)
        about = self._fetch_user_info(token.token)
        if identity["sub"] != about.get("sub"):
            raise OAuth2Error("two different people")
        both = {"userinfo": about, "id_token": identity}
        return self.get_provider().sociallogin_from_response(request, both)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        checked: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return checked


@writes
@bare
def leave_for(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider to sign in there."""
    return _through(OAuth2LoginView, request, provider_id)


@reads
@bare
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody back from the provider, and on to their second step."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(CheckedProvider(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
