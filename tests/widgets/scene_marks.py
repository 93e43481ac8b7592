"""Marks of a scene, found for the tests of what draws one."""

from collections.abc import Iterator
from typing import Any

from hcnn_widgets.widgets.scene.marks import Group, Mark


def flat(marks: Any) -> Iterator[Any]:
    """Yield all marks, those of groups among them."""
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from flat(mark.marks)


def group(scene: Any, key: str) -> tuple[Mark, ...]:
    """Return the marks of a group of a scene."""
    return next(mark for mark in flat(scene.marks) if mark.key == key).marks  # type: ignore[no-any-return]
