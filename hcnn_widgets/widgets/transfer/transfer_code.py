"""Lines of code that do what TransferLab does."""

from collections.abc import Mapping
from typing import Any

READOUTS = """found = hw.transfer.readouts(model, never_seen)
found
"""
TRANSFER = """# model: a trained hw.GoalDrivenModel; never_seen: images of categories that it was not trained on
# seen, never_seen = hw.stimuli.split_categories(images, ["boats", "cars"])
made = hw.transfer.transfer(model, never_seen, freeze_at={freeze_at!r}, {options})
await made.wait()
made.table
"""


def transfer_code(view: str, freeze_at: str, options: Mapping[str, Any]) -> str:
    """Return the lines for a view, a freeze line and the options of `hw.transfer.transfer`."""
    if view == "readouts":
        return READOUTS
    return TRANSFER.format(
        freeze_at=freeze_at, options=", ".join(f"{name}={value!r}" for name, value in options.items())
    )
