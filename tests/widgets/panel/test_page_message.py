import pytest
from brain_side import explorer_of
from stand_in_rdms import StandInRdms, random_rdm, settle
from stand_in_rdms import explorer_of as rdm_explorer_of

from hcnn_widgets.widgets.kernels.kernel_grid import KernelGrid
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import NotUnderstood, hears, text, whole_number, whole_numbers
from hcnn_widgets.widgets.tau_counter.tau_counter import TauCounter


@pytest.mark.parametrize("value", [None, "3", 3.5, True, [3], {}])
def test_what_is_no_whole_number_is_not_understood(value):
    with pytest.raises(NotUnderstood):
        whole_number({"index": value}, "index")
    with pytest.raises(NotUnderstood):
        whole_numbers({"images": [1, value]}, "images")


def test_what_is_understood_is_given_as_it_came():
    assert whole_numbers({"images": [2, 0]}, "images") == [2, 0]
    assert text({"area": "V1"}, "area") == "V1"
    for content in ({}, {"area": 1}):
        with pytest.raises(NotUnderstood):
            text(content, "area")
    with pytest.raises(NotUnderstood):
        whole_numbers({"images": "12"}, "images")


def rdms(clock, ticker, monkeypatch):
    measured = StandInRdms()
    measured.measure(100)
    shown = rdm_explorer_of(measured, monkeypatch, clock=clock, ticker=ticker)
    settle(shown)
    return shown


PANELS = {
    "kernels": lambda clock, ticker, *_: KernelGrid(clock=clock, ticker=ticker),
    "predictivity": lambda clock, ticker, *_: explorer_of(clock=clock, ticker=ticker),
    "rdms": rdms,
    "tau": lambda clock, ticker, *_: TauCounter(random_rdm(1), random_rdm(2), clock=clock, ticker=ticker),
}
KINDS = ("select", "choose", "subset", "pin", "zoom", "area", "stop", "walk")


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("field", [None, {"deep": [1]}, float("nan")])
def test_no_panel_shows_a_message_that_it_does_not_understand(page, clock, ticker, monkeypatch, panel, kind, field):
    shown = PANELS[panel](clock, ticker, monkeypatch).panel
    before = shown.message, shown.wrong
    names = ("index", "brain", "model", "site", "images", "pair", "group", "area", "stop", "way")
    page.say(shown, kind=kind, **dict.fromkeys(names, field))
    page.say(shown, kind=kind)
    assert (shown.message, shown.wrong) == before


def test_a_method_hears_messages_of_its_kind_and_one_that_overrides_it_goes_on_hearing_them(page, clock, ticker):
    class Lamp(LivePanel):
        told = ()

        @hears("light", colour=str, place=int)
        def light(self, colour, place):
            self.told = (colour, place)

    class DimLamp(Lamp):
        def light(self, colour, place):
            super().light(f"dim {colour}", place)

    for kind, colour in ((Lamp, "red"), (DimLamp, "dim red")):
        lamp = kind(clock=clock, ticker=ticker)
        page.say(lamp, kind="light", colour="red", place=True)
        page.say(lamp, kind="dark", colour="red", place=2)
        assert lamp.told == ()
        page.say(lamp, kind="light", colour="red", place=2, more="passed over")
        assert lamp.told == (colour, 2)


def test_a_field_of_a_message_is_a_whole_number_a_text_or_whole_numbers():
    with pytest.raises(TypeError, match=r"`share` must be int, str or list\[int\]; received <class 'float'>"):
        hears("light", share=float)
