"""The light pictures and sounds of questions and stories, as pages show them. Reads what is made; three queries."""

from collections.abc import Collection, Iterable

from assessments.rules.items import Item
from assessments.rules.showing import Files, Heard, Light, pictures_in, sounds_in
from courses.models import MediaFile, Picture, PictureRendition
from courses.models.pictures import LIGHT_WIDTHS


def files_of(items: Iterable[Item]) -> Files:
    """What these questions show and let hear, by number."""
    items = tuple(items)
    return files_numbered(pictures_in(items), sounds_in(items))


def files_numbered(drawn: Collection[int], heard: Collection[int]) -> Files:
    """By number; what is gone or not ready is left out. A light size that nobody made yet is made now."""
    pictures = Picture.objects.filter(pk__in=drawn).prefetch_related("renditions") if drawn else ()
    sounds = MediaFile.objects.filter(pk__in=heard, state=MediaFile.State.READY) if heard else ()
    return Files(
        {picture.pk: _light(picture) for picture in pictures},
        {sound.pk: Heard(sound.url, sound.mime, sound.bytes) for sound in sounds},
    )


def _light(picture: Picture) -> Light:
    small, large = (_made(picture, width) for width in LIGHT_WIDTHS)
    return Light(large.url, small.url, large.width, large.height)


def _made(picture: Picture, width: int) -> PictureRendition:
    made = (one for one in picture.renditions.all() if one.filter_spec.startswith(f"width-{width}|"))
    return next(made, None) or picture.light(width)
