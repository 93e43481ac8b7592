"""The wire between the sidebar in the page and the models in the kernel.

The page opens a comm for target ``hcnn_widgets.explorer`` with the data ``{"kind": "hello", "visible": true}`` and says
``{"kind": "visible", "visible": ...}`` when that changes, and ``{"kind": "ack", "sequence": n}`` once it has drawn
snapshot n; ``{"kind": "stop", "key": ...}`` ends the training of the model of that key. The kernel answers with
``{"kind": "models", "sequence": n, "models": [...], "problem": ""}``, whole each time: at once, after each cell that
changed something, and twice a second while a model is being trained. A comm that the kernel opens, and closes again at
once, says that the package has just been imported. Nobody looks: nothing is done.
"""

import sys

from .service import Explorer

TARGET = "hcnn_widgets.explorer"

_explorers: dict[int, Explorer] = {}


def register() -> bool:
    """Let the sidebar find the models of this kernel. Cheap, and a second call does nothing.

    Returns
    -------
    bool
        Whether there is a kernel to be found in; outside of one nothing happens.
    """
    try:
        if "IPython" not in sys.modules:
            return False
        from comm import create_comm, get_comm_manager
        from IPython import get_ipython

        shell = get_ipython()
        if shell is None or not hasattr(shell, "kernel"):
            return False
        if id(shell) not in _explorers:
            _explorers[id(shell)] = Explorer(shell)
            get_comm_manager().register_target(TARGET, _explorers[id(shell)].on_open)
            create_comm(target_name=TARGET, data={"kind": "imported"}).close()
        return True
    except Exception:  # the sidebar is a convenience: no import may fail for it
        return False
