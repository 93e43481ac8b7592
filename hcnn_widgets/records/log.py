"""The package's logger: silent until somebody listens to it.

``logging.getLogger("hcnn_widgets")`` hears of every run that begins and ends, of images that were read from the disk
in place of being drawn, and of what a sweep leaves out. Its children are named after the folders.
"""

import logging

NAME = "hcnn_widgets"
logging.getLogger(NAME).addHandler(logging.NullHandler())


def logger(part: str) -> logging.Logger:
    """Return the logger of a part of the package, a child of the package's.

    Examples
    --------
    >>> logger("learning").parent.name
    'hcnn_widgets'
    """
    return logging.getLogger(f"{NAME}.{part}")
