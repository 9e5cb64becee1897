"""Lists, interviews and tables amid an article are kept whole; lists of other articles are not."""

from collections.abc import Callable

import pytest

from site_gen.convert.text import body
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.read import read_page, rules_of
from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

TITLE = "Bridge Over the Gorge to Open Again in Spring"
OPENING = (
    "The old bridge over the gorge will open again in spring, the council of the town said on "
    "Monday, two years after a flood carried away the middle of its three arches."
)
MIDDLE = (
    "Masons from four villages have worked on the arch since last summer, and the stone for it "
    "came from the quarry from which the bridge was built three hundred years ago."
)
CLOSING = (
    "Until then walkers must take the long way round by the mill, and the school bus will go on "
    "leaving a quarter of an hour earlier than it did before the flood."
)

TALE = (
    "The bridge was the only way over the gorge for the people of the upper valley, and when it "
    "fell they sent their children to live with cousins in the town for the winter.",
    "A ferry was tried below the bridge in the first summer, but the river is too quick there, and "
    "two boats were lost before the council gave up.",
)

LISTS = {
    "bullets below a colon": ["- New lamps", "- A wall for walkers", "- Benches of oak"],
    "bullets of another kind": ["• New lamps", "• A wall for walkers", "• Benches of oak"],
    "numbers": ["1. New lamps", "2. A wall for walkers", "3. Benches of oak"],
    "letters": ["a) New lamps", "b) A wall for walkers", "c) Benches of oak"],
    "dashes": ["– New lamps", "– A wall for walkers", "– Benches of oak"],
    "no marks": ["New lamps", "A wall for walkers", "Benches of oak"],
    "dates": ["3 March: the lamps", "17 March: the wall", "2 April: the benches"],
    "prices": ["Lamp: 40 crowns", "Wall: 900 crowns", "Bench: 120 crowns"],
    "of what the frame has, too": ["- Search", "- New lamps", "- Share", "- Benches of oak"],
}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", LISTS)
def test_what_a_colon_leads_in_is_kept(convert: Convert, name: str, gap: str) -> None:
    lines = [TITLE, OPENING, "What the plan has:", *LISTS[name], MIDDLE, CLOSING]
    (draft,) = convert(gap.join(lines))
    for line in LISTS[name]:
        assert line.lstrip("-•–123.abc) ") in draft.body
    assert draft.receipt.maybe_lost == 0


def test_a_list_at_the_end_is_kept(convert: Convert) -> None:
    lines = [TITLE, OPENING, MIDDLE, "The roads that stay closed:", *LISTS["bullets below a colon"]]
    (draft,) = convert("\n\n".join(lines))
    assert draft.body.rstrip().endswith("- New lamps\n- A wall for walkers\n- Benches of oak")


def test_questions_and_answers_are_kept_as_they_are(convert: Convert) -> None:
    talk = [
        "Q: Why did it take so long?",
        "A: The stone had to be cut by hand, and there are few who can still do it.",
        "Q: Will it last?",
        "A: Longer than we will.",
        "Q: What did it cost?",
        "A: Less than a new one.",
    ]
    (draft,) = convert("\n\n".join([TITLE, OPENING, *talk, CLOSING]))
    assert [block for block in draft.body.split("\n\n") if block[:2] in ("Q:", "A:")] == talk
    assert draft.quarantine == ()


def test_other_articles_with_their_dates_are_cut(convert: Convert) -> None:
    others = [
        line
        for n, title in enumerate(["Mill sold", "Choir needs tenors", "Goats on the road", "Snow"])
        for line in (f"{title} in the valley", f"{n + 3} March 2031")
    ]
    (draft,) = convert(
        "\n".join([TITLE, OPENING, MIDDLE, CLOSING, "More from the valley", *others])
    )
    assert "Choir" not in draft.body


def test_comments_are_cut_however_many(convert: Convert) -> None:
    remarks = [
        f"reader{n} says:\nI walked over that bridge as a child and I will be glad to see it "
        f"again, as will my {n} cousins, who all live on the other side of the river."
        for n in range(12)
    ]
    lines = [
        TITLE,
        OPENING,
        MIDDLE,
        CLOSING,
        "12 responses to “Bridge Over the Gorge to Open Again in Spring”",
        *remarks,
    ]
    (draft,) = convert("\n".join(lines))
    assert "cousins" not in draft.body


