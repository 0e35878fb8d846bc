"""A branching story as a file: `skenario.yaml`."""

from dataclasses import dataclass
from typing import Any

from wagtail.rich_text import RichText

from assessments.curriculum.questions import DrawnFile, read_picture
from assessments.models import ScenarioPage
from assessments.rules import walking
from assessments.rules.competencies import COMPETENCIES
from courses.curriculum.block_files import Finder
from courses.curriculum.files import MediaRef, ModuleFile
from courses.curriculum.filling import stored_media, stored_picture
from courses.curriculum.gathering import media_ref, picture_file, tidy, to_html, to_markdown
from courses.curriculum.kinds import StepKind, register_step_kind
from courses.curriculum.nodes import Fields
from lms.kit.words import Sentence, gettext_noop

SCORES = ("0", "1", "2")


@dataclass(frozen=True, slots=True)
class WayFile:
    """One choice. `score`: 0 harms, 1 in part, 2 helps."""

    text: str
    to: str
    effect: str
    reason: str
    score: str
    competency: str


@dataclass(frozen=True, slots=True)
class SceneFile:
    code: str
    text: str
    choices: tuple[WayFile, ...]
    ending: str
    helped: str
    back: str
    picture: DrawnFile | None = None
    sound: MediaRef | None = None

    def as_scene(self) -> walking.Scene:
        return walking.Scene(self.code, tuple(one.to for one in self.choices), self.ending, self.back)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    note: str
    neutral: str
    intro: str
    competencies: tuple[str, ...]
    start: str
    scenes: tuple[SceneFile, ...]


def register() -> None:
    register_step_kind(
        StepKind(kind=ScenarioPage.kind, page=ScenarioPage, read=read, gather=gather, fill=fill, write=write)
    )


def read(fields: Fields, module: ModuleFile, find: Finder) -> ScenarioFile:
    story = ScenarioFile(
        note=fields.text("note", required=False),
        neutral=fields.text("neutral", required=False),
        intro=fields.markdown("intro"),
        competencies=fields.words("competencies", required=True),
        start=fields.code("start"),
        scenes=(),
    )
    if story.note and not story.neutral:
        fields.problem(Sentence(gettext_noop("A content note needs a neutral task for who skips.")), "note")
    for code in story.competencies:
        if code not in COMPETENCIES:
            fields.problem(Sentence(gettext_noop("There is no competency “%(code)s”."), {"code": code}), "competencies")
    rows = fields.rows("scenes")
    scenes = tuple(_read_scene(row, find) for row in rows)
    where = {scene.code: row for scene, row in zip(scenes, rows, strict=True)}
    for fault in walking.faults([scene.as_scene() for scene in scenes], story.start):
        where.get(fault.scene, fields).problem(fault.sentence, "" if fault.scene else "start")
    return ScenarioFile(story.note, story.neutral, story.intro, story.competencies, story.start, scenes)


def _read_scene(row: Fields, find: Finder) -> SceneFile:
    ending = row.choice("ending", walking.ENDINGS) if row.has("ending") else ""
    scene = SceneFile(
        code=row.code("id"),
        text=row.markdown("text"),
        choices=tuple(_read_way(one) for one in row.rows("choices", required=False)),
        ending=ending,
        helped=row.text("helped", required=bool(ending)),
        back=row.code("back", required=False),
        picture=read_picture(row, find),
        sound=find.media(row, "sound", "sound") if row.has("sound") else None,
    )
    row.close()
    return scene


def _read_way(row: Fields) -> WayFile:
    way = WayFile(
        text=row.text("text", most=250),
        to=row.code("to"),
        effect=row.text("effect"),
        reason=row.text("reason"),
        score=row.choice("score", SCORES),
        competency=row.choice("competency", COMPETENCIES),
    )
    row.close()
    return way


def gather(page: ScenarioPage) -> ScenarioFile:
    return ScenarioFile(
        note=tidy(page.note),
        neutral=tidy(page.neutral),
        intro=to_markdown(RichText(page.intro)),
        competencies=tuple(page.competencies),
        start=page.start,
        scenes=tuple(_gather_scene(scene.value) for scene in page.scenes),
    )


def _gather_scene(value: Any) -> SceneFile:
    ways = tuple(
        WayFile(
            tidy(one["text"]),
            one["to"].strip(),
            tidy(one["effect"]),
            tidy(one["reason"]),
            one["score"],
            one["competency"],
        )
        for one in value["choices"]
    )
    ending, helped = value["ending"] or "", tidy(value["helped"] or "")
    picture, sound = value["picture"], value["sound"]
    return SceneFile(
        code=value["code"],
        text=to_markdown(value["text"]),
        choices=ways,
        ending=ending,
        helped=helped,
        back=(value["back"] or "").strip(),
        picture=DrawnFile(picture_file(picture), value["alt"].strip()) if picture else None,
        sound=media_ref(sound) if sound else None,
    )


def fill(page: ScenarioPage, data: ScenarioFile) -> None:
    page.note, page.neutral, page.intro = data.note, data.neutral, to_html(data.intro)
    page.competencies, page.start = list(data.competencies), data.start
    page.scenes = page.scenes.stream_block.to_python(
        [{"type": "scene", "value": {**_scene(one), "text": to_html(one.text)}} for one in data.scenes]
    )


def _scene(one: SceneFile) -> dict[str, Any]:
    return {
        "code": one.code,
        "choices": [_way(way) for way in one.choices],
        "ending": one.ending,
        "helped": one.helped,
        "back": one.back,
        "picture": stored_picture(one.picture.file).pk if one.picture and one.picture.file else None,
        "alt": one.picture.alt if one.picture else "",
        "sound": stored_media(one.sound).pk if one.sound else None,
    }


def _way(one: WayFile) -> dict[str, str]:
    return {
        "text": one.text,
        "to": one.to,
        "effect": one.effect,
        "reason": one.reason,
        "score": one.score,
        "competency": one.competency,
    }


def write(data: ScenarioFile) -> dict[str, Any]:
    return {
        "note": data.note,
        "neutral": data.neutral,
        "intro": data.intro,
        "competencies": data.competencies,
        "start": data.start,
        "scenes": [_write_scene(one) for one in data.scenes],
    }


def _write_scene(one: SceneFile) -> dict[str, Any]:
    scene: dict[str, Any] = {"id": one.code, "text": one.text}
    if one.picture:
        scene["picture"] = {"file": one.picture.file, "alt": one.picture.alt}
    if one.sound:
        scene["sound"] = one.sound
    if one.choices:
        scene["choices"] = [{**_way(way), "score": int(way.score)} for way in one.choices]
    if one.ending:
        scene |= {"ending": one.ending, "helped": one.helped}
    return scene | ({"back": one.back} if one.back else {})
