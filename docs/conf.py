"""What Sphinx makes the pages of: Markdown in this folder, and a reference written from the package itself."""

import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import reference_pages  # noqa: E402

import hcnn_widgets  # noqa: E402

project = "hcnn_widgets"
author = copyright = "the hcnn_widgets developers"
version = release = hcnn_widgets.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["attrs_block", "colon_fence"]
myst_heading_anchors = 3

autosummary_generate = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say types and shapes
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
# A word of a type or shape, such as n_units, may also be the name of several attributes: it is no link then.
suppress_warnings = ["ref.python"]
python_use_unqualified_type_names = True
default_role = "code"

html_theme = "furo"
html_title = "hcnn_widgets"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["site.css"]


def _stars_of_arguments(app: Any, what: str, name: str, part: Any, options: Any, lines: list[str]) -> None:
    """Let the stars of "function (**given)" be stars, and not the beginning of bold type."""
    lines[:] = [re.sub(r"(?<=[( ])\*\*(?=\w)", r"\\*\\*", line) for line in lines]


def setup(app: Any) -> None:
    """Write the reference before the pages are read."""
    reference_pages.write(HERE / "reference")
    app.connect("autodoc-process-docstring", _stars_of_arguments, priority=100)
