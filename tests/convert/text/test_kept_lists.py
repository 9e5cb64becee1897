"""Notes and lists of goods stay with their article."""

from collections.abc import Callable

import pytest

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

TITLE = "Lighthouses of the Northern Sound"
PARAGRAPHS = (
    "The oldest lighthouse of the sound was built of wood in 1702, and burnt down twice before the "
    "pilots of the town paid for one of stone.[1]",
    "Its lamp was fed with oil of herring until the winter of 1841, when a keeper from the south "
    "brought a lens of glass that could be seen from eighteen miles away.[2]",
    "Since the last keeper left, the light is tended from an office on the mainland, and the house "
    "below it is let to guests for most of the summer.[3]",
)
NOTES = (
    ("Larsen, Ida (1998).", '"The wooden light".', "Harbour Papers. 12: 40. Retrieved 3 May 2019."),
    ("Holm, Per (2004).", '"Oil of herring".', "The Pilot. Archived from the original."),
    ("Dahl, Mette (12 June 2011).", '"The last keeper".', "Sound Weekly. Retrieved 4 May 2019."),
)


def _lost(draft: Draft, lines: list[str]) -> list[str]:
    kept = "\n".join(draft.receipt.kept)
    return [line for line in lines if line not in kept]


def test_notes_that_lead_back_stay(convert: Convert) -> None:
    notes = [f"^ {who} {what} {where}" for who, what, where in NOTES]
    (draft,) = convert("\n\n".join([TITLE, *PARAGRAPHS, "References", *notes]))
    assert _lost(draft, [*PARAGRAPHS, *notes]) == []


def test_notes_in_pieces_stay_whole(convert: Convert) -> None:
    notes = [part for who, what, where in NOTES for part in (f"^ {who} {what}", where)]
    (draft,) = convert("\n\n".join([TITLE, *PARAGRAPHS, "Notes", *notes[:-1], "External links"]))
    assert _lost(draft, notes[:-1]) == []


def test_numbered_notes_stay_where_the_text_cites_them(convert: Convert) -> None:
    notes = [f"[{n}] {' '.join(note)}" for n, note in enumerate(NOTES, start=1)]
    (draft,) = convert("\n\n".join([TITLE, *PARAGRAPHS, "Sources", *notes]))
    assert _lost(draft, notes) == []


def test_goods_with_their_prices_are_the_article_of_a_page_of_goods(convert: Convert) -> None:
    goods = []
    for name, price in (("Lamp One", "$39.00"), ("Lamp Two", "$64.50"), ("Lamp Max", "$120.00")):
        goods += [
            f"Harbour {name}", "Burns for forty hours with one filling", "Stands in any wind",
            "Glass and brass, made by hand", f"Harbour {name} (latest model)", price,
            "Available from the quay shop",
        ]  # fmt: skip
    intro = (
        "The market of old lamps on the quay begins on Friday, and some of the best offers are on "
        "the tables already, as the sellers told us when we went round this morning."
    )
    (draft,) = convert("\n".join(["The Best Lamps on the Quay", intro, "Don't Miss:", *goods]))
    assert _lost(draft, goods[:-1]) == []


def test_prices_beside_a_long_article_are_not_kept_for_it(convert: Convert) -> None:
    box = ["Shop now", "Brass lamp", "$39.00", "Glass lamp", "$64.50", "Oil", "$9.00"]
    (draft,) = convert("\n\n".join([TITLE, *PARAGRAPHS, *PARAGRAPHS[::-1], "Advertisement", *box]))
    assert "$64.50" not in draft.receipt.kept


PLACES = (
    ("The House of Ropes", "A mile of rope lies there on nine drums, and none of it is for sale."),
    ("The Tar Shed", "Smell it first."),
    ("The Room of Flags", "By appointment only."),
    ("The Fog Bell", "Closed in clear weather."),
    ("The Pilots' Kitchen", "Free on Mondays."),
)


def test_brief_sections_are_kept_to_their_last_number(convert: Convert) -> None:
    sections = [f"{n}. {name}\n{text}" for n, (name, text) in enumerate(PLACES, 1)]
    teasers = "You may also like\n\n10 cheapest ferries\n\n5 inns with dogs"
    intro = "The big museums are full; these are not. All five heat their rooms in winter."
    text = "\n\n".join(["5 houses on the sound worth a visit", intro, *sections, teasers])
    (draft,) = convert(text)
    assert _lost(draft, [line for place in PLACES for line in place]) == []
    assert "ferries" not in draft.body


