from courses.models.editions import Edition
from courses.models.enrolments import Enrolment
from courses.models.loaded import LoadedPage
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
    "LoadedPage",
    "ModulePage",
    "Picture",
    "PictureRendition",
    "Progress",
    "StepPage",
]
