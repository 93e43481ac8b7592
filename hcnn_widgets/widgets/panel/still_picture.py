"""The picture that stays in the saved notebook, for readers without a kernel.

A live view needs a kernel. So a panel leaves a second output beneath itself: a plain PNG, brought up to date in place
when there is nothing newer to come. A rule in labextension/style/still_output.css hides it as long as a live view
stands above it; nothing flickers, and the live view is never made anew. A page that was loaded after the cell had run
knows no output by its display id; it is told by the panel's model and finds the place itself: twin of still_output.ts.
"""

import struct
import threading
import zlib
from base64 import b64encode
from typing import Any, NamedTuple

from .last_pictures import LAST_PICTURES

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

LASTING_WORDS = "live where a kernel runs; once it has come to its end, the picture beneath shows its last state."
"""Said in place of the live view. It stays in the notebook as it was when the panel was displayed, so it must not say
how far anything is."""

DRAWN = b"Software\0hcnn_widgets: still picture of a panel"
AWAITED = b"Software\0hcnn_widgets: still picture to come"
"""The first note in the file of a still picture, and of the dot that keeps its place. JupyterLab gives a style sheet
neither classes nor words of a picture to go by, but it gives the file, and this note stands at the same place in
each: the rules in still_output.css look for it."""

CARRYING = threading.Lock()
"""Held while a panel's model takes up one more picture: those of several panels may be left at once."""

SIGNATURE_AND_HEADER = 33
"""Bytes of a PNG before its first note."""


class Still(NamedTuple):
    """An output with a still picture.

    Attributes
    ----------
    data : dict
        The picture and its words, by MIME type.
    metadata : dict
        What those need who do not see it.
    """

    data: dict[str, str]
    metadata: dict[str, Any]


class LeavesPicture:
    """Mixed into a widget: how it is displayed, and the still picture that it leaves.

    A subclass gives ``picture`` (a PNG of the present frame) and ``sentence`` (the state in words), and has ``over``,
    which says whether nothing newer will come.
    """

    _still_id: str | None = None
    _has_left_picture = False

    def picture(self) -> bytes:
        """Draw what the panel shows as a PNG.

        Returns
        -------
        bytes
            Empty when there is nothing to show yet.
        """
        return b""

    def figure(self, file_format: str = "svg") -> str | bytes:
        """Return what the panel shows as a picture for a paper: the drawing of the still picture, in any format.

        Parameters
        ----------
        file_format : "svg", "pdf" or "png"

        Returns
        -------
        str or bytes
            SVG is text, the others are bytes: ``Path("bars.pdf").write_bytes(panel.figure("pdf"))``. Empty when there
            is nothing to show yet.

        Raises
        ------
        ValueError
            If the format is unknown.
        """
        from .figure_file import figure_file

        return figure_file(self.picture, file_format)

    def sentence(self) -> str:
        """Describe in words what the panel shows."""
        return type(self).__name__

    def saved_sentence(self) -> str:
        """Return what is seen, for a saved page, on which nothing comes any more and nobody can do anything."""
        return self.sentence()

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        bundle = {**self._live_bundle(), "text/plain": self.sentence()}
        if png := self.picture():
            bundle["image/png"] = b64encode(png).decode()
        return bundle

    def _live_bundle(self) -> dict[str, Any]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}  # type: ignore[attr-defined]
        return {"text/plain": f"{type(self).__name__}: {LASTING_WORDS}", WIDGET_VIEW: view}

    def _ipython_display_(self, **_options: Any) -> None:
        from IPython import get_ipython
        from IPython.display import display

        if self._still_id is None:
            self._still_id = f"hcnn-still-{self.model_id}"  # type: ignore[attr-defined]
        ended = self._has_left_picture = self._at_end()
        still = still_output(self.picture() if ended else b"", self.sentence())
        display(self._live_bundle(), raw=True)
        display(still.data, metadata=still.metadata, raw=True, display_id=self._still_id)
        if self._at_end() and not ended:  # meanwhile: a picture that was left before there was a place for it is lost
            self.leave_picture()
        LAST_PICTURES.expect(self, get_ipython())  # type: ignore[no-untyped-call]

    def leave_picture(self) -> None:
        """Bring the still picture beneath the panel up to date, if the panel was displayed."""
        if self._still_id is None or not self._at_end():
            return
        from IPython.display import update_display

        still = still_output(self.picture(), self.sentence())
        update_display(still.data, metadata=still.metadata, raw=True, display_id=self._still_id)
        carrier = self._panel_that_carries()
        with CARRYING:
            carrier.stills = {**carrier.stills, self.model_id: still._asdict()}  # type: ignore[attr-defined]
        self._has_left_picture = True

    def _panel_that_carries(self) -> Any:
        """Return the live panel whose model tells the page of the picture."""
        return self

    @property
    def owes_picture(self) -> bool:
        """Whether the last picture is due soon, and nobody sees the panel itself."""
        return not self._has_left_picture and self._is_ending()

    def _is_ending(self) -> bool:
        return False

    def _at_end(self) -> bool:
        return bool(getattr(self, "over", False))


def still_output(png: bytes, sentence: str) -> Still:
    """Return the output of the still picture: a PNG and text, which show in notebooks that are not trusted.

    Parameters
    ----------
    png : bytes
        The picture; empty for none yet, which leaves an invisible dot to keep the place.
    sentence : str
        What it shows, for those who do not see it.
    """
    words = f"Still picture. {sentence}" if png else ""
    kept = marked(png, DRAWN) if png else marked(INVISIBLE_DOT, AWAITED)
    return Still({"image/png": b64encode(kept).decode(), "text/plain": words}, {"image/png": {"alt": words}})


def marked(png: bytes, note: bytes) -> bytes:
    """Return the same picture with a note in its file by which the style sheet recognises it.

    Parameters
    ----------
    png : bytes
    note : bytes
        Its keyword, a zero and its words.
    """
    return png[:SIGNATURE_AND_HEADER] + _chunk(b"tEXt", note) + png[SIGNATURE_AND_HEADER:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file: length, type, content, checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


_ONE_BY_ONE_GREY_WITH_ALPHA = struct.pack(">IIBBBBB", 1, 1, 8, 4, 0, 0, 0)

INVISIBLE_DOT = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", _ONE_BY_ONE_GREY_WITH_ALPHA)
    + _chunk(b"IDAT", zlib.compress(b"\0\0\0"))
    + _chunk(b"IEND", b"")
)
"""One transparent pixel."""
