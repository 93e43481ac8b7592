import re

import hcnn_widgets.mapping as mapping


def test_the_docstring_lists_every_public_name_once_and_nothing_else() -> None:
    entries = re.findall(r"^    ([\w, ]+): \S", mapping.__doc__ or "", flags=re.MULTILINE)
    assert sorted(", ".join(entries).split(", ")) == sorted(mapping.__all__)
