"""A page for a kernel without a browser: it shows every panel, and answers every frame at once."""

import json
import queue
import sys
import threading
from typing import Any

from jupyter_client.manager import start_new_kernel


class KernelWithPage:
    """An IPython kernel, and a client that behaves to it as a JupyterLab page with all panels on screen does.

    Attributes
    ----------
    n_frames : int
        Frames that have been answered.
    """

    def __init__(self) -> None:
        self._manager, self._client = start_new_kernel(kernel_name="python3")
        self._panels: set[str] = set()
        self._seen: dict[str, int] = {}
        self.n_frames = 0
        self._answer: dict[str, Any] = {}
        self._idle = threading.Event()
        self._over, self._sending = threading.Event(), threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def run(self, code: str) -> Any:
        """Run code that prints one line of JSON last, wait for it and give what it printed."""
        self._answer = {"text": "", "error": ""}
        self._idle.clear()
        with self._sending:
            self._answer["id"] = self._client.execute(code)
        self._idle.wait()
        if self._answer["error"]:
            raise RuntimeError(self._answer["error"])
        return json.loads(self._answer["text"].strip().splitlines()[-1])

    def close(self) -> None:
        """End the kernel."""
        self._over.set()
        self._listener.join()
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    # --- what a page does ---------------------------------------------------------------------------------------
    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                message = self._client.get_iopub_msg(timeout=0.5)
            except queue.Empty:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_open":
                self._on_open(content, message["buffers"])
            elif kind == "comm_msg":
                self._on_frame(content["comm_id"], content["data"], message["buffers"])
            elif message["parent_header"].get("msg_id") == self._answer.get("id"):
                self._on_output(kind, content)

    def _on_open(self, content: dict[str, Any], buffers: list[Any]) -> None:
        if content["data"].get("state", {}).get("_model_module") == "hcnn-widgets":
            self._panels.add(content["comm_id"])
            self._say(content["comm_id"], {"kind": "visible", "visible": True, "view": "1"})
            self._on_frame(content["comm_id"], content["data"], buffers)

    def _on_frame(self, comm_id: str, data: dict[str, Any], buffers: list[Any]) -> None:
        paths = data.get("buffer_paths", [])
        header = json.loads(bytes(buffers[paths.index(["header"])])) if ["header"] in paths else {}
        sequence = header.get("sequence")
        if comm_id in self._panels and sequence is not None:
            self._say(comm_id, {"kind": "ack", "sequence": sequence})
            self.n_frames += 1

    def _say(self, comm_id: str, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        message = self._client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
        with self._sending:
            self._client.shell_channel.send(message)

    def _on_output(self, kind: str, content: dict[str, Any]) -> None:
        if kind == "stream" and content["name"] == "stdout":
            self._answer["text"] += content["text"]
        elif kind == "stream":
            print(content["text"], file=sys.stderr)
        elif kind == "error":
            self._answer["error"] = "\n".join(content["traceback"])
        elif kind == "status" and content["execution_state"] == "idle":
            self._idle.set()
