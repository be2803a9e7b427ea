"""Addresses of pages about who works with a child."""

from django.urls import path

from kith.people.involvement import views

urlpatterns = [
    path("files/<uuid:ref>/workers/", views.workers, name="workers"),
    path("files/<uuid:ref>/workers/new/", views.worker_new, name="worker-new"),
    path("files/<uuid:ref>/workers/end/", views.worker_end, name="worker-end"),
    path("files/<uuid:ref>/workers/bar/", views.worker_bar, name="worker-bar"),
]
