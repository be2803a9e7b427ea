"""The address of what a worker who takes over reads first."""

from django.urls import path

from kith.desk.handover import views

urlpatterns = [path("families/<uuid:ref>/handover/", views.handover, name="handover")]
