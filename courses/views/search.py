from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import searching
from lms.kit.searching import words_of

PAGE = 10


@login_required
@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """/belajar/cari/?q=: what she may read, open or closed, by its words."""
    query = request.GET.get("q", "")
    words = words_of(query)
    page = Paginator(searching.find(request.user, words), PAGE).get_page(request.GET.get("hal"))
    hits = searching.with_excerpts(list(page.object_list), words)
    return render(request, "courses/search.html", {"query": query, "words": words, "page": page, "hits": hits})
