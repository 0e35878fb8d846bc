"""The addresses of the site: Indonesian, short, neutral (design.md 4)."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.kit import health, media
from lms.kit import views as kit_views
from lms.people.views import own

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", own.front, name="front"),
    path("akun/", include("allauth.urls")),
    path("keluar-cepat/", kit_views.quick_exit, name="quick_exit"),
    path("bantuan/", kit_views.help_page, name="help"),
    path("saya/", own.me, name="me"),
    path("saya/tentang/", own.profile, name="profile"),
    path("gaya/", kit_views.style_page, name="style_page"),
    path("sehat/hidup", health.alive, name="alive"),
    path("sehat/siap", health.ready, name="ready"),
    path("admin/login/", to_login),
    path("admin/password_reset/", to_login),
    # Before Wagtail's own: the later package wins, so our plainer words stand in the editor's scripts too.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "lms.kit"])),
    path("admin/", include(wagtailadmin_urls)),
    path("dokumen/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>images/.+)$", media.picture, name="picture"),
    re_path(r"^media/(?P<path>berkas/[0-9a-f]{24}\.[a-z0-9]{2,4})$", media.sound_or_file, name="media_file"),
    path("", include("lms.people.urls")),
    path("", include("lms.sync.urls")),
    path("", include("lms.library.urls")),
    path("", include("certificates.urls")),
    path("", include("assessments.urls")),
    path("", include("courses.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "lms.kit.views.bad_request"
handler403 = "lms.kit.views.forbidden"
handler404 = "lms.kit.views.not_found"
handler500 = "lms.kit.views.server_error"
