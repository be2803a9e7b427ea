"""The address of a family's timeline."""

from django.urls import path

from kith.desk.timeline import views

urlpatterns = [path("families/<uuid:ref>/timeline/", views.timeline, name="timeline")]
