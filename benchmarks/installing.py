"""What the wheel weighs, what it takes to install, and how long that takes, in seconds of clock and of processor.

python benchmarks/installing.py [--with jupyterlab]

Two fresh environments: one with an empty cache of pip's, which downloads, and one with the cache that the first has
left. Seconds of the clock hang on the connection and on who else works on the machine; those of the processor less so.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
MB = 1e6


def megabytes(folder: Path) -> float:
    """Add up the files of a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / MB


def taken(command: list[str], cache: Path) -> tuple[float, float]:
    """Give the seconds that a command takes: of the clock, and of processors."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | {"PIP_CACHE_DIR": str(cache)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--with", dest="beside", nargs="*", default=["jupyterlab"])
    beside = parser.parse_args().beside
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pip_wheel = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
        subprocess.run([sys.executable, *pip_wheel], check=True)
        (wheel,) = folder.glob("hcnn_widgets-*.whl")
        print(f"wheel: {wheel.stat().st_size / MB:.1f} MB")
        for cache in ("empty", "filled"):
            environment = folder / cache
            venv.create(environment, with_pip=True)
            bare = megabytes(environment)
            python = str(environment / "bin" / "python")
            install = [python, "-m", "pip", "install", "--quiet", str(wheel), *beside]
            clock, used = taken(install, folder / "pip")
            print(f"{cache} cache: {clock:.0f} s by the clock, {used:.0f} s of processors", flush=True)
        packages = next((environment / "lib").glob("python*")) / "site-packages"
        parts = {part: megabytes(packages / part) for part in ("hcnn_widgets", "tensorflow")}
        whole = megabytes(environment) - bare
        print(f"installed, with {', '.join(beside) or 'nothing else'}: {whole / 1e3:.1f} GB", end="")
        print("".join(f", {part} {size:,.0f} MB of it" for part, size in parts.items()))


if __name__ == "__main__":
    main()
