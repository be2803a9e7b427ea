"""The council's own sign-in provider, if settings name one (OpenID Connect)."""

from typing import Any
from urllib.parse import urlsplit


def provider(issuer: str, client: str, secret: str, name: str) -> dict[str, Any]:
    """Lay out what the sign-in library needs to know of one provider; nothing when none is named."""
    if not (issuer and client):
        return {}
    app = {
        "provider_id": "council",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def provider_origins(providers: dict[str, Any]) -> list[str]:
    """Give the origins a form may lead to on its way to the provider, for the content security policy."""
    apps = providers.get("openid_connect", {}).get("APPS", [])
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return [f"{part.scheme}://{part.netloc}" for part in parts]
