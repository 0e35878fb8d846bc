from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import copying, curriculum, hindering, offline, resting, tiles
        from assessments.views import exam, practical, practice, scenario
        from courses import stepping
        from courses.setting_up import let_editors

        copying.register()
        curriculum.register()
        hindering.register()
        offline.register_entries()
        resting.register()
        tiles.register_tiles()
        stepping.register("exam", exam.show_exam)
        stepping.register("practical", practical.show_practical)
        stepping.register("practice", practice.show_practice)
        stepping.register("scenario", scenario.show_scenario)
        let_editors(
            "assessments.view_question",
            "assessments.add_question",
            "assessments.change_question",
            "assessments.delete_question",
        )
        let_editors(*(f"assessments.{verb}_phrase" for verb in ("view", "add", "change", "delete")))
