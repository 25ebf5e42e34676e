"""The real record of another city goes through the commands and pages of a user, when it lies beside the project."""

import pytest

from scripts.real_input import __main__ as real_input


@pytest.mark.slow
def test_the_real_record_is_imported_answered_where_it_has_a_reason_and_visibly_waiting_where_not(tmp_path):
    if not real_input.RECORD.exists():
        pytest.skip("../shared/data no está: make real-input se omite")
    found = real_input.run(str(tmp_path))
    assert found["contributions"] == 1008
    assert found["published"] == found["drafted"] == 188
    assert found["waiting"] == 820
    assert sum(found["outcomes"].values()) == 188
