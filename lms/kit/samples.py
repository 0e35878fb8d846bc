"""Sample words and figures for the page that shows every part of the look."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from lms.kit import svg


class SampleForm(forms.Form):
    """One field of each kind; as it is sent here, two of them are wrong."""

    name = forms.CharField(label="Nama", help_text="Seperti di kartu")
    pin = forms.RegexField(
        r"^\d{6}$", label="PIN", error_messages={"invalid": "PIN terdiri dari 6 angka."}, widget=forms.PasswordInput
    )
    date = forms.DateField(label="Tanggal", widget=forms.DateInput({"type": "date", "class": "short"}))
    length = forms.ChoiceField(
        label="Lama", choices=[("30", "30 menit"), ("60", "1 jam")], widget=forms.RadioSelect({"picks": "in"})
    )
    note = forms.CharField(label="Catatan", widget=forms.Textarea({"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Saya setuju", help_text="Bisa dibatalkan kapan saja.")


def samples() -> dict[str, Any]:
    """What the page of parts shows: a clean form, a wrong one, bars, rings, states and the middle page of three."""
    return {
        "form": SampleForm(prefix="bersih", initial={"length": "60"}),
        "wrong": SampleForm({"salah-pin": "12", "salah-length": "30"}, prefix="salah"),
        "states": STATES,
        "notices": NOTICES,
        "verdicts": VERDICTS,
        "icons": sorted(svg.ICONS),
        "page": middle_page(),
        "done_steps": {1, 2},
    }


def middle_page() -> Page:
    return Paginator(range(30), 10).page(2)


STATES = [
    ("done", "tick", "Diverifikasi"),
    ("wait", "wait", "Menunggu"),
    ("stop", "back", "Dikembalikan"),
    ("now", "ok", "Berjalan"),
    ("", "lock", "Terkunci"),
]
NOTICES = [
    ("", "info", "Kabar", "Nila: yang perlu diketahui."),
    ("wait", "wait", "Menunggu", "Kunyit: belum selesai, tidak salah."),
    ("stop", "warn", "Berhenti", "Mengkudu: perlu diperbaiki."),
    ("done", "tick", "Selesai", "Daun: sudah sah."),
]
VERDICTS = [
    ("done", "ok", "Berlaku", "Sertifikat ini berlaku."),
    ("wait", "wait", "Perlu diperiksa", "Daftar di HP ini sudah lama."),
    ("stop", "no", "Dicabut", "Sertifikat ini tidak berlaku lagi."),
]
