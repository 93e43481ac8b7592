"""The panel of sounds: what is seen, what is left out, what is played, what a network answers."""

import io
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from drawn_networks import settle, words
from scene_marks import flat, group
from scipy.io import wavfile

import hcnn_widgets as hw
from hcnn_widgets.stimuli.audition.erb import erb_number
from hcnn_widgets.widgets.audition.heard_scene import heard_scene
from hcnn_widgets.widgets.audition.heard_sound import N_BANDS
from hcnn_widgets.widgets.scene.marks import Line, Pixels, Rect, Text

RATE = 16_000
TIME = np.arange(RATE) / RATE
TONES = np.sin(2 * np.pi * 500 * TIME) + np.sin(2 * np.pi * 3650 * TIME)


@pytest.fixture
def panel(page, clock, ticker):
    return hw.widgets.CochleagramPanel(wave=TONES, sample_rate=RATE, clock=clock, ticker=ticker)


@pytest.fixture(scope="module")
def heard() -> hw.StimulusSet:
    return hw.stimuli.sounds(16, seconds=0.25, sample_rate=8_000, seed=2)


def played(panel, which: int) -> tuple[int, np.ndarray]:
    return wavfile.read(io.BytesIO(bytes(list(panel._players.values())[which].value)))


def scene_of(panel, width: int = 800, height: int | None = None):
    return panel.panel.scene(width, height)


