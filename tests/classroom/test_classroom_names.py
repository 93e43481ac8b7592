import re
import subprocess
import sys

import hcnn_widgets.classroom as classroom


def test_the_docstring_lists_every_public_name_once_and_nothing_else() -> None:
    entries = re.findall(r"^    ([\w, ]+): \S", classroom.__doc__ or "", flags=re.MULTILINE)
    assert sorted(", ".join(entries).split(", ")) == sorted(classroom.__all__)


def test_it_works_where_numpy_is_all_there_is() -> None:
    code = (
        "import sys\n"
        "for name in ('keras', 'tensorflow', 'scipy', 'sklearn', 'ipywidgets'): sys.modules[name] = None\n"
        "import hcnn_widgets as hw\n"
        "[getattr(hw.classroom, name) for name in hw.classroom.__all__]\n"
        "print(hw.classroom.cross_correlation([[0, 1], [3, 4]], [[0, 1], [2, 3]]).item())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("19.0\n", "")
