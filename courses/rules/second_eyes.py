"""Two people see what is published: pure rules (docs/decisions/0012)."""

from collections.abc import Iterable


def last_hand(hands: Iterable[tuple[int | None, str]]) -> int | None:
    """Who wrote the draft as it stands: `hands` are (person, content) of its versions, the newest first.

    Who saved it again without changing anything wrote nothing.
    """
    writer, newest = None, None
    for person, content in hands:
        if newest is not None and content != newest:
            break
        writer, newest = person, content
    return writer


def may_approve(person: int, writer: int | None) -> bool:
    """Nobody approves her own words. What no person wrote (a folder that came in) anybody may approve."""
    return person != writer


def may_publish_alone(*, is_owner: bool, other_trainers: int) -> bool:
    """The owner answers for the site; and where there is no second trainer nobody waits for one."""
    return is_owner or other_trainers == 0
