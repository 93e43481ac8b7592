import pytest

from hcnn_widgets.mapping.readers.safety.unreadable import unreadable


def test_any_error_of_a_library_becomes_one_sentence_that_names_the_file() -> None:
    words = r"`path` cannot be read as HDF5\. Accepted is a whole .*; received a\.h5: OSError: two lines$"
    with pytest.raises(ValueError, match=words) as error, unreadable("a.h5", "HDF5"):
        raise OSError("two\nlines")
    assert isinstance(error.value.__cause__, OSError)


def test_an_interruption_passes() -> None:
    with pytest.raises(KeyboardInterrupt), unreadable("a.h5", "HDF5"):
        raise KeyboardInterrupt


def test_nothing_happens_where_all_is_well() -> None:
    with unreadable("a.h5", "HDF5"):
        pass
