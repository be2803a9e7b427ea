"""The address of a worry's thread: that of any version of its entry."""

from django.urls import path

from kith.desk.thread import views

urlpatterns = [path("worries/<uuid:ref>/thread/", views.thread, name="thread")]
