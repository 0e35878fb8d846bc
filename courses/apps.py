from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpResponse


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"

    def ready(self) -> None:
        from courses import editions, offline, setting_up, shrinking, stepping, tiles
        from courses.models.pages import VIEWS
        from courses.models.pictures import WHEN_NEW
        from courses.views import course, lesson, preview, step, tree

        editions.listen()
        offline.register_entries()
        tiles.register_tiles()
        setting_up.let_editors("courses.view_programme", "courses.add_programme", "courses.change_programme")
        setting_up.let_editors("courses.add_courseimport")
        setting_up.let_editors(*(f"courses.{what}_mediafile" for what in ("view", "add", "change", "delete")))
        setting_up.let_editors(*(f"library.{what}_resource" for what in ("view", "add", "change", "delete")))
        WHEN_NEW.append(shrinking.ask_for_picture)
        stepping.register("lesson", lesson.show_lesson)
        drawers: dict[str, Callable[..., HttpResponse]] = {
            "home": tree.to_front,
            "index": tree.to_desk,
            "course": course.serve_course,
            "module": course.serve_module,
            "step": step.serve_step,
            "preview": preview.with_checks,
        }
        for kind, view in drawers.items():
            VIEWS[kind] = view