@pytest.mark.parametrize(("label", "stays"), [("Comments (12 posted)", True), ("Mill", False)])
def test_a_line_of_comments_below_each_piece_ends_none(label: str, stays: bool) -> None:
    above, below = [OPENING, MIDDLE, CLOSING], [OPENING, MIDDLE, CLOSING, OPENING]
    page = read_page("\n".join([*above, "Comments (5 posted)", *below, label]))
    odds = [5.0, 5.0, 5.0, -3.0, 2.0, 2.0, 2.0, 2.0, -3.0]
    sheet = Sheet(page=page, rules=[None, None, None, *rules_of(page)[3:4], *[None] * 4,
                                    rules_of(page)[8]], odds=odds)  # fmt: skip
    body.decide(sheet)
    assert sheet.keep[4:8] == [stays] * 4


def test_what_the_model_is_sure_of_stays_below_a_label() -> None:
    """Rows of a table below a list of topics; what it doubts goes, as teasers do."""
    page = read_page(
        "\n".join([OPENING, "Tags: bridge, river", "Ann 63 85%", "Bo 57 77%", CLOSING])
    )
    sheet = Sheet(page=page, rules=rules_of(page), odds=[4.0, -3.0, 1.4, 0.4, 4.0])
    body.decide(sheet)
    assert sheet.keep == [True, False, True, False, True]


def test_an_item_is_no_label_of_what_follows() -> None:
    rows = ["- Lamps for the arch", "- About the author", "- Benches of oak", "- A wall"]
    page = read_page("\n".join([OPENING, "It will have:", *rows, CLOSING]))
    sheet = Sheet(page=page, rules=rules_of(page), odds=[4.0, 3.0, *[0.5] * 4, 4.0])
    body.decide(sheet)
    assert all(sheet.keep)


def test_a_column_called_comment_ends_no_article(convert: Convert) -> None:
    table = [
        "State",
        "Set by",
        "Comment",
        "open",
        "the mason",
        "work may begin",
        "done",
        "the clerk",
    ]
    more = [line.replace("bridge", f"bridge of {name}") for name in ("Oak", "Elm") for line in TALE]
    (draft,) = convert("\n\n".join([TITLE, OPENING, MIDDLE, *table, *more, CLOSING]))
    assert [line for line in (*more, CLOSING) if line not in draft.receipt.kept] == []


def test_sections_of_bullets_that_are_sentences_are_one_article(convert: Convert) -> None:
    sections = [
        line
        for part in ("Arches", "Railing", "Lamps", "Paving", "Drains", "Paint")
        for line in (
            part,
            f"- The masons finished the {part.lower()} on the north side of the river on Friday",
            f"- Anna Berg contributed a drawing of the {part.lower()} that the council had lost",
            f"- The {part.lower()} on the south side will be looked at again when the frost ends",
        )
    ]
    (draft,) = convert("\n".join(["The Bridge, Week by Week", OPENING, *sections]))
    kept = "\n".join(draft.receipt.kept)
    assert [line for line in sections if line.removeprefix("- ") not in kept] == []


def test_a_text_in_lines_without_stops_is_kept(convert: Convert) -> None:
    lines = [
        "清晨的渡船從港口出發 海面上還飄著一層薄薄的霧氣",
        "船上只有三位乘客 一位老人帶著剛剛採收的蔬菜",
        "他說島上的路去年修好了 但是商店還是只有一家",
        "我們沿著石階往上走 兩旁的房子大多沒有人居住",
        "山頂上有一座白色的燈塔 守塔人的孩子正在門前玩耍",
        "從這裡可以看見整個海灣 遠方的貨船排成一列等待入港",
        "中午在唯一的餐館吃了魚湯 老闆娘說冬天常常一個客人也沒有",
        "下午的風變大了 最後一班渡船提早半個小時離開",
    ]
    (draft,) = convert("\n".join(["冬日的小島", *lines]))
    assert [line for line in lines if line not in draft.receipt.kept] == []


