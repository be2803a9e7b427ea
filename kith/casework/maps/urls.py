"""Addresses of the map. A thing on it has the address of any version of its entry."""

from django.urls import path

from kith.casework.maps import views
from kith.casework.maps.models import Kind

urlpatterns = [
    path("families/<uuid:ref>/map/", views.the_map, name="map"),
    path("families/<uuid:ref>/map/happened/", views.item_new, {"kind": Kind.HARM}, name="harm-new"),
    path("families/<uuid:ref>/map/harder/", views.item_new, {"kind": Kind.FACTOR}, name="factor-new"),
    path("families/<uuid:ref>/map/kept-safe/", views.item_new, {"kind": Kind.SAFETY}, name="safety-new"),
    path("families/<uuid:ref>/map/good/", views.item_new, {"kind": Kind.STRENGTH}, name="strength-new"),
    path("families/<uuid:ref>/map/hope/", views.item_new, {"kind": Kind.HOPE}, name="hope-new"),
    path("families/<uuid:ref>/map/step/", views.item_new, {"kind": Kind.STEP}, name="step-new"),
    path("families/<uuid:ref>/map/not-known/", views.item_new, {"kind": Kind.UNKNOWN}, name="unknown-new"),
    path("families/<uuid:ref>/map/wondering/", views.item_new, {"kind": Kind.WONDERING}, name="wondering-new"),
    path("families/<uuid:ref>/map/underneath/", views.item_new, {"kind": Kind.NEED}, name="need-new"),
    path("families/<uuid:ref>/map/bottom-line/", views.item_new, {"kind": Kind.BOTTOM}, name="bottom-line-new"),
    path("map/<uuid:ref>/", views.item, name="map-item"),
    path("map/<uuid:ref>/change/", views.item_change, name="map-change"),
    path("map/<uuid:ref>/end/", views.item_end, name="map-end"),
    path("map/<uuid:ref>/agree/", views.bottom_line, {"step": "agree"}, name="bottom-line-agree"),
    path("map/<uuid:ref>/tell/", views.bottom_line, {"step": "tell"}, name="bottom-line-tell"),
    path("map/<uuid:ref>/as-safety/", views.item_grow, name="map-grow"),
    path("map/<uuid:ref>/another-child/", views.harm_again, name="harm-again"),
]
