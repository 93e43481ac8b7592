"""What `import hcnn_widgets` costs against `import numpy`, each in fresh interpreters, in turn.

python benchmarks/import_time.py [--pairs 21]
"""

import argparse
import statistics
import subprocess
import sys
import time


def seconds(code: str) -> float:
    """Time a fresh interpreter that runs this code."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=21)
    pairs = parser.parse_args().pairs
    ways = {"nothing": "pass", "numpy": "import numpy", "hcnn_widgets": "import hcnn_widgets"}
    taken = {name: [] for name in ways}
    for code in ways.values():
        seconds(code)  # from the disk once
    for _ in range(pairs):
        for name, code in ways.items():
            taken[name].append(seconds(code))
    median = {name: statistics.median(times) for name, times in taken.items()}
    own = {name: median[name] - median["nothing"] for name in ("numpy", "hcnn_widgets")}
    print(
        f"import hcnn_widgets / import numpy: {own['hcnn_widgets'] / own['numpy']:.2f} (medians of {pairs}: "
        f"{own['hcnn_widgets'] * 1e3:.0f} ms, {own['numpy'] * 1e3:.0f} ms; the interpreter's start taken off)"
    )


if __name__ == "__main__":
    main()
