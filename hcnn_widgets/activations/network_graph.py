"""A network's own graph: which layer is applied to which tensors, models inside it opened up.

A Keras layer remembers every graph that it was ever called in, so `layer.output` may belong to another network, and
the order of `network.layers` says nothing of who feeds whom. Here only the nodes of the network's own graph are read.

Keras 3 has no public way to them. What is private stands in this file alone: `Sequential._functional`,
`Functional._nodes_by_depth`, the nodes' `operation`, `arguments`, `outputs` and `is_input`, and the layers'
`_call_context_args` and `_flatten_layers` (Keras 3.15). Nothing is built, called or imported: looking at a network
never changes it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Tap(NamedTuple):
    """A tensor of a network: an application of a layer and which of its outputs."""

    application: "Application"
    output: int

    @property
    def symbol(self) -> Any:
        """The keras.KerasTensor that stands for it in the graph."""
        return self.application.symbols[self.output]


@dataclass(frozen=True, eq=False)
class Application:
    """One call of a layer, or of an operation such as `a + b`, in a network's own graph.

    Attributes
    ----------
    path : str
        Name of the layer, behind the names of the models that it lies in ("backbone/conv1"); with the number of the
        application, from 0, where the graph holds several ("shared#2").
    layer : keras.Operation
        The layer that is applied.
    number, times : int
        Which of the layer's applications in this graph it is, from 0, and how many there are.
    symbols : tuple of keras.KerasTensor
        The outputs as symbols, with their shapes.
    inputs : dict of int to Tap
        By the identity of the symbol in the call's arguments.
    inside : tuple of Application
        Of a model that is opened up, its applications in order; else none.
    names : dict of str to Application
        Those inside by name, as in `NetworkGraph.names`.
    produced : tuple of Tap
        Of a model that is opened up, where inside each output comes from; else none.
    """

    path: str
    layer: Any
    number: int
    times: int
    node: Any
    symbols: tuple[Any, ...]
    inputs: Mapping[int, Tap]
    inside: tuple["Application", ...] = ()
    names: Mapping[str, "Application"] = field(default_factory=dict)
    produced: tuple[Tap, ...] = ()

    @property
    def outputs(self) -> tuple[Tap, ...]:
        """The tensors that come out, each with the application that makes it."""
        return self.produced if self.inside else tuple(Tap(self, output) for output in range(len(self.symbols)))

    @property
    def is_input(self) -> bool:
        """Whether tensors enter here: the input of the network, or of a model inside it."""
        return bool(self.node.is_input)

    @property
    def takes_training(self) -> bool:
        """Whether the layer does something else in training, and is told so by an argument of its call."""
        return "training" in getattr(self.layer, "_call_context_args", ())

    @property
    def held(self) -> tuple[str, ...]:
        """Names of the layers that the layer holds and runs by itself, so that no tap reaches them."""
        return () if self.inside else tuple(layer.name for layer in layers_within(self.layer)[1:])

    @property
    def leaves(self) -> tuple["Application", ...]:
        """The application itself, or of an opened model all those inside, in order."""
        return tuple(leaf for inner in self.inside for leaf in inner.leaves) if self.inside else (self,)

    def upstream(self) -> set["Application"]:
        """Return the applications that this one's outputs follow from, itself included."""
        found, waiting = {self}, [self]
        while waiting:
            parents = {tap.application for tap in waiting.pop().inputs.values()} - found
            found |= parents
            waiting += parents
        return found


class NetworkGraph:
    """The applications of a network in the order in which Keras runs them.

    Parameters
    ----------
    network : keras.Model
        Functional, or Sequential and built; read as it is now, after any `pop` or `add`.

    Attributes
    ----------
    applications : tuple of Application
        Those of the network itself; a model inside it is one of them, and opened up where Keras runs nothing but its
        graph.
    names : dict of str to Application
        By the name of the layer (the last application of several) and by the name with the application's number.

    Raises
    ------
    TypeError
        When the network is no graph of layers.
    """

    def __init__(self, network: Any) -> None:
        functional = _functional_of(network)
        if functional is None:
            raise TypeError(
                "`network` must be a graph of layers, that is keras.Sequential or keras.Model(inputs, outputs), and "
                f"built; received {type(network).__name__}. hw.watch(network) follows the fit of any compiled model; "
                "what such a one answers comes in as ActivationSet({area: array}, stimulus_ids)."
            )
        self.applications, self.names = _read(functional, "", {})

    @property
    def leaves(self) -> tuple[Application, ...]:
        """All applications in order, with those inside opened models instead of the models."""
        return tuple(leaf for application in self.applications for leaf in application.leaves)

    def find(self, name: str) -> Application | None:
        """Return the application of this name or path; None where there is none."""
        way = self.way(name)
        return way[-1] if way else None

    def way(self, name: str) -> tuple[Application, ...]:
        """Return the application of this name or path behind the models that it lies in; none where there is none."""
        names: Mapping[str, Application] = self.names
        way: list[Application] = []
        for part in name.split("/"):
            if part not in names:
                return ()
            way.append(names[part])
            names = way[-1].names
        return tuple(way)

    def run(self, fed: Any, wanted: Sequence[Tap], apply: Callable[[Application, Any, Any], list[Any]]) -> list[Any]:
        """Return the wanted tensors for what is fed to the network's input, applying nothing that they do not need.

        Parameters
        ----------
        fed : array or keras.KerasTensor
            (n_stimuli, ...), what enters the network.
        wanted : sequence of Tap
            The tensors.
        apply : callable
            (application, positional arguments, keyword arguments) -> its outputs.
        """
        needed = set().union(*(tap.application.upstream() for tap in wanted))
        order = [application for application in self.leaves if application in needed]
        # Without a graph that is compiled, whatever is still held here takes memory: maps go once nobody needs them.
        last = {tap.application: application for application in order for tap in application.inputs.values()}
        kept = {tap.application for tap in wanted}
        values: dict[Application, list[Any]] = {}
        for application in order:
            given = {key: values[tap.application][tap.output] for key, tap in application.inputs.items()}
            if application.is_input:
                arguments: Any = (tuple(given.values()) or (fed,), {})
            else:
                arguments = application.node.arguments.fill_in(given)
            values[application] = apply(application, *arguments)
            for parent in {tap.application for tap in application.inputs.values()} - kept:
                if last[parent] is application:
                    del values[parent]
        return [values[tap.application][tap.output] for tap in wanted]


