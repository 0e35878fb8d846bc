from courses.models.bookmarks import Bookmark
from courses.models.cohorts import Cohort, CohortMember, Invitation
from courses.models.editions import Edition, ModuleVersion, StepVersion
from courses.models.enrolments import Enrolment
from courses.models.feedback import Feedback
from courses.models.imports import CourseImport
from courses.models.loaded import LoadedPage
from courses.models.media import MediaFile
from courses.models.pages import CoursePage, HomePage, IndexPage, LessonPage, ModulePage, StepPage
from courses.models.pictures import Picture, PictureRendition
from courses.models.programmes import Programme
from courses.models.progress import Progress
from courses.models.second_review import SecondReview
from courses.models.teaching import Attendance, TrainingDay
from courses.models.texts import StepText

__all__ = [
    "Attendance",
    "Bookmark",
    "Cohort",
    "CohortMember",
    "CourseImport",
    "CoursePage",
    "Edition",
    "Enrolment",
    "Feedback",
    "HomePage",
    "IndexPage",
    "Invitation",
    "LessonPage",
    "LoadedPage",
    "MediaFile",
    "ModulePage",
    "ModuleVersion",
    "Picture",
    "PictureRendition",
    "Programme",
    "Progress",
    "SecondReview",
    "StepPage",
    "StepText",
    "StepVersion",
    "TrainingDay",
]
