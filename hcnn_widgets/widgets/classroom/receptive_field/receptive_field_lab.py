"""Receptive fields: which pixels a unit sees, of a stack of layers by numbers or of any Keras model."""

from typing import Any

import ipywidgets

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.widgets.classroom.lab_box import button, labelled, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.cells import NUDGES
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel, SceneLab
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .field_code import model_code, stack_code
from .field_doors import refuse_of_model, refuse_of_stack
from .field_keys import edited
from .field_layout import FieldTold, places_of
from .field_scene import field_scene
from .field_shown import MOST_LAYERS, OWN, PRESETS, FieldShown, LayerFields, checked_unit, preset_of, stack_of
from .field_table import EDITED
from .field_words import measured_sentence, stack_sentence, unit_sentence

STRONGEST_MAP = "strongest"
MOST_MAPS = 512


class ReceptiveFieldLab(SceneLab[FieldShown]):
    """The pixels that a unit sees, over the image: its receptive field by arithmetic and, of a network, measured.

    A pointer or the arrow keys walk over the map of the opened layer; a click or Enter keeps a unit. Boxes on the image
    are what units of all layers see at this place. In the table a layer is opened by a click or Enter; the numbers of a
    stack are typed, and all later boxes move with them. Of a network the change of the unit's response with each pixel
    is measured and lies over the image in orange.

    Parameters
    ----------
    layers : sequence, optional
        From the image up, each a kernel, or kernel, stride, dilation and padding ("valid", "same" or a number); by
        default one layer of kernel 3 and stride 2. A ``lab.state`` in its place is shown again.
    size : int
        Pixels along a side of the image of a stack.
    model : GoalDrivenModel, Run or keras.Model, optional
        Whose layers are shown in place of a stack; measured anew while it trains.
    image : (height, width) or (height, width, n_channels) or StimulusSet, optional
        What the model is shown; by default an image that its training holds out.
    layer : int or str, optional
        The opened layer: its number in a stack, from 1 on; of a model a layer or an area. By default the last.
    unit : (int, int), optional
        Row and column of the unit in focus, from 0 on; by default the one in the middle.
    number : int, optional
        Number of the map of a model, from 0 on; by default the one that responds most at the place.
    **options
        ``clock`` and ``ticker`` of the panels within.

    Raises
    ------
    TypeError, ValueError
        If there is no such layer or unit, or a layer has no room for a window.
    """

    @takes_state
    def __init__(
        self,
        layers: Any = None,
        *,
        size: int | None = None,
        model: Any = None,
        image: Any = None,
        layer: int | str | None = None,
        unit: Any = None,
        number: int | None = None,
        **options: Any,
    ) -> None:
        check_options(options, ReceptiveFieldLab, LabPanel)
        self._told: tuple[Any, Any, FieldTold | None] = (None, None, None)
        self._model: Any = None
        if model is None:
            refuse_of_model(image=image, number=number)
            first_size, first = next(iter(PRESETS.values()))
            shown = stack_of(first if layers is None else layers, first_size if size is None else size, layer, unit)
        else:
            refuse_of_stack(layers=layers, size=size)
            shown = self._shown_of(model, image, layer, unit, number)
        self._make_controls()
        controls = [self._preset, self._size, self._add, self._remove, self._layer, self._map]
        super().__init__(shown, controls, **options)

    def _shown_of(self, model: Any, image: Any, layer: Any, unit: Any, number: Any) -> FieldShown:
        from .field_model import FieldModel

        self._model = FieldModel(model, image)
        path = self._model.path_of(layer)
        fields = self._model.fields[path]
        if number is not None and not (is_whole(number, 0) and number < fields.shape[2]):
            raise ValueError(
                f"`number` is no map of {path!r}. Accepted are 0 to {fields.shape[2] - 1}; received {number!r}."
            )
        return FieldShown((), 0, path, checked_unit(unit, fields), None if number is None else int(number))

    def _make_controls(self) -> None:
        self._preset = labelled(
            ipywidgets.Dropdown, "Stack", "230px", options=[*PRESETS, OWN], tooltip="Stacks of layers by name"
        )
        self._size = labelled(
            ipywidgets.BoundedIntText, "Image side", "150px", min=1, max=64, tooltip="Pixels along a side of the image"
        )
        self._add = button("Add layer", "plus", "Add a layer behind the opened one (key n)", lambda _: self._press("n"))
        self._remove = button("Remove", "minus", "Remove the opened layer (key x)", lambda _: self._press("x"))
        paths = () if self._model is None else tuple(self._model.fields)
        self._layer = labelled(ipywidgets.Dropdown, "Layer", "260px", options=paths, tooltip="The layer that is opened")
        self._map = labelled(
            ipywidgets.Dropdown, "Map", "150px", options=[STRONGEST_MAP], tooltip="The map of the layer (keys m, s)"
        )
        self._preset.observe(lambda change: self.choose(lambda: self._of_preset(change["new"])), "value")
        self._size.observe(lambda change: self.choose(lambda: self._of_size(change["new"])), "value")
        self._layer.observe(lambda change: self.choose(lambda: self._opened(change["new"])), "value")
        self._map.observe(lambda change: self.choose(lambda: self._of_map(change["new"])), "value")

    # --- what it shows --------------------------------------------------------------------------------------------
    @property
    def rows(self) -> list[LayerFields]:
        """The layers of the table, from the image up."""
        if self._model is None:
            return list(self.shown.fields)
        return list(self._model.rows(self.shown.layer, MOST_LAYERS))

    @property
    def opened(self) -> int:
        """Which of them is opened."""
        if self._model is None:
            return int(self.shown.layer) - 1
        return next(n for n, fields in enumerate(self.rows) if fields.name == self.shown.layer)

    @property
    def measured(self) -> Any:
        """The gradient of the unit in focus; None where there is no network, or as long as it is measured."""
        return None if self._model is None else self._model.look(self.shown.layer, self._asked)

    def told(self) -> FieldTold:
        """Return what the picture shows, the same object as long as nothing changes."""
        shown, measured = self.shown, self.measured
        if self._told[2] is None or self._told[0] is not shown or self._told[1] is not measured:
            self._told = shown, measured, self._tell(measured)
        assert self._told[2] is not None
        return self._told[2]

    def _tell(self, measured: Any) -> FieldTold:
        shown, rows, opened = self.shown, tuple(self.rows), self.opened
        if self._model is None:
            said = stack_sentence(rows, opened, shown.unit, shown.size)
            return FieldTold(rows, opened, shown.unit, (shown.size, shown.size), None, None, said, of_model=False)
        more = measured_sentence(rows[opened], shown.unit, measured, shown.number is not None)
        step = self._model.step()
        after = "" if step is None or measured is None else f" Step {step:,}."
        said = f"{unit_sentence(rows[opened], shown.unit)} {more}{after}".strip()
        picture = self._model.picture
        return FieldTold(rows, opened, shown.unit, picture.shape[:2], picture, measured, said, of_model=True)

    def scene(self, width: int) -> Scene:
        """Describe image and map, for a width in pixels."""
        return field_scene(self.told(), width)

    def awaited(self) -> str:
        """Say that the model is gone, where it is."""
        return "" if self._model is None else str(self._model.waits())

    def source_over(self) -> bool:
        """Say whether the model is at rest, and its unit has been measured."""
        return self._model is None or bool(self._model.over(self.shown.layer, self._asked))

    @property
    def code(self) -> str:
        """Lines of Keras that measure what the unit sees."""
        shown = self.shown
        if self._model is None:
            return stack_code(shown.layers, shown.size, int(shown.layer), shown.unit)
        fields = self._model.fields[shown.layer]
        return model_code(str(shown.layer), shown.unit, shown.number, fields.shape[:2] != (1, 1))

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        shown, of_stack = self.shown, self._model is None
        for control in (self._preset, self._size, self._add, self._remove):
            put(control.layout, display=None if of_stack else "none")
        for control in (self._layer, self._map):
            put(control.layout, display="none" if of_stack else None)
        if of_stack:
            put(self._preset, value=preset_of(shown))
            put(self._size, value=min(shown.size, self._size.max))
            put(self._remove, disabled=len(shown.layers) == 1)
            put(self._add, disabled=len(shown.layers) == MOST_LAYERS)
            return
        n_maps = min(self._model.fields[shown.layer].shape[2], MOST_MAPS)
        put(self._layer, value=shown.layer)
        options = (STRONGEST_MAP, *(str(number + 1) for number in range(n_maps)))
        put(self._map, options=options)
        put(self._map, value=STRONGEST_MAP if shown.number is None else str(shown.number + 1))

    # --- what is done ---------------------------------------------------------------------------------------------
    def pressed(self, place: int, key: str) -> None:
        """Act on a key over the map, or at a cell of the table."""
        if self.press_of_all(key):
            return
        told, shown, places = self.told(), self.shown, places_of(self.told())
        unit = places.unit_at(place)
        if key in NUDGES:
            right, up = NUDGES[key]
            height, width = told.here.shape[:2]
            moved = (min(max(shown.unit[0] - up, 0), height - 1), min(max(shown.unit[1] + right, 0), width - 1))
            self.go_to(shown.other(unit=moved))
        elif key in ("m", "s"):
            if self._model is not None:
                self.go_to(shown.other(number=self._next_map() if key == "m" else None))
        elif key in ("n", "x"):
            self._press(key)
        elif unit is None:
            self._press_cell(*places.cell_at(place), key)
        elif key == "Enter":
            self.go_to(shown.other(unit=unit))

    def _press_cell(self, at: int, column: int, key: str) -> None:
        if self._model is None and column in EDITED:
            changed = edited(self.shown, at + 1, EDITED[column], key)
            self.go_to(self.shown.with_layer(at + 1, **changed) if changed else None)
        elif key == "Enter":
            self.go_to(self._opened(self.rows[at].name if self._model is not None else at + 1))

    @property
    def _asked(self) -> tuple[int, int, int]:
        from .field_model import asked_of

        return asked_of(self.shown.unit, self.shown.number)

    def _press(self, key: str) -> None:
        if self._model is None:
            self.act(lambda: self.go_to(self.shown.added() if key == "n" else self.shown.removed()))

    def _opened(self, layer: int | str) -> FieldShown | None:
        """Return what is shown with another layer opened, at the unit that looks at the same place."""
        box = self.told().here.box(self.shown.unit)
        fields = self._model.fields[layer] if self._model is not None else self.shown.fields[int(layer) - 1]
        middle = (0.0, 0.0) if box is None else ((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)
        return self.shown.other(layer=layer, unit=fields.nearest(*middle), number=None)

    def _of_preset(self, name: str) -> FieldShown | None:
        if name == OWN:
            return None
        size, layers = PRESETS[name]
        return stack_of(layers, size, None, None)

    def _of_size(self, size: int) -> FieldShown | None:
        return self.shown.restacked(self.shown.layers, size, int(self.shown.layer))

    def _of_map(self, name: str) -> FieldShown | None:
        return self.shown.other(number=None if name == STRONGEST_MAP else int(name) - 1)

    def _next_map(self) -> int:
        n_maps = self.told().here.shape[2]
        measured = self.measured
        now = self.shown.number if self.shown.number is not None else -1 if measured is None else measured.number
        return int((now + 1) % n_maps)

    def close(self) -> None:
        """Take the lab off the page, and hold neither run nor model any more."""
        if getattr(self, "_model", None) is not None:
            self._model.close()
        super().close()
