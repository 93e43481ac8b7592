"""The picture that stays in the saved notebook, for readers without a kernel.

A live view needs a kernel. So a panel leaves a second output beneath itself: a still picture, brought up to date in
place when there is nothing newer to come. A rule of style hides it as long as the live view stands in the same
document; nothing flickers, and the live view is never made anew.
"""

import html
from base64 import b64encode
from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class LeavesPicture:
    """Mixed into a widget: how it is displayed, and the still picture that it leaves.

    A subclass gives ``picture`` (a PNG of the present frame) and ``sentence`` (the state in words), and has ``over``,
    which says whether nothing newer will come.
    """

    _still_id: str | None = None

    def picture(self) -> bytes:
        """Draw what the panel shows as a PNG.

        Returns
        -------
        bytes
            Empty when there is nothing to show yet.
        """
        return b""

    def sentence(self) -> str:
        """Say in words what the panel shows."""
        return type(self).__name__

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        bundle = self._live_bundle()
        if png := self.picture():
            bundle["image/png"] = b64encode(png).decode()
        return bundle

    def _live_bundle(self) -> dict[str, Any]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}  # type: ignore[attr-defined]
        return {"text/plain": self.sentence(), WIDGET_VIEW: view}

    def _ipython_display_(self, **_options: Any) -> None:
        from IPython.display import display

        if self._still_id is None:
            self._still_id = f"hcnn-still-{self.model_id}"  # type: ignore[attr-defined]
            self.add_class(f"live-{self._still_id}")  # type: ignore[attr-defined]
        display(self._live_bundle(), raw=True)
        display(
            still_bundle(self._still_id, self._drawn_if_over(), self.sentence()), raw=True, display_id=self._still_id
        )

    def leave_picture(self) -> None:
        """Bring the still picture beneath the panel up to date, if the panel was displayed."""
        if self._still_id is None or not self._at_end():
            return
        from IPython.display import update_display

        update_display(
            still_bundle(self._still_id, self.picture(), self.sentence()), raw=True, display_id=self._still_id
        )

    def _drawn_if_over(self) -> bytes:
        return self.picture() if self._at_end() else b""

    def _at_end(self) -> bool:
        return bool(getattr(self, "over", False))


def still_bundle(still_id: str, png: bytes, sentence: str) -> dict[str, str]:
    """Give the output with the still picture, which hides itself while its live view stands in the document.

    Parameters
    ----------
    still_id : str
        Class of the picture; the live view carries the class "live-" + ``still_id``.
    png : bytes
        The picture; empty for none yet.
    sentence : str
        What it shows, for those who do not see it.
    """
    live, still = f".live-{still_id}", f".{still_id}"
    rule = f".jp-OutputArea:has({live}) .jp-OutputArea-child:has({still}),body:has({live}) {still}{{display:none}}"
    picture = ""
    if png:
        words = html.escape(sentence, quote=True)
        picture = f'<img alt="{words}" style="max-width:100%" src="data:image/png;base64,{b64encode(png).decode()}">'
    return {
        "text/html": f'<style>{rule}</style><div class="{still_id}">{picture}</div>',
        "text/plain": f"Still picture. {sentence}" if png else "",
    }
