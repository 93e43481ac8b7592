"""Print what the package asks for, without TensorFlow: what pip installs where Keras is to run on another backend."""

import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]


def requirements() -> list[str]:
    """Give the requirements as pip takes them, their markers left out."""
    asked = [requirement.split(";")[0].strip() for requirement in PROJECT["dependencies"]]
    return [requirement for requirement in asked if not requirement.startswith("tensorflow")]


if __name__ == "__main__":
    print(*requirements(), sep="\n")
