"""The refusal of an untrained control, for whoever can do without it."""


class NoControl(ValueError):
    """There is no untrained network to compare the trained one with.

    Parameters
    ----------
    message : str
        The whole refusal.
    words : str
        The reason, for the note beside scores without a control.
    """

    def __init__(self, message: str, words: str) -> None:
        super().__init__(message)
        self.words = words
