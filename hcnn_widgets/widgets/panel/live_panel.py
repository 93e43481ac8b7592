"""Base of all live views: frames, back-pressure, words when something is wrong."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

import traitlets

from hcnn_widgets import __version__  # type: ignore[attr-defined]
from hcnn_widgets.learning.busy_kernel import page_heard

from .back_pressure import FrameGate
from .closing import close_parts
from .comm_routing import OneThreadHolds, heard_where_it_arrives
from .frame import Frame, header_bytes
from .known_options import check_options
from .page_message import NotUnderstood, fields_of, heard_by, whole_number
from .still_picture import LeavesPicture
from .ticker import TICKER, Ticker
from .words import in_words

MODULE = "hcnn-widgets"
MODULE_VERSION = f"^{__version__}"


class LivePanel(LeavesPicture, OneThreadHolds):
    """A view that the ticker keeps up to date.

    A subclass says what there is to show (``make_frame``) and whether its source has come to an end
    (``source_over``); methods that `hears` declares act on what a person does in the page. Its twin there has its name,
    as BrainMapModel and BrainMapView, or that in ``class Canvas(LivePanel, page="Name")``; a subclass of a panel has
    the twin of that panel, and ``page=""`` is for a base without one. Frames are made on the ticker's thread and only
    when the page has drawn the one before and has the panel on screen.

    Parameters
    ----------
    clock : callable
        Seconds, rising; for tests.
    ticker : Ticker
        Who calls ``tick``.
    **traits
        Any trait of an ipywidgets.DOMWidget (layout, tooltip, ...).
    """

    _model_module = traitlets.Unicode(MODULE, read_only=True).tag(sync=True)
    _model_module_version = traitlets.Unicode(MODULE_VERSION, read_only=True).tag(sync=True)
    _model_name = traitlets.Unicode(read_only=True).tag(sync=True)
    _view_name = traitlets.Unicode().tag(sync=True)
    _view_module = traitlets.Unicode(MODULE).tag(sync=True)
    _view_module_version = traitlets.Unicode(MODULE_VERSION).tag(sync=True)

    header = traitlets.Dict().tag(sync=True, to_json=header_bytes)
    """What the numbers are: {"sequence": 12, ...}"""

    values = traitlets.Bytes().tag(sync=True)
    """The numbers of the frame, little-endian: b"\\x00\\x00\\x80?..." """

    message = traitlets.Unicode().tag(sync=True)
    """What is awaited or wrong, in words: "scoring…" """

    wrong = traitlets.Bool().tag(sync=True)
    """Whether the message says what is wrong: False"""

    notice = traitlets.Unicode().tag(sync=True)
    """What is wrong with something that a person did or chose, until the next note: "The learning rate must be..." """

    fits: bool = traitlets.Bool().tag(sync=True)
    """Whether the drawing ends where its cell does, in height as in width; for a view that knows heights: False"""

    to_come: str | None = traitlets.Unicode(None, allow_none=True)
    """What there will be, in words, where somebody else says how it comes; in place of words that there is nothing
    yet: "Kernels as they form" """

    stills = traitlets.Dict().tag(sync=True)
    """What the outputs of still pictures hold, by the id of what was displayed: a page that was loaded meanwhile knows
    no display ids, and puts them in their place: {"f3a1": {"data": {"image/png": "iVBO..."}, "metadata": {}}}"""

    _twin = ""
    _heard_kinds: ClassVar[dict[str, tuple[str, dict[str, Any]]]] = {}

    def __init_subclass__(cls, page: str | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._twin = (cls._twin or cls.__name__) if page is None else page
        cls._heard_kinds = heard_by(cls)

    @traitlets.default("_model_name")  # type: ignore[untyped-decorator]
    def _name_of_model(self) -> str:
        return f"{self._twin}Model"

    @traitlets.default("_view_name")  # type: ignore[untyped-decorator]
    def _name_of_view(self) -> str:
        return f"{self._twin}View"

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, ticker: Ticker = TICKER, **traits: Any) -> None:
        check_options(traits, type(self))
        self.over = self._ended = False
        self.sequence = 0
        self._wishes = 0
        self._wishing = threading.Lock()  # held for a moment alone: whoever wishes does not wait for a frame
        self.heard = False
        self._gate, self._ticker, self._clock = FrameGate(clock), ticker, clock
        self._sending = threading.RLock()
        self._shown: tuple[dict[str, Any], bytes] = ({}, b"")
        self._when_over: list[Callable[[], None]] = [self.leave_picture]
        super().__init__(**{"tabbable": True, **traits})
        self.on_msg(self._on_page_message)
        heard_where_it_arrives(self)

    # --- what a subclass says -----------------------------------------------------------------------------------
    def make_frame(self) -> Frame:
        """Return the frame to show now; must not wait for anything."""
        raise NotImplementedError

    def source_over(self) -> bool:
        """Return whether what is shown has come to its end, so that one last frame is due even off screen."""
        return False

    def training_goes_on(self) -> bool:
        """Return whether what is shown trains, so that its last frame may be far off."""
        return not self.source_over()

    @property
    def visible(self) -> bool:
        """Whether any page shows the panel."""
        return self._gate.visible

    # --- frames -------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Show the first frame and have the ticker go on from there."""
        self._begin_anew()
        self.tick()
        if not self.over:
            self._ticker.add(self)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        with self._sending, self.hold_sync():
            self._shown = {}, b""
            self.header, self.values = {}, b""
        self.want()
        self.note("")

    def serve(self) -> None:
        """Send the page what there is to show now, also after the end."""
        self.want()
        self._call_back(True)

    def want(self) -> None:
        """Have the next frame go out at once, as when a person has asked for something else."""
        with self._wishing:
            self._wishes += 1
        self._gate.mounted()

    def renew(self) -> None:
        """Have the ticker send what is now asked for, and leave its picture; of several wishes at once the last."""
        self.want()
        self._begin_anew()
        self._ticker.add(self)

    def _begin_anew(self) -> None:
        with self._wishing:
            self.over = self._ended = False

    def tick(self) -> bool:
        """Send a frame if the page is ready for one and there is anything new; say whether one went out."""
        with self._sending:
            source_over = self._asked(self.source_over, False)
            # Where no page was ever heard, nobody will acknowledge the frame before the last.
            unheard = source_over and not (self.heard or self._ended)
            if not (unheard or self._gate.ready(even_hidden=source_over)):
                return False
            wishes = self._wishes
            frame = self._asked(self.make_frame, None) or self._as_said(source_over)
            sent = self._show(frame)
            with self._wishing:
                # What a person asked for while the frame was made is not in it: another one is due.
                final = frame.final and wishes == self._wishes
                ends, self.over = final and not self._ended, final
                self._ended = final
        if ends:
            self.at_end()
        return sent

    def at_end(self) -> None:
        """Do what is due after the last frame."""
        for action in self._when_over:
            self._asked(action, None)

    def when_over(self, action: Callable[[], None]) -> None:
        """Have this called after the last frame."""
        self._when_over.append(action)

    def show_now(self) -> bool:
        """Have the panel's state hold the frame of now, page or no page; say whether it is the last one."""
        with self._sending:
            frame: Frame = self._asked(self.make_frame, None) or self._as_said(True)
            self._show(frame)
            return frame.final

    def say(self, problem: str | BaseException, wrong: bool = False) -> None:
        """Show what is wrong or awaited, in words, inside the panel; an error is always wrong."""
        words = problem if isinstance(problem, str) else in_words(problem)
        wrong = wrong or isinstance(problem, BaseException)
        if (self.message, self.wrong) != (words, wrong):
            with self.hold_sync():
                self.message, self.wrong = words, wrong

    def note(self, problem: str | BaseException) -> None:
        """Show words that stay until the next note, as what was wrong with something that a person did; "" for none."""
        with self.hold_sync():
            self.notice = problem if isinstance(problem, str) else in_words(problem)
            self.say(self.notice, wrong=bool(self.notice))

    def nothing_yet(self, words: str) -> str:
        """Return what is said before there is anything to show: the words, or those for what there will be."""
        return words if self.to_come is None else self.to_come

    def _as_said(self, final: bool) -> Frame:
        """Return an empty frame that shows a message alone."""
        return Frame(message=self.message, wrong=self.wrong, final=final)

    def _show(self, frame: Frame) -> bool:
        """Send words and numbers at once: a page that had the words alone would say that it waits for numbers."""
        with self.hold_sync():
            self.say(frame.message or self.notice, wrong=frame.wrong if frame.message else bool(self.notice))
            new = bool(frame.header) and (frame.header, frame.values) != self._shown
            if not new and not (self._gate.wanted and self._shown[0]):
                return False
            if new:
                self._shown = frame.header, frame.values
            self.sequence += 1
            self._gate.sent(self.sequence)
            self.header = {**self._shown[0], "sequence": self.sequence}
            self.values = self._shown[1]
            return True

    def _asked(self, question: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return question()
        except NotUnderstood:
            raise
        except Exception as error:  # every failure is to be read in the panel, not in a log
            self.say(error)
            return otherwise

    def stage(self) -> None:
        """Fill the screen of every page that shows the panel; Escape or a second call comes back."""
        self.send({"kind": "stage", "whole": False})

    # --- the page -----------------------------------------------------------------------------------------------
    def _on_page_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict):
            with suppress(NotUnderstood):
                self._asked(lambda: self._hear(content), None)

    def _hear(self, content: dict[str, Any]) -> None:
        self.heard = True
        page_heard()
        kind = content.get("kind")
        if kind == "ack":
            self._gate.acknowledged(whole_number(content, "sequence"), _page(content))
        elif kind == "visible":
            visible = bool(content.get("visible"))
            self._gate.seen(visible, _page(content))
            self._call_back(visible)
        elif kind == "snapshot":
            self.serve()
        elif kind in self._heard_kinds:
            method, fields = self._heard_kinds[kind]
            getattr(self, method)(**fields_of(content, fields))

    def _is_ending(self) -> bool:
        return not self.heard and not self.training_goes_on()

    def _call_back(self, looked_at: bool) -> None:
        """Have the ticker send a frame to a view that has come on screen, also after the end."""
        if looked_at and self.comm is not None:
            with self._wishing:
                self.over = False
            self._ticker.add(self)

    # --- the end ------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Take the panel off the page and stop looking after it."""
        if hasattr(self, "_ticker"):
            self._ticker.discard(self)
        close_parts(self)
        super().close()

    def __repr__(self) -> str:
        """Describe in a line what the panel shows, not its numbers."""
        return f"<{type(self).__name__}: {self.sentence()}>"


def _page(content: dict[str, Any]) -> str:
    """Return the name of the page that a message is from."""
    return str(content.get("page", ""))
