"""Writers are left out in groups: the measure of what the engine understands and not remembers."""

from collections import Counter

from bot.content import Content
from bot.services.explainer._learnt import material
from bot.services.explainer.rehearsal import leave_writers_out


def test_each_example_and_each_message_is_left_out_once(whole: Content) -> None:
    known, absences = material(whole), [*leave_writers_out(whole)]
    examples = Counter(row for row in known.rows if row.field == "example")
    assert Counter(row for one in absences for row in one.rows) == examples
    assert Counter(d for one in absences for d in one.disclosures) == Counter(known.disclosures)


def test_nothing_of_who_is_absent_is_known(whole: Content) -> None:
    for one in leave_writers_out(whole):
        writers = {row.writer for row in one.rows} | {told.writer for told in one.disclosures}
        examples = [row for row in one.known.rows if row.field == "example"]
        assert not writers & {row.writer for row in examples}
        assert not writers & {told.writer for told in one.known.disclosures}


def test_each_text_stays_known_by_its_title(whole: Content) -> None:
    places = material(whole).places
    assert all(one.known.places == places for one in leave_writers_out(whole))


def test_the_groups_wrote_about_as_much(whole: Content) -> None:
    wrote = [len(one.rows) + len(one.disclosures) for one in leave_writers_out(whole)]
    assert len(wrote) == 8
    assert max(wrote) < 2 * min(wrote)