def test_a_list_of_most_read_stories_is_no_section(convert: Convert) -> None:
    read = [f"{n}. {name} burns" for n, (name, _) in enumerate(PLACES, 1)]
    (draft,) = convert("\n\n".join([TITLE, *PARAGRAPHS, "Most read", *read]))
    assert "burns" not in draft.body


@pytest.mark.parametrize("form", ["{}:05", "{}.05 pm", "{}:05 GMT", "{}h05"])
def test_the_times_of_a_live_page_stay_over_their_entries(convert: Convert, form: str) -> None:
    times = [form.format(hour) for hour in (9, 8, 7)]
    entries = [f"{time}\n{text}" for time, text in zip(times, PARAGRAPHS, strict=True)]
    (draft,) = convert("\n\n".join([TITLE, "By Ada Brandt, 28 November 2026", *entries]))
    assert _lost(draft, times) == []
    assert draft.body.index(times[0]) < draft.body.index("was built of wood")


def test_one_time_is_no_live_page(convert: Convert) -> None:
    (draft,) = convert("\n\n".join([TITLE, "18:30", *PARAGRAPHS]))
    assert "18:30" not in draft.body


INTRO = (
    "This is the loaf my grandmother made every second day in a pot with coals on the lid, and it "
    "needs no yeast and no patience at all."
)
METHOD = (
    "Mix the dry things in a wide bowl, make a well in the middle, pour in the buttermilk and "
    "bring it together with one hand before it goes to the oven."
)


def test_facts_over_a_recipe_stay(convert: Convert) -> None:
    facts = "Prep time: 10 mins\nCook time: 45 mins\nServes: 8"
    (draft,) = convert(f"Brown soda bread\n{facts}\n\n{INTRO}\n\n{METHOD}\n")
    assert all(line in draft.body for line in facts.split("\n"))


def test_entries_of_a_live_page_keep_their_times_and_headings(convert: Convert) -> None:
    entries = (
        ("21:40", "Power is back in the lower town", "all but a few hundred homes have power"),
        ("20:55", "Ferry stays in the harbour", "the passengers are being put up in the school"),
        ("20:10", "Western pier is closed", "waves broke over the wall and nobody was hurt"),
        ("19:30", "Warning raised to red", "gusts of a hundred miles an hour are expected"),
    )
    text = "Storm over the coast: live updates\n\n" + "\n\n".join(
        f"{time}\n{head}\nThe people of the town were told tonight that {what}."
        for time, head, what in entries
    )
    (draft,) = convert(text)
    assert draft.matter["title"] == "Storm over the coast: live updates"
    for time, head, _ in entries:
        assert time in draft.body
        assert f"## {head}" in draft.body


def test_a_paragraph_below_a_led_list_stays(convert: Convert) -> None:
    (draft,) = convert(
        "Старый маяк снова зажгли\n12 марта 2031, 18:30\n\n"
        "На старом маяке в посёлке впервые за сорок лет зажгли огонь. Вечером на берег пришли "
        "больше тысячи человек, чтобы увидеть это своими глазами.\n\n"
        "«Мы собирали деньги шесть лет, и каждый рубль записан в тетрадь», — рассказала "
        "учительница местной школы.\n\nЧто ещё предстоит сделать:\n• починить лестницу\n"
        "• заменить стёкла фонаря\n• открыть музей\n\nРаботы обошлись в девять миллионов рублей. "
        "Половину дала область, остальное собрали жители и выпускники школы.\n\nЧитайте также\n"
    )
    assert "Половину дала область" in draft.body


def test_key_points_above_the_byline_stay(convert: Convert) -> None:
    points = "Key points\n• Seven councillors voted for it\n• Work begins in the autumn"
    head = f"Council reopens the canal\n{points}\n\nBy Ada Quill\n12 March 2031"
    (draft,) = convert(f"{head}\n\n{INTRO}\n\n{METHOD}\n")
    assert "- Seven councillors voted for it\n- Work begins in the autumn\n" in draft.body


def test_chapters_of_a_recording_stay(convert: Convert) -> None:
    chapters = "Show notes\n00:00 Introduction\n02:15 The pier in winter\n1:11:40 Letters"
    (draft,) = convert(f"The woman who counted the tide\n\n{INTRO}\n\n{METHOD}\n\n{chapters}\n")
    assert "- 00:00 Introduction\n- 02:15 The pier in winter\n- 1:11:40 Letters" in draft.body


def test_a_ticker_of_other_stories_is_no_list_of_chapters(convert: Convert) -> None:
    ticker = "Latest\n14:05 Council votes\n13:50 Storm ends\n13:12 Ferry sails"
    (draft,) = convert(f"The woman who counted the tide\n\n{INTRO}\n\n{METHOD}\n\n{ticker}\n")
    assert "Council votes" not in draft.body
