"""An activation function and its pre-activations in sentences."""

import math
import re

from hcnn_widgets.widgets.classroom.plane.cells import factor_text, number_text
from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.word_room import MINUS

from .activation_shown import ActivationShown
from .pre_activations import PreActivations

PRIME = "\u2032"
UP = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"


def formula(shown: ActivationShown) -> str:
    """Return f as it is written, of what is above the threshold where there is one: "max(0, y), y = z - 0.5"."""
    written = shown.activation.formula.replace("-z", f"{MINUS}z").replace("inf", "\u221e")
    if not shown.threshold:
        return written
    above = re.sub(r"\bz\b", "y", written)
    return f"{above}, y = {_less(shown)}"


def at_place(shown: ActivationShown, z: float) -> str:
    """Write out value and slope at a pre-activation."""
    value, slope = number_text(float(shown.value(z))), number_text(float(shown.slope(z)))
    within = _argument(shown, z)
    return f"f({within}) = {value}, f{PRIME}({within}) = {slope}"


def shares_sentence(shown: ActivationShown, given: PreActivations | None) -> str:
    """Say how many pre-activations let no gradient pass, or hardly any."""
    if given is None or not len(given.z):
        return ""
    z, f = given.z - shown.threshold, shown.activation
    dead, flat = percent(f.dead_share(z)), percent(f.saturated_share(z))
    return f"At {dead} of {given.whose} the slope is 0, at {flat} it is below 0.1."


def through_sentence(shown: ActivationShown, given: PreActivations | None) -> str:
    """Say what is left of a gradient behind the layers, what the weights do to it apart."""
    best = power_text(shown.activation.steepest, shown.layers)
    through = f"Through {plural(shown.layers, 'layer')} a gradient keeps at best {best}"
    if given is None or not len(given.z):
        return f"{through}, weights apart."
    usual = power_text(usual_slope(shown, given), shown.layers)
    return f"{through}, usually {usual}, weights apart."


def usual_slope(shown: ActivationShown, given: PreActivations) -> float:
    """Return the root mean square of the slopes at what is given."""
    return shown.activation.usual_slope(given.z - shown.threshold)


def sentence(shown: ActivationShown, given: PreActivations | None) -> str:
    """Return what is seen, in three short sentences."""
    name = shown.activation.words
    first = f"{name[0].upper()}{name[1:]}: {at_place(shown, shown.z)}."
    return " ".join(filter(None, [first, shares_sentence(shown, given), through_sentence(shown, given)]))


def dead_maps(shown: ActivationShown, given: PreActivations | None) -> str:
    """Say how many maps or units no image reaches; empty where there is no network, or none of them."""
    if given is None or not len(given.largest):
        return ""
    n_dead = int((shown.slope(given.largest) == 0).sum())
    return f"{n_dead} of {plural(len(given.largest), 'map')} dead to every image" if n_dead else ""


def percent(share: float) -> str:
    """Write a share in per cent; one that is not quite 0 or 1 is not written so.

    Examples
    --------
    >>> percent(0.5), percent(0.0001), percent(0.0), percent(0.9999)
    ('50 %', 'under 1 %', '0 %', 'over 99 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 < share < 1 else f"{100 * share:.0f} %"


def power_text(base: float, exponent: int) -> str:
    """Write a power with its value.

    Examples
    --------
    >>> power_text(0.25, 5), power_text(1.0, 3), power_text(0.25, 12)
    ('0.25\u2075 = 0.00098', '1\u00b3 = 1', '0.25\u00b9\u00b2 = 6.0\u00d710\u207b\u2078')
    """
    return f"{base:.3g}{_raised(exponent)} = {small_text(base**exponent)}"


def small_text(value: float) -> str:
    """Write a positive number with two digits, very small ones as a power of ten.

    Examples
    --------
    >>> small_text(0.1768), small_text(3.1e-9), small_text(11.46)
    ('0.18', '3.1\u00d710\u207b\u2079', '11')
    """
    if value <= 0 or value >= 1e-4:
        return f"{value:.2g}"
    power = math.floor(math.log10(value))
    return f"{value / 10**power:.1f}\u00d710{_raised(power)}"


def threshold_sentence(shown: ActivationShown) -> str:
    """Say the threshold."""
    return f"threshold {number_text(shown.threshold)}"


def _raised(exponent: int) -> str:
    sign = "\u207b" if exponent < 0 else ""
    return sign + "".join(UP[int(digit)] for digit in str(abs(exponent)))


def _argument(shown: ActivationShown, z: float) -> str:
    if not shown.threshold:
        return number_text(z)
    sign = MINUS if shown.threshold > 0 else "+"
    return f"{number_text(z)} {sign} {number_text(abs(shown.threshold))}"


def _less(shown: ActivationShown) -> str:
    return f"z {MINUS} {factor_text(shown.threshold)}"
