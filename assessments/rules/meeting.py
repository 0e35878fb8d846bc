"""What the settings of an exam ask, and what the bank cannot give: sentences for the editor."""

from collections.abc import Collection, Iterator, Mapping

from assessments.rules.drawing import Row, Size, Topic, Wanted
from lms.kit.words import Sentence, gettext_noop

TOPICS = {
    Topic.ANY: gettext_noop("any topic"),
    Topic.LESSON: gettext_noop("lesson %(name)s"),
    Topic.MODULE: gettext_noop("module %(name)s"),
    Topic.COMPETENCY: gettext_noop("competency %(name)s"),
    Topic.TAG: gettext_noop("tag %(name)s"),
}
DIFFICULTIES = (
    gettext_noop("any difficulty"),
    gettext_noop("easy"),
    gettext_noop("usual difficulty"),
    gettext_noop("hard"),
)
ALONE = Sentence(
    gettext_noop("The other test of the pair, from the same bank, is not published. Nothing can be compared yet.")
)


def points(wanted: Wanted, size: Size, names: Mapping[Topic, Collection[str]]) -> tuple[Sentence, ...]:
    """First how long a paper is, then each setting that the bank cannot meet, with what to do.

    `names`: the codes that rows may name, by topic; a topic that is missing there is not checked.
    """
    return tuple(_points(wanted, size, names))


def _points(wanted: Wanted, size: Size, names: Mapping[Topic, Collection[str]]) -> Iterator[Sentence]:
    if not size.total:
        yield Sentence(gettext_noop("The bank has no question for this exam yet. Write some."))
        return
    figures = {"total": size.total, "critical": size.critical, "count": wanted.count}
    yield Sentence(gettext_noop("A paper has %(total)s questions, %(critical)s of them about safety."), figures)
    if size.total < wanted.count:
        few = gettext_noop("%(count)s questions are wanted, the bank has %(total)s families. Write more, or ask fewer.")
        yield Sentence(few, figures)
    if size.total > max(wanted.count, sum(row.count for row in wanted.rows)):
        yield Sentence(gettext_noop("Every safety question is asked, so it is longer than %(count)s."), figures)
    for row, lacking in zip(wanted.rows, size.lacking, strict=True):
        if row.topic in names and row.name not in names[row.topic]:
            yield Sentence(gettext_noop("“%(row)s” names nothing here. Look at its code."), {"row": _said(row)})
        elif lacking:
            values = {"row": _said(row), "found": row.count - lacking, "count": row.count}
            few = gettext_noop("“%(row)s” finds %(found)s of %(count)s questions. Write more, or ask fewer.")
            yield Sentence(few, values)


def _said(row: Row) -> tuple[Sentence, Sentence]:
    topic = Sentence(TOPICS[row.topic], {"name": row.name} if row.topic else {})
    return topic, Sentence(DIFFICULTIES[row.difficulty])