def layers_within(layer: Any) -> list[Any]:
    """Return a layer, or an operation, and the layers that it holds and runs by itself."""
    return getattr(layer, "_flatten_layers", lambda: [layer])()


def has_graph(network: Any) -> bool:
    """Return whether a network is a graph of layers, so that `NetworkGraph` can read it."""
    return _functional_of(network) is not None


def _functional_of(model: Any) -> Any:
    """Return what holds the nodes: the model, or what a Sequential has made of its layers as they are now, or None."""
    functional = model._functional if hasattr(model, "_functional") else model
    return functional if hasattr(functional, "_nodes_by_depth") else None


def _read(
    functional: Any, prefix: str, fed: Mapping[int, Tap]
) -> tuple[tuple[Application, ...], dict[str, Application]]:
    """Read the nodes of a graph, its inputs being fed from an outer one, and of those inside it.

    Parameters
    ----------
    functional : keras.Functional
        The graph.
    prefix : str
        Path of the model, with "/" behind it; empty for the network itself.
    fed : mapping of int to Tap
        Outer tensors by the identity of the graph's own input symbols; none for the network itself.
    """
    nodes = _ordered_nodes(functional)
    mark = _mark(nodes)
    times, reached = Counter(id(node.operation) for node in nodes), Counter[int]()
    taps: dict[int, Tap] = {}
    applications = []
    for node in nodes:
        key, name = id(node.operation), node.operation.name
        numbered = f"{name}{mark}{reached[key]}" if times[key] > 1 else name
        if node.is_input:
            given = {id(symbol): fed[id(symbol)] for symbol in node.outputs if id(symbol) in fed}
        else:
            given = {id(symbol): taps[id(symbol)] for symbol in node.input_tensors}
        own = (prefix + numbered, node.operation, reached[key], times[key], node, tuple(node.outputs), given)
        applications.append(Application(*own, *_inside(node, prefix + numbered, given)))
        taps |= {id(symbol): tap for symbol, tap in zip(node.outputs, applications[-1].outputs, strict=True)}
        reached[key] += 1
    numbered_names = {application.path.removeprefix(prefix): application for application in applications}
    # Of several applications of a layer the last one stays under the layer's bare name.
    return tuple(applications), numbered_names | {application.layer.name: application for application in applications}


def _inside(
    node: Any, path: str, given: Mapping[int, Tap]
) -> tuple[tuple[Application, ...], Mapping[str, Application], tuple[Tap, ...]]:
    """Return what `Application` has of an opened model: those inside, their names, and the outputs; else nothing."""
    inner = _functional_of(node.operation)
    if inner is None or not _runs_its_graph(node, inner):
        return (), {}, ()
    fed = {id(own): given[id(outer)] for own, outer in zip(inner.inputs, node.input_tensors, strict=True)}
    inside, names = _read(inner, f"{path}/", fed)
    made = {
        id(symbol): tap
        for application in inside
        for symbol, tap in zip(application.symbols, application.outputs, strict=True)
    }
    return inside, names, tuple(made[id(symbol)] for symbol in inner.outputs)


def _runs_its_graph(node: Any, inner: Any) -> bool:
    """Return whether calling a model does what its graph says, tensor by tensor.

    It does not where a subclass has a `call` of its own, and it need not where inputs go in by name, with a mask, or
    with an axis more or less, which Keras then adapts. Such a model stays a single layer.
    """
    tensors, arguments = node.input_tensors, node.arguments.args
    return (
        type(node.operation).call.__qualname__ in {"Functional.call", "Sequential.call"}
        and len(arguments) == 1
        and not isinstance(arguments[0], dict)
        and len(tensors) == len(inner.inputs)
        and all(len(outer.shape) == len(own.shape) for outer, own in zip(tensors, inner.inputs, strict=True))
    )


def _ordered_nodes(functional: Any) -> list[Any]:
    """Return the nodes from the inputs on, in the order of the model's layers.

    The order follows from the graph's shape alone and not from when a layer was called, so that the second application
    of a layer is the second in a clone or a saved copy, too.
    """
    place = {operation: index for index, operation in enumerate(functional.operations)}
    by_depth = functional._nodes_by_depth
    return [
        node
        for depth in sorted(by_depth, reverse=True)
        for node in sorted(by_depth[depth], key=lambda node: place[node.operation])
    ]


def _mark(nodes: Iterable[Any]) -> str:
    """Return what stands between a layer's name and a number, such that no number reads as another layer's name."""
    names = [node.operation.name for node in nodes]
    mark = "#"
    while any(mark in name for name in names):
        mark += "#"
    return mark
