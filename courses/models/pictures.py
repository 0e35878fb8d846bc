"""Pictures of lessons: kept without a word of where and by whom, under a neutral name, shown in two light sizes."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.utils.file import hash_filelike

from lms.kit import pictures

# Who makes new pictures light registers here at start-up (courses.shrinking), so no arrow points up.
WHEN_NEW: list[Callable[[int], None]] = []
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only clean pictures are stored, whichever way they came; raises UnfitFile for what is none."""
        file: Any = self.file
        is_new = bool(file) and not file._committed
        if is_new:
            self._clean()
        super().save(*args, **kwargs)
        if is_new:
            for ask in WHEN_NEW:
                transaction.on_commit(partial(ask, self.pk), robust=True)

    def _clean(self) -> None:
        image: Any = self
        image.file.seek(0)
        content, suffix = pictures.cleaned(image.file.read())
        image.file = ContentFile(content, name=PurePath(image.file.name).stem + suffix)
        self.file_size = len(content)
        self.file_hash = hashlib.sha1(content, usedforsecurity=False).hexdigest()

    @property
    def light_bytes(self) -> int:
        """Bytes of the larger light size; 0 while it is not made. Reads what is made, makes nothing."""
        small, large = LIGHT_WIDTHS
        made = {one.filter_spec.partition("|")[0]: one for one in self.renditions.all()}
        is_light = f"width-{small}" in made and f"width-{large}" in made
        return made[f"width-{large}"].file.size if is_light else 0

    def light(self, width: int) -> "PictureRendition":
        """The WebP of that width: the best quality that stays under 30 kB. Made once, when first asked for."""
        made: PictureRendition | None = self.renditions.filter(filter_spec__startswith=f"width-{width}|").first()
        return made or self._make_light(width)

    def _make_light(self, width: int) -> "PictureRendition":
        for quality in QUALITIES:
            chosen = Filter(spec=f"width-{width}|format-webp|webpquality-{quality}")
            file = self.generate_rendition_file(chosen)
            if file.size <= MOST_BYTES:
                break
        rendition: PictureRendition
        rendition, _made = self.renditions.get_or_create(
            filter_spec=chosen.spec, focal_point_key=chosen.get_cache_key(self), defaults={"file": file}
        )
        return rendition


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rendition_is_made_once", fields=["image", "filter_spec", "focal_point_key"])
        ]
