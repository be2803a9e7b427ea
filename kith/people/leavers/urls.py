"""Addresses of somebody's last day, and of the children who wait for another worker."""

from django.urls import path

from kith.people.leavers import views

urlpatterns = [
    path("accounts/<uuid:ref>/leave/", views.account_leave, name="account-leave"),
    path("without-a-worker/", views.without_worker, name="without-worker"),
]
