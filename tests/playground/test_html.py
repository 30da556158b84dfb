import html
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.formatting import cut, read_formatted, units
from playground.wire import ApiError

TAGS = ["b", "i", "u", "s", "tg-spoiler", "blockquote"]


def parse(source: str) -> Any:
    found = read_formatted(source, "HTML", None)
    return found.text, [(e["type"], e["offset"], e["length"]) for e in found.entities]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é <tag>", 'Unsupported start tag "tag" at byte offset 3'),
        ("😀<script>", 'Unsupported start tag "script" at byte offset 4'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<i>a</b>",
            'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"',
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("</", "Unexpected end tag at byte offset 0"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("1 <b", "Unclosed start tag at byte offset 2"),
        ('<i x = "y>', "Unclosed start tag at byte offset 0"),
        ("<i x = ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i x=1,>a</i>", "Unexpected end of name token at byte offset 5"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("I <3 you>", 'Unsupported start tag "3" at byte offset 2'),
    ],
)
def test_wrong_markup_is_refused_with_the_place_in_bytes(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<STRONG>a</strong>", "a", [("bold", 0, 1)]),
        ("😀 <i>x</i>", "😀 x", [("italic", 3, 1)]),
        ("<b>😀</b>é<u>ü</u>", "😀éü", [("bold", 0, 2), ("underline", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>a", "a", []),
        ("<b> </b> ", "", []),
        ("  a <b>b </b>\n", "a b", [("bold", 2, 1)]),
        ("<b> a</b>", " a", [("bold", 0, 2)]),
        ("<s>a</><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
        ("&nbsp;&ge;&#12345678;&#x1F600;", "&nbsp;&ge;&#12345678;😀", []),
        ("&amp;lt;", "&lt;", []),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ("<code>/start @someone</code>", "/start @someone", [("code", 0, 15)]),
    ],
)
def test_markup_becomes_entities_in_utf16_units(
    source: str, text: str, entities: list[Any]
) -> None:
    assert parse(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        (
            '<a href="https://example.org">x</a>',
            {"type": "text_link", "url": "https://example.org/"},
        ),
        ("<a href='example.org/a?b=1&amp;c'>x</a>", {"url": "http://example.org/a?b=1&c"}),
        ("<a>https://example.org/x</a>", {"url": "https://example.org/x"}),
        ('<a href="tg://user?id=7">x</a>', {"type": "text_mention", "user": {"id": 7}}),
        ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
    ],
)
def test_an_entity_carries_what_its_tag_names(source: str, fields: dict[str, Any]) -> None:
    (entity,) = read_formatted(source, "HTML", None).entities
    assert fields.items() <= entity.items()


def test_a_link_that_leads_nowhere_leaves_only_its_text() -> None:
    assert parse('<a href="not an address">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", 0, 6)]),
        ("see /help@vigil_bot, please", [("bot_command", 4, 15)]),
        ("5/6 and a/b", []),
        ("😀 @amara_okafor!", [("mention", 3, 13)]),
        ("read https://example.org/a.", [("url", 5, 21)]),
        ("example.org and post@example.org", [("url", 0, 11), ("email", 16, 16)]),
        ("#FreeThem #1", [("hashtag", 0, 9)]),
    ],
)
def test_commands_mentions_and_addresses_are_marked_by_themselves(
    text: str, found: list[Any]
) -> None:
    entities = read_formatted(text, "", None).entities
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_given_entities_stand_when_no_mode_is_named() -> None:
    given = [{"type": "bold", "offset": 2, "length": 2}]
    found = read_formatted("  ab", "", given)
    assert (found.text, found.entities) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])


@given(st.text())
def test_escaped_text_comes_back_as_it_was_but_for_the_edges(text: str) -> None:
    clean = "".join(c if c == "\n" or c.isprintable() else " " for c in text)
    assert read_formatted(html.escape(clean), "HTML", None).text == clean.strip()


@given(st.text(alphabet="ab😀<>/&;=\"' bi", max_size=40))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    try:
        found = read_formatted(source, "HTML", None)
    except ApiError:
        return
    for entity in found.entities:
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= units(found.text)


def nested(children: Any) -> Any:
    return st.tuples(st.sampled_from(TAGS), st.lists(children, min_size=1, max_size=3))


TREES = st.recursive(st.text("xyé😀", min_size=1, max_size=4), nested, max_leaves=12)


def marked_up(tree: Any) -> Any:
    if isinstance(tree, str):
        return tree
    tag, children = tree
    return f"<{tag}>{''.join(map(marked_up, children))}</{tag}>"


def plain(tree: Any) -> Any:
    return tree if isinstance(tree, str) else "".join(map(plain, tree[1]))


def spans(tree: Any) -> Any:
    if not isinstance(tree, str):
        yield plain(tree)
        for child in tree[1]:
            yield from spans(child)


@given(TREES)
def test_each_tag_covers_exactly_its_own_text(tree: Any) -> None:
    found = read_formatted(marked_up(tree), "HTML", None)
    covered = [cut(found.text, e["offset"], e["offset"] + e["length"]) for e in found.entities]
    assert found.text == plain(tree)
    assert Counter(covered) == Counter(spans(tree))
