"""Every sentence is in the catalogue, complete and certain."""

from scripts import i18n


def test_the_catalogues_are_fresh_complete_and_not_fuzzy() -> None:
    assert i18n.faults() == []


def test_spanish_repeats_its_ids_unless_somebody_chose_other_words() -> None:
    catalogue = i18n.read(i18n.path_of("es"), "es")
    assert sum(1 for message in catalogue if message.id) > 200
