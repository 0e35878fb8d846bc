from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"

    def ready(self) -> None:
        from courses import editions, offline, stepping
        from courses.models.pages import VIEWS
        from courses.views import course, lesson, step, tree

        editions.listen()
        offline.register_entries()
        stepping.register("lesson", lesson.show_lesson)
        drawers = {
            "home": tree.to_front,
            "index": tree.to_desk,
            "course": course.serve_course,
            "module": course.serve_module,
            "step": step.serve_step,
        }
        for kind, view in drawers.items():
            VIEWS[kind] = view
