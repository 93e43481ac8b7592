"""Find a Chromium for the browser journeys; where there is none and this is root on Debian, install it."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Give the path of a browser, from HCNN_WIDGETS_BROWSER or the search path, or None."""
    named = os.environ.get("HCNN_WIDGETS_BROWSER")
    names = (named,) if named else NAMES
    return next((path for path in map(shutil.which, names) if path), None)


def install() -> None:
    """Install Debian's chromium; raise CalledProcessError if that fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL, timeout=900)


def main() -> int:
    """Say which browser the journeys will use; give 1 where there is none."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium here: installing Debian's ...", flush=True)
        install()
    path = find()
    if path is None:
        print(
            "NO BROWSER: the browser journeys cannot run. Install Chromium (Debian, Ubuntu: apt-get install chromium; "
            "macOS: brew install chromium), or name one in HCNN_WIDGETS_BROWSER.",
            file=sys.stderr,
        )
        return 1
    print(f"Browser: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
