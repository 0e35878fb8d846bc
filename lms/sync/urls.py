from django.urls import path

from lms.sync.views.inbox import inbox

urlpatterns = [path("sinkron/", inbox, name="inbox")]
