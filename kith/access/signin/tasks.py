"""Jobs of the door."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import task

from kith.access.signin import throttle


@task()
def forget_what_is_over() -> None:
    """Drop sessions whose time is over and counts of tries that no longer matter. Neither tells anything of anyone."""
    SessionStore.clear_expired()
    throttle.forget_old(at=timezone.now())
