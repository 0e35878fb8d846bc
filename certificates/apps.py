from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from assessments import results
        from certificates import offline, renewals, tiles
        from courses import setting_up

        offline.register_entries()
        tiles.register_tiles()
        results.register_restart(renewals.exams_anew_after)
        setting_up.let_editors("certificates.view_standard", "certificates.view_pledgetext")
        setting_up.let_editors(*(f"certificates.{verb}_certificatelayout" for verb in ("view", "add", "change")))
