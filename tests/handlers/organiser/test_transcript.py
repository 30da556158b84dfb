"""One urgent action from the first word to the report, as everybody in it sees it."""

from datetime import timedelta

from tests.conftest import Vigil
from tests.conversation import Chat, words

TEXT = "They hold Samira without a lawyer. Ask for one."
PETITION_TITLE = "Cameroon: no torture for the sake of security"


async def want_urgent_actions(chat: Chat) -> None:
    await chat.say("/alerts")
    await chat.tap("Turn on: Urgent actions")
    assert "may send you urgent actions" in words(chat.last)
    await chat.tap("Yes, send me these")


async def test_an_urgent_action_from_draft_to_report(vigil: Vigil) -> None:
    supporters = [vigil.chat(person) for person in range(4)]
    ravi, hanna = vigil.organiser(), vigil.group(0)

    # Four people want urgent actions; the fourth has signed the petition already.
    for chat in supporters:
        await want_urgent_actions(chat)
    await supporters[3].link("petition-cameroon-torture")
    await supporters[3].tap("Count me without my name")
    await supporters[3].tap("Count me")

    # An admin makes Ravi an organiser.
    said = await hanna.say(f"/staff organiser {ravi.user}")
    assert said == "\u2068Hanna Lindqvist\u2069 made \u2068Ravi Sandoval\u2069 an organiser."

    # Ravi writes.
    assert await ravi.say("/alert") == (
        "What shall go out? Nothing is sent before somebody else has approved it."
    )
    assert ravi.buttons == ["Urgent action", "Newsletter", "Deadline reminder"]
    assert await ravi.tap("Urgent action") == (
        "Urgent action · 1 · draft\n\n"
        "Picture: none\n"
        "Attached: nothing\n"
        "Goes to: 4 people who chose urgent actions\n"
        "Goes out: as soon as it is approved\n"
        "Expires: not set yet\n\n"
        "Still to do\n"
        "• Write the text: Text.\n"
        "• Say after when nobody shall get it any more: Until."
    )
    await ravi.tap("Text")
    bold = [{"type": "bold", "offset": 10, "length": 6}]
    await ravi.say(TEXT, entities=bold)
    await ravi.tap("Attach")
    await ravi.tap(f"Petition: {PETITION_TITLE}")
    await ravi.tap("Until")
    assert await ravi.say("3 March 18:00") == (
        "Urgent action · 1 · draft\n\n"
        f"Text (en, 47 of 4,096 characters){TEXT}\n"
        "Picture: none\n"
        f"Attached: the petition “{PETITION_TITLE}”\n"
        "Goes to: 3 people who chose urgent actions. Left out: 1 has signed already\n"
        "Goes out: as soon as it is approved\n"
        "Expires: 3 March 2027, 18:00 UTC · in 2 days 6 h\n\n"
        "Nothing is missing. Look at the preview, then submit it."
    )

    # The preview is what will arrive, and the test goes to the group alone.
    await ravi.tap("Preview")
    preview = ravi.messages[-2]
    assert (preview["text"], preview["entities"]) == (TEXT, bold)
    await ravi.tap("Test in the group")
    assert words(hanna.last) == TEXT
    assert all(TEXT not in map(words, chat.messages) for chat in supporters)
    assert (await ravi.tap("Submit for approval")).startswith("Submitted. It goes to 3 people")

    # The admin group sees it with the number of people on the button; Hanna approves.
    await vigil.keep()
    card = words(hanna.last)
    assert card.startswith("Urgent action · 1\nWaits for approval. Written by Ravi Sandoval.")
    assert words(hanna.messages[-2]) == TEXT
    assert hanna.buttons == ["Approve: 3 people", "Send back to its author", "Cancel for good"]
    approved = await hanna.tap("Approve: 3 people")
    assert "Approved by Hanna Lindqvist. It can be cancelled until 12:01:00 UTC" in approved

    # Nothing goes out during the cooling-off minute.
    vigil.world.clock.jump(timedelta(seconds=59))
    await vigil.look()
    assert all(TEXT not in map(words, chat.messages) for chat in supporters)

    # Then it goes out: to three, with its buttons, and not to the one who signed.
    vigil.world.clock.jump(timedelta(seconds=1))
    await vigil.sent()
    for chat in supporters[:3]:
        assert (words(chat.last), chat.last["entities"]) == (TEXT, bold)
        assert chat.buttons == ["Read and sign", "Choose what I get", "Stop"]
    assert TEXT not in map(words, supporters[3].messages)

    # A tap under it leaves it as it is.
    alert = supporters[0].last
    assert (await supporters[0].tap("Read and sign")).startswith(PETITION_TITLE)
    assert supporters[0].messages[-2] == alert

    # The card says how it ended, and the report adds up to the audience.
    assert words(hanna.last) == (
        "Report: Urgent action 1\n"
        "Written by Ravi Sandoval, approved by Hanna Lindqvist. "
        "It has gone out, from 12:01:00 UTC to 12:01:00 UTC (1 s).\n\n"
        "Sent: 3\nSkipped: 0\nFailed: 0\nUnknown: 0\nTogether: 3 people"
    )
    assert "Urgent action · 1\nFinished.\n\nThe report stands below." in map(words, hanna.messages)
    assert words(ravi.last).startswith("Urgent action 1: It has gone out")