def band_of(hertz: float) -> int:
    """Give the band of a frequency, by its place between the ends on the scale of the ear."""
    low, high = erb_number(50.0), erb_number(8000.0)
    channel = 64 - (erb_number(hertz) - low) / (high - low) * 65
    return int(round(float(channel)) // 4)


def amplitude(wave: np.ndarray, hertz: int) -> float:
    return float(np.abs(np.fft.rfft(wave))[hertz] / len(wave) * 2)


def test_a_band_left_out_is_neither_seen_nor_heard_and_comes_back(panel, page, ticker) -> None:
    band = band_of(3650)
    whole = played(panel, 0)[1].astype(float)
    page.say(panel.panel, kind="press", place=band, key="Enter")
    ticker.round()
    rate, left = played(panel, 1)
    assert rate == RATE
    assert amplitude(left, 3650) < 0.05 * amplitude(whole, 3650)
    assert amplitude(left, 500) == pytest.approx(amplitude(whole, 500), rel=0.01)
    np.testing.assert_array_equal(played(panel, 0)[1], whole)
    pixels = next(mark for mark in flat(scene_of(panel).marks) if isinstance(mark, Pixels)).image.sum(axis=2)
    bright = pixels[4 * band : 4 * band + 4].mean()
    panel._back.click()
    ticker.round()
    after = next(mark for mark in flat(scene_of(panel).marks) if isinstance(mark, Pixels)).image.sum(axis=2)
    assert after[4 * band : 4 * band + 4].mean() > bright + 50
    assert panel.left_out == frozenset()


def test_one_key_leaves_a_band_alone_and_another_takes_all_back(panel, page, ticker) -> None:
    band = band_of(500)
    page.say(panel.panel, kind="press", place=band, key="o")
    assert panel.left_out == frozenset(range(N_BANDS)) - {band}
    left = played(panel, 1)[1]
    assert amplitude(left, 500) > 20 * amplitude(left, 3650)
    wave = panel.panel.sound.without(panel.left_out)
    power = np.abs(np.fft.rfft(wave)) ** 2
    assert power[300:800].sum() > 0.999 * power.sum()  # neither what is below all channels nor what is above
    page.say(panel.panel, kind="press", place=0, key="r")
    assert panel.left_out == frozenset()


def test_without_any_band_nothing_is_left(panel, ticker) -> None:
    panel.left_out = range(N_BANDS)
    ticker.round()
    assert np.abs(played(panel, 1)[1]).max() == 0
    assert "all frequencies left out" in panel.sentence()


def test_a_frequency_stands_where_its_tone_is_brightest(panel) -> None:
    scene = scene_of(panel)
    pixels = next(mark for mark in scene.marks if isinstance(mark, Pixels))
    ticks = {mark.key: mark.y1 for mark in flat(group(scene, "hertz")) if isinstance(mark, Line)}
    brightness = pixels.image.astype(int).sum(axis=2).mean(axis=1)
    row = (ticks["tick-500"] - pixels.y) / pixels.height * 64
    assert brightness[int(row) - 1 : int(row) + 2].max() == brightness[32:].max()
    assert words(group(scene, "hertz"))[:3] == ["100", "200", "500"]


def test_the_places_are_bands_from_the_top_and_the_words_say_hertz(panel, ticker) -> None:
    panel.left_out = {0, 1, 15}
    ticker.round()
    scene = scene_of(panel)
    assert len(scene.places) == N_BANDS
    assert scene.places[0].sentence.endswith("Hz: left out.")
    assert "of the largest value" in scene.places[5].sentence
    assert scene.said.count(" to ") == 2  # neighbours are one range
    assert scene.numbers[0][0] == "hz"
    assert len(scene.numbers) == 65


@pytest.mark.parametrize(("width", "height"), [(280, None), (640, 240), (1200, None), (2000, 700)])
def test_all_stands_within_at_any_size(panel, width: int, height: int | None) -> None:
    scene = scene_of(panel, width, height)
    for mark in flat(scene.marks):
        if isinstance(mark, Pixels | Rect):
            assert mark.x >= 0
            assert mark.x + mark.width <= width
            assert mark.y + mark.height <= scene.height
        if isinstance(mark, Text):
            assert mark.y <= scene.height


def test_drawn_sounds_are_chosen_by_kind_and_say_what_they_are_made_of(page, clock, ticker, heard) -> None:
    panel = hw.widgets.CochleagramPanel(stimuli=heard, clock=clock, ticker=ticker)
    labels = [str(label) for label in panel.stimuli.labels]
    assert [words for words, _ in panel._choice.options] == [f"{n + 1}: {label}" for n, label in enumerate(labels)]
    assert len(set(labels[:8])) == 8
    panel.number = labels.index("rain")
    page.change(panel._choice, index=labels.index("syllables"))
    ticker.round()
    assert panel.number == labels.index("syllables")
    with pytest.raises(ValueError, match=r"`number` is of no sound. Accepted are 0 to 15; received 16"):
        panel.number = 16
    assert "says \u201c" in panel.sentence()
    assert "the noise" in panel.panel.header["title"]
    wave = hw.stimuli.sound_waves(panel.stimuli, [panel.stimuli.stimulus_ids[panel.number]])[0]
    file = played(panel, 0)[1].astype(float)
    np.testing.assert_allclose(file / np.abs(file).max(), wave / np.abs(wave).max(), atol=1e-4)


def test_the_code_does_the_same(page, clock, ticker, heard) -> None:
    panel = hw.widgets.CochleagramPanel(stimuli=heard, clock=clock, ticker=ticker)
    panel.left_out = {2}
    shown: list[np.ndarray] = []
    names = {"hw": hw, "np": np, "stimuli": heard}
    names["IPython"] = SimpleNamespace(display=SimpleNamespace(Audio=lambda data, rate: shown.append(data)))
    exec(panel.code, names)
    expected = panel.panel.sound.without(frozenset({2}))
    np.testing.assert_allclose(shown[0], expected, atol=1e-12)


def test_a_network_answers_to_what_is_left(page, clock, ticker, heard) -> None:
    spec = hw.architecture.auditory_hcnn(input_shape=heard.image_shape)
    model = hw.GoalDrivenModel(spec, seed=0)
    model.build(heard.categories)
    panel = hw.widgets.CochleagramPanel(model, heard, clock=clock, ticker=ticker)
    settle(panel.panel)
    for bands in (frozenset(), frozenset(range(8))):
        panel.left_out = bands
        settle(panel.panel)
        image = panel.panel.sound.heard(bands).image[None]
        logits = np.asarray(model.network(image))[0]
        said = panel.panel.header["label"].split("The network answers ")[1]
        assert said.startswith(model.categories[int(logits.argmax())])
    assert "The network answers" in words(group(scene_of(panel), "answer"))


def test_it_leaves_a_picture(panel) -> None:
    assert panel.picture().startswith(b"\x89PNG")


def test_nothing_plays_by_itself(panel) -> None:
    assert not any(player.autoplay or player.loop for player in panel._players.values())
    assert all(player.controls for player in panel._players.values())


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"wave": TONES}, "`sample_rate` is none"),
        ({"wave": np.zeros((RATE, 2)), "sample_rate": RATE}, "`wave` is not one channel"),
        ({"wave": np.zeros(70 * 200), "sample_rate": 200}, "`wave` is too long. Accepted is up to 60 s; received 70 s"),
        ({"stimuli": hw.StimulusSet.from_arrays(np.zeros((2, 8, 8), np.uint8))}, "must be drawn sounds"),
    ],
)
def test_what_cannot_be_heard_is_refused(options, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        hw.widgets.CochleagramPanel(**options)


def test_a_plain_keras_network_is_asked_and_says_what_its_outputs_lack(page, clock, ticker, heard) -> None:
    layers = keras.layers
    network = keras.Sequential(
        [layers.Input(heard.image_shape), layers.Conv2D(2, 9, 8), layers.Flatten(), layers.Dense(3)]
    )
    panel = hw.widgets.CochleagramPanel(network, heard, number=2, clock=clock, ticker=ticker)
    assert (panel.number, panel._choice.value) == (2, 2)
    settle(panel.panel)
    said = " ".join(mark.words for mark in flat(scene_of(panel).marks) if isinstance(mark, Text))
    assert "Nobody has said what the network's 3 outputs stand for" in said
    with pytest.raises(TypeError, match=r"`source` has no network that could hear.*received list"):
        hw.widgets.CochleagramPanel([network], heard)


def test_a_wave_and_other_sounds_at_once_are_refused(heard) -> None:
    with pytest.raises(ValueError, match="`wave` stands in the place of other sounds"):
        hw.widgets.CochleagramPanel(stimuli=heard, wave=TONES, sample_rate=RATE)


def test_the_scene_is_a_function_of_what_is_told(panel) -> None:
    told = panel.panel._told[1]
    assert heard_scene(told, 700).plain() == heard_scene(told, 700).plain()
