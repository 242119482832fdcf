"""What ended posts have left open, by organisation."""

import datetime
from dataclasses import dataclass

from partnership.administration.people_page import TaskRow, body_of, task_rows, task_words
from partnership.administration.queries import posts_whose_tasks_concern
from partnership.open_tasks import open_tasks_of
from partnership.rules import Posts
from partnership.times import numeric_date


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`person_key` is that of a page that only those open who administer people."""

    person_key: int
    person: str
    role: str
    ended: str
    tasks: list[TaskRow]

    @property
    def count(self) -> str:
        return task_words(len(self.tasks))


def left_open(reader: Posts, *, today: datetime.date) -> dict[str, list[LeftOpen]]:
    """Name of the organisation -> its ended posts in which something is open, the latest first."""
    posts = list(posts_whose_tasks_concern(reader, today=today))
    tasks = open_tasks_of(posts)
    found: dict[str, list[LeftOpen]] = {}
    for post in posts:
        if post.pk in tasks:
            assert post.ends is not None
            row = LeftOpen(
                person_key=post.person_id,
                person=str(post.person),
                role=post.get_role_display(),
                ended=numeric_date(post.ends),
                tasks=task_rows(tasks[post.pk], post, reader),
            )
            found.setdefault(body_of(post), []).append(row)
    return found