@pytest.mark.parametrize("note", ["[1]", " [12]", "[a]", "[1][2]", "[citation needed]"])
def test_a_sentence_ends_before_the_number_of_a_note(note: str) -> None:
    (line,) = read_page(f"The tower is the oldest one on the coast.{note}").lines
    assert line.ends


def test_flour_by_the_gram_is_no_error_page(convert: Convert) -> None:
    recipe = ["500 g rye flour", "404 g water", "10 g salt"]
    (draft,) = convert("\n".join(["Bread of the Gorge", OPENING, "Ingredients:", *recipe, MIDDLE]))
    assert draft.quarantine == ()


def test_a_lead_above_an_advertisement_stays(convert: Convert) -> None:
    lines = [TITLE, OPENING, "Subscribe to our newsletter", MIDDLE, *TALE, CLOSING]
    (draft,) = convert("\n\n".join(lines))
    assert draft.receipt.kept == (OPENING, MIDDLE, *TALE, CLOSING)


BRIEF = {
    "en": (
        "Bridge opens again",
        "The old bridge over the gorge will open again in spring, the council said on Monday.",
        "Two years ago a flood had carried away the arch, and half of its stones with it.",
        "Walkers may use it first. Cars must wait until May.",
        "The school bus will go back to its old way after that.",
    ),
    "de": (
        "Brücke wird wieder geöffnet",
        "Die alte Brücke über die Schlucht ist im Frühjahr wieder offen, teilte die Stadt mit.",
        "Vor zwei Jahren hatte eine Flut den Bogen fortgerissen und die Hälfte der Steine dazu.",
        "„Wir haben nicht mehr an sie geglaubt“, sagte Meister Jakob Stein.",
        "Danach fährt der Schulbus wieder so wie in den Jahren vor der Flut.",
    ),
    "fr": (
        "Le pont rouvre au printemps",
        "Le vieux pont sur la gorge rouvre au printemps, a annoncé la commune lundi matin.",
        "Il y a deux ans, une crue avait emporté son arche et la moitié de ses pierres.",
        "Les piétons passeront d'abord. Les voitures attendront le mois de mai.",
        "Le car de l'école reprendra ensuite son ancien chemin.",
    ),
    "es": (
        "El puente abre en primavera",
        "El viejo puente sobre la garganta abre en primavera, anunció el pueblo este lunes.",
        "Hace dos años una riada se había llevado el arco y la mitad de las piedras.",
        "Primero pasarán los peatones. Los coches esperarán hasta mayo.",
        "El autobús de la escuela volverá después a su camino de antes.",
    ),
}
LABELS = [
    ("en", "Read also: A ford for the mill"),
    ("en", "Advertisement"),
    ("de", "Lesen Sie auch: Eine Furt für die Mühle"),
    ("de", "Mehr zum Thema: Eine Furt für die Mühle"),
    ("de", "Anzeige"),
    ("fr", "À lire aussi : Un gué pour le moulin"),
    ("fr", "Publicité"),
    ("es", "Te puede interesar: Un vado para el molino"),
    ("es", "Publicidad"),
]


@pytest.mark.parametrize(("language", "label"), LABELS)
@pytest.mark.parametrize("place", [2, 3, 4])
def test_a_label_that_stands_for_itself_ends_no_text(
    convert: Convert, language: str, label: str, place: int
) -> None:
    title, *said = BRIEF[language]
    (draft,) = convert("\n\n".join([title, *said[: place - 1], label, *said[place - 1 :]]))
    assert draft.receipt.kept == tuple(said)


@pytest.mark.parametrize("label", ["Most read", "More from News", "You may also like"])
def test_sentences_left_out_below_a_label_are_counted(convert: Convert, label: str) -> None:
    title, *said = BRIEF["en"]
    (draft,) = convert("\n\n".join([title, *said[:3], label, said[3]]))
    lost = [text for text in said if text not in draft.receipt.kept]
    assert lost == [said[3]] == [cut.text for cut in draft.receipt.cuts if cut.inside]
