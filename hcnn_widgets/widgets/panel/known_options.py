"""Options of panels: those of the panel, of the drawing within, and the traits of a widget."""

from collections.abc import Iterable
from typing import Any

import ipywidgets

from hcnn_widgets.records.keywords import keywords_of, unknown_keyword


def check_options(given: Iterable[str], *panels: type) -> None:
    """Refuse options that neither a panel nor the drawings within have; ipywidgets would drop them in silence.

    Parameters
    ----------
    given : iterable of str
        Names of the options.
    *panels : type
        The class that a person calls, and the classes that its options go on to.

    Raises
    ------
    TypeError
        The nearest option is named.
    """
    accepted = list(dict.fromkeys(name for panel in panels for name in _options_of(panel)))
    for name in given:
        if name not in accepted:
            raise unknown_keyword(panels[0].__name__, name, accepted)


def _options_of(panel: Any) -> list[str]:
    """Return the names of a panel's arguments, its bases' too, and of the traits that a person may set."""
    arguments = [name for each in panel.__mro__ if "__init__" in vars(each) for name in keywords_of(each.__init__)]
    traits = panel.class_trait_names() if issubclass(panel, ipywidgets.Widget) else ()
    return [*arguments, *(name for name in traits if not name.startswith("_"))]
