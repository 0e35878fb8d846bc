"""The step of Wagtail's workflow in which a second person reads a draft."""

import json
import re
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from courses.models import hindering
from courses.rules import second_eyes

# What Wagtail notes about a page: no word of the draft.
BOOKKEEPING = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "live"),
        *("has_unpublished_changes", "latest_revision", "live_revision", "draft_title"),
        *("latest_revision_created_at", "last_published_at", "first_published_at"),
        *("go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by"),
        *("owner", "weight", "alias_of", "wagtail_admin_comments", "content_type", "search_description"),
    }
)
VERSIONS_LOOKED_AT = 50
BLOCK_KEY = re.compile(r" data-block-key=\"[^\"]*\"")


def writer_of(page: Page) -> int | None:
    """The number of the person who wrote the draft as it stands."""
    newest = page.revisions.order_by("-created_at", "-id").values_list("user_id", "content")
    return second_eyes.last_hand((user, _words_of(content)) for user, content in islice(newest, VERSIONS_LOOKED_AT))


def _words_of(content: dict[str, Any]) -> str:
    words = {name: _bare(value) for name, value in content.items() if name not in BOOKKEEPING}
    return json.dumps(words, sort_keys=True)


def _bare(value: Any) -> Any:
    """A value without the random keys of its blocks; a stream is kept as text in a version."""
    if isinstance(value, str) and value.startswith("[{"):
        try:
            return _bare(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if name != "id"}
    return value


class SecondReview(AbstractGroupApprovalTask):
    """Members of the groups approve, but nobody her own words."""

    class Meta:
        verbose_name = _("review by a second person")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self.may_read(user) or not second_eyes.may_approve(user.pk, writer_of(obj)):
            return []
        again = ("reject", _("Ask for changes"), True)
        if hindering.hindered(obj.get_latest_revision_as_object()):
            return [again]
        return [("approve", _("Approve"), False), ("approve", _("Approve with a remark"), True), again]

    def may_read(self, user: Any) -> bool:
        return bool(self._user_in_groups(user))

    @staticmethod
    def may_approve(page: Any, user: Any) -> bool:
        """The draft as it stands now is whole, and written by somebody else."""
        is_anothers = second_eyes.may_approve(user.pk, writer_of(page))
        return is_anothers and not hindering.hindered(page.get_latest_revision_as_object())

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Who changes the draft while she approves it has written it: it stays and waits for somebody else.

        What is not whole stays too.
        """
        page = task_state.workflow_state.content_object
        if action_name == "approve" and not self.may_approve(page, user):
            return
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("Somebody else than the writer reads the draft and approves it.")
