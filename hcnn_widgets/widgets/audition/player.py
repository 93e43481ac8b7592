"""A player of sound that has a name for those who listen to the page."""

import ipywidgets
import traitlets


class Player(ipywidgets.Audio):
    """The audio player of ipywidgets, which begins when it is told to, with its name as its title.

    Parameters
    ----------
    name : str
        What it plays.
    """

    description = traitlets.Unicode().tag(sync=True)
    """Always empty: a widget's view gives its element a title only where there is a description of no length."""

    def __init__(self, name: str) -> None:
        look = {"height": "40px"}
        super().__init__(format="wav", autoplay=False, loop=False, tooltip=name, layout=look)
