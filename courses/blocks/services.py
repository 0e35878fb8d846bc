"""The kinds of services a lesson may point to (domain.md 6.1), by the code that files use."""

from django.utils.translation import gettext_lazy as _

SERVICES = {
    "uptd-ppa": _("UPTD PPA (protection of women and children)"),
    "sapa-129": _("SAPA 129 (phone, day and night)"),
    "polsek": _("Polsek (police of the subdistrict)"),
    "polres-ppa": _("PPA unit of the Polres (police of the regency)"),
    "puskesmas": _("Puskesmas (health centre)"),
    "rumah-sakit": _("Hospital"),
    "psikolog": _("Psychologist or psychiatrist"),
    "pekerja-sosial": _("Social worker"),
    "rumah-aman": _("Safe house (through the coordinator)"),
    "lbh": _("Legal aid (LBH)"),
    "posbankum": _("Posbankum (legal aid post of the village)"),
    "lpsk": _("LPSK (protection of witnesses and victims)"),
    "pengadilan-negeri": _("District court"),
    "pengadilan-agama": _("Religious court"),
    "kejaksaan": _("Prosecutor's office"),
    "dukcapil": _("Dukcapil (civil documents)"),
    "bpjs": _("BPJS (health insurance)"),
    "bp3mi": _("BP3MI (protection of migrant workers)"),
    "disabilitas": _("Organisation for people with disabilities"),
    "hiv-hksr": _("HIV and reproductive health service"),
    "lembaga-pendamping": _("Accompanying organisation"),
    "patbm": _("PATBM (child protection in the village)"),
    "keagamaan": _("Religious body that stands with survivors"),
    "transportasi": _("Emergency transport"),
    "dinas-pppa": _("Office for women and children (Dinas PPPA)"),
    "komnas-perempuan": _("Komnas Perempuan"),
    "kpai": _("KPAI (child protection commission)"),
}
