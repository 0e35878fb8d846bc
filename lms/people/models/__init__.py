from lms.people.models.groups import VillageGroup
from lms.people.models.persons import Person
from lms.people.models.profiles import Profile
from lms.people.models.regions import Region
from lms.people.models.roles import Mentorship, Role
from lms.people.models.trail import TrailLine

__all__ = ["Mentorship", "Person", "Profile", "Region", "Role", "TrailLine", "VillageGroup"]
