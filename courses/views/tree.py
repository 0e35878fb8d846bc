"""The two pages of the tree that other addresses speak for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page


def to_front(request: HttpRequest, page: Page) -> HttpResponse:
    return redirect("/")


def to_desk(request: HttpRequest, page: Page) -> HttpResponse:
    return redirect("courses:desk")
