from courses.models.editions import Edition
from courses.models.enrolments import Enrolment
from courses.models.pages import CoursePage, HomePage, IndexPage, LessonPage, ModulePage, StepPage
from courses.models.pictures import Picture, PictureRendition
from courses.models.progress import Progress

__all__ = [
    "CoursePage",
    "Edition",
    "Enrolment",
    "HomePage",
    "IndexPage",
    "LessonPage",
    "ModulePage",
    "Picture",
    "PictureRendition",
    "Progress",
    "StepPage",
]
