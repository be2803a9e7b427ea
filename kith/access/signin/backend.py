"""How a session finds its account: with the work and clearances beside it, in one query."""

from django.contrib.auth.backends import ModelBackend

from kith.access.accounts.models import Account
from kith.access.accounts.queries import with_posts


class Accounts(ModelBackend):
    """Django's own check of a password; only the reading at the start of each request is ours."""

    def get_user(self, user_id: int) -> Account | None:
        """Give the account of a session, if it may still sign in."""
        account = with_posts(user_id)
        return account if account and self.user_can_authenticate(account) else None
