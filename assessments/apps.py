from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import curriculum, offline, tiles
        from assessments.views import exam, practice
        from courses import stepping
        from courses.setting_up import let_editors

        curriculum.register()
        offline.register_entries()
        tiles.register_tiles()
        stepping.register("exam", exam.show_exam)
        stepping.register("practice", practice.show_practice)
        let_editors("assessments.view_question", "assessments.add_question", "assessments.change_question")
