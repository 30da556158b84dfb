"""Names made of two words, which anybody can say aloud and which say nothing about anybody."""

import re
import secrets

# Everyday words without a sex, a country, a faith, or a meaning that could hurt.
_FIRST = (
    "able agile airy alpine ample aqua azure balmy basalt bold brave breezy bright brisk bronze "
    "calm candid cedar cheerful civic clear clever cobalt copper cosmic cotton crisp daring "
    "deft distant downy eager early earnest easy elegant emerald evening fleet floral fluent "
    "fond forest fresh frosty gentle glad gleaming golden graceful grand granite hardy hearty "
    "honest humble indigo inland jolly keen kind lasting lilac lively lofty loyal lucid lunar "
    "maple marble marine mellow mild minty misty modest morning mossy nimble oaken open orchid "
    "patient placid polar proud quick quiet rapid ready rustic serene sincere sleek snowy sober "
    "solar spry steady sunny supple swift teal tender tidy tranquil trusty upright velvet "
    "verdant vivid warm willing winter wise witty woven"
)
_SECOND = (
    "acorn anchor anemone apple apricot arch aspen aster badger bamboo barley basil bay beacon "
    "beaver beech bell berry birch bison bluebell bramble breeze bridge brook bunting canyon "
    "carp cello cherry chestnut clover comet compass cove crane creek cricket crocus curlew "
    "cypress daffodil delta dolphin dove dragonfly dune egret elder elm falcon fern field finch "
    "fjord flax flute forge garden gecko geyser glacier glen goldfinch grove gull harbour harp "
    "hazelnut heron hill ibex island juniper kestrel kite lagoon lake lantern larch lark "
    "lavender lemon lichen linden linnet lotus lupin lynx mallow mango maple marsh marten "
    "meadow melon mesa mint moon moss mulberry nutmeg oak oasis ocean oriole osprey otter owl "
    "palm papaya peach pear pebble pelican penguin peony petrel pine plover plum pond poplar "
    "poppy prairie primrose puffin quail quartz quince raven reef ridge river saffron salmon "
    "seal sequoia shore sparrow spring spruce squirrel starling stork stream summit swallow "
    "swan sycamore tern thistle thrush thyme tulip valley walnut warbler water willow wren "
    "yarrow zinnia"
)
_AT_THE_TOP = re.compile(r"#(?P<alias>(?P<first>[a-z]+)_(?P<second>[a-z]+))\n")


def drawn() -> str:
    """One of some twenty thousand, from the system's own chance: it follows from nobody's id."""
    return f"{secrets.choice(_FIRST.split())}_{secrets.choice(_SECOND.split())}"


def on_top_of(text: str) -> str | None:
    """The alias under which a message of ours to the admin group stands, if it is such a one.

    The words have to be ours: an alert may well begin with “#free_samira”.
    """
    found = _AT_THE_TOP.match(text)
    if found is None:
        return None
    is_ours = found["first"] in _FIRST.split() and found["second"] in _SECOND.split()
    return found["alias"] if is_ours else None
