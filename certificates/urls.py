from django.urls import path, re_path

from certificates.views import coordinator, inquiries, learner, mentor, public, states, supervision

app_name = "certificates"
urlpatterns = [
    path("magang/", learner.hours, name="hours"),
    path("refleksi/", learner.reflection, name="reflection"),
    path("sertifikat/", learner.certificate, name="certificate"),
    path("sertifikat/kode-etik/", learner.pledge, name="pledge"),
    path("sertifikat/janji/", learner.pledge, {"kind": "safeguarding"}, name="safeguarding"),
    re_path(r"^sertifikat/(?P<code>[0-9A-Z]{15})\.(?P<kind>pdf|png)$", learner.paper, name="paper"),
    path("sertifikat/keadaan/", states.own, name="own_state"),
    path("sertifikat/keadaan/keberatan/<int:inquiry_id>/", inquiries.own_appeal, name="own_appeal"),
    path("pembimbing/", mentor.desk, name="mentor_desk"),
    path("pembimbing/binaan/", mentor.mentees, name="mentees"),
    path("pembimbing/binaan/<int:person_id>/", mentor.mentee, name="mentee"),
    path("pembimbing/binaan/<int:person_id>/kemampuan/", supervision.sign_off, name="sign_off"),
    path("pembimbing/pertemuan/", supervision.talk, name="note_talk"),
    path("pembimbing/jam/<uuid:entry_id>/koreksi/", mentor.correct, name="correct"),
    path("koordinasi/", coordinator.desk, name="coordination"),
    path("koordinasi/jam/", coordinator.old_hours, name="old_hours"),
    path("koordinasi/berkas/<int:person_id>/", coordinator.dossier, name="dossier"),
    path("koordinasi/berkas/<int:person_id>/keadaan/", states.of_person, name="state"),
    path("koordinasi/berkas/<int:person_id>/pemeriksaan/", inquiries.begin, name="inquiry_begin"),
    path("koordinasi/pemeriksaan/<int:inquiry_id>/", inquiries.inquiry, name="inquiry"),
    path("koordinasi/berkas/<int:person_id>/sahkan/", coordinator.certify, name="certify"),
    path("koordinasi/berkas/<int:person_id>/tunda/", coordinator.decline, name="decline"),
    path("koordinasi/berkas/<int:person_id>/tempat/", coordinator.place, name="place"),
    path("koordinasi/sertifikat/<slug:code>/cabut/", coordinator.revoke, name="revoke"),
    path("v/", public.verify, name="verify"),
    path("V/", public.verify),
    re_path(r"^[vV]/(?P<text>[0-9A-Za-z-]{1,2000})/$", public.verdict, name="verdict"),
    re_path(r"^[vV]/(?P<text>[0-9A-Za-z-]{1,2000})$", public.verdict),
    path(".well-known/jwks.json", public.keys, name="jwks"),
]
