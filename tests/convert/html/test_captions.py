"""Pictures that cannot be shown are counted; a caption is no paragraph."""

from site_gen.convert.html import convert_html
from site_gen.model import Draft
from site_gen.settings import Settings

OPENING = (
    "The canal of the old town, filled with rubble forty years ago, is to be dug out "
    "again, and the "
    "archive of the harbour office holds twelve boxes of pictures."
)
CLOSING = (
    "The boxes will be shown in the customs house from the first of April, and anybody who knows a "
    "face in them is asked to write to the museum."
)
PAGE = (
    "<html lang=en><head><title>The canal in pictures</title>"
    '<link rel=canonical href="https://post.example/canal"></head><body><main><article>'
    f"<h1>The canal in pictures</h1><p>{OPENING}</p>%s<p>{CLOSING}</p></article></main></body>"
    "</html>"
)


def converted(inner: str, *, whole: bool = False) -> Draft:
    (draft,) = convert_html(PAGE % inner, source="a.html", settings=Settings(), whole=whole)
    return draft


def figure(source: str, caption: str) -> str:
    picture = f'<img {source} width="900" height="600">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def test_pictures_without_an_address_are_counted_and_their_captions_kept() -> None:
    draft = converted(
        figure("", "Barges at the lock in 1938.")
        + figure('src="blob:https://post.example/1"', "Skaters on the ice. Photo: Ann Example")
        + figure('src="data:image/gif;base64,R0lGOD"', "The last boat leaves.")
    )
    assert draft.matter["warnings"][-1:] == ["3 pictures left out: no address that can be used"]
    assert draft.matter["images"] == [
        {"caption": "Barges at the lock in 1938."},
        {"caption": "Skaters on the ice.", "credit": "Ann Example"},
        {"caption": "The last boat leaves."},
    ]
    assert "Barges" not in draft.body


def test_one_picture_of_a_mail_without_an_address_is_counted() -> None:
    draft = converted('<img src="cid:map" alt="A map of the canal">', whole=True)
    assert "1 picture left out: no address that can be used" in draft.matter["warnings"]
    assert [c.text for c in draft.receipt.cuts if c.rule == "picture_without_address"] == [
        "A map of the canal"
    ]


def test_counters_and_spacers_are_no_pictures() -> None:
    inner = '<img src="data:image/gif;base64,R0" width="1" height="1"><p><img src=""></p>'
    assert not any("left out" in w for w in converted(inner).matter.get("warnings", ()))


def test_a_caption_is_said_with_its_picture_alone() -> None:
    draft = converted(figure('src="/a.jpg"', "Barges at the lock in 1938."), whole=True)
    assert draft.body.count("Barges at the lock") == 1
    assert '(https://post.example/a.jpg "Barges at the lock in 1938")' in draft.body


def test_the_caption_of_an_absent_picture_is_no_paragraph() -> None:
    empty = "<figure><div></div><figcaption>Barges at the lock in 1938.</figcaption></figure>"
    draft = converted(empty, whole=True)
    assert "Barges" not in draft.body
    assert draft.matter["images"] == [{"caption": "Barges at the lock in 1938."}]


def test_the_caption_of_a_table_stays() -> None:
    table = "<table><tr><th>Lock</th><th>Depth</th></tr><tr><td>Upper</td><td>3 m</td></tr></table>"
    inner = f"<figure>{table}<figcaption>How deep the locks are.</figcaption></figure>"
    assert "How deep the locks are." in converted(inner, whole=True).body
