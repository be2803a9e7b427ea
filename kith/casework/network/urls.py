"""Addresses of the network. Somebody's place has the address of any version of its entry."""

from django.urls import path

from kith.casework.network import views

urlpatterns = [
    path("families/<uuid:ref>/network/", views.network, name="network"),
    path("families/<uuid:ref>/network/add/", views.member_new, name="network-add"),
    path("network/<uuid:ref>/", views.member, name="network-member"),
    path("network/<uuid:ref>/change/", views.member_change, name="network-change"),
    path("network/<uuid:ref>/leave/", views.member_leave, name="network-leave"),
]
