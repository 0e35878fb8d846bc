"""Pictures of lessons: kept under a neutral name, shown in two light sizes."""

from pathlib import PurePath

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.utils.file import hash_filelike

LIGHT_WIDTHS = (320, 640)
MOST_BYTES = 30_000
QUALITIES = (72, 55, 40, 28, 18, 8)


class Picture(AbstractImage):
    """A picture of the site. Its title is its file name in the curriculum folder."""

    admin_form_fields = Image.admin_form_fields

    def get_upload_to(self, filename: str) -> str:
        """Named by what it holds: the address says nothing, and an equal picture has an equal name."""
        with self.open_file() as file:
            digest = hash_filelike(file)
        return f"original_images/{digest[:16]}{PurePath(filename).suffix.lower()}"

    def light(self, width: int) -> "PictureRendition":
        """The WebP of that width: the best quality that stays under 30 kB. Made once, when first asked for."""
        made: PictureRendition | None = self.renditions.filter(filter_spec__startswith=f"width-{width}|").first()
        return made or self._make_light(width)

    def _make_light(self, width: int) -> "PictureRendition":
        for quality in QUALITIES:
            chosen = Filter(spec=f"width-{width}|format-webp|webpquality-{quality}")
            if self.generate_rendition_file(chosen).size <= MOST_BYTES:
                break
        rendition: PictureRendition = self.create_rendition(chosen)
        return rendition


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rendition_is_made_once", fields=["image", "filter_spec", "focal_point_key"])
        ]
