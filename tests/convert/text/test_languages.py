"""Articles in other languages: date, list and last paragraph are kept as in English."""

from collections.abc import Callable

import pytest

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

TEXTS = {
    "es": (
        "El puerto abrirá un nuevo muelle en otoño",
        "4 de marzo de 2026",
        "El puerto de la ciudad abrirá en otoño un nuevo muelle para los barcos de pesca, dijo el "
        "lunes la autoridad portuaria, después de tres años de obras.",
        "Las novedades son:",
        ["- Doce amarres", "- Una grúa nueva", "- Un mercado de pescado"],
        "Los pescadores recibieron la noticia con alivio, porque el muelle viejo se hundía un poco "
        "cada invierno y nadie quería repararlo.",
    ),
    "cs": (
        "Přístav otevře na podzim nové molo",
        "4. března 2026",
        "Městský přístav otevře na podzim nové molo pro rybářské lodě, oznámila v pondělí správa "
        "přístavu po třech letech stavebních prací.",
        "Co se mění:",
        ["- Dvanáct stání", "- Nový jeřáb", "- Rybí trh"],
        "Rybáři zprávu uvítali, protože staré molo se každou zimu o kousek propadlo a nikdo je "
        "nechtěl opravovat, ani město, ani kraj.",
    ),
    "ja": (
        "港に新しい岸壁が完成へ",
        "2026年3月4日",
        "市の港湾局は月曜日、三年間の工事を経て、新しい岸壁が秋に完成すると発表した。"
        "漁船は十月から使えるようになる。",
        "主な変更点：",
        ["・係留場所十二か所", "・新しいクレーン", "・魚市場"],
        "漁師たちは、古い岸壁が毎年冬に少しずつ沈んでいたため、この知らせを歓迎した。",
    ),
    "ar": (
        "ميناء المدينة يفتتح رصيفا جديدا في الخريف",
        "4 مارس 2026",
        "قالت سلطة الميناء يوم الاثنين إن ميناء المدينة سيفتتح في الخريف رصيفا جديدا لقوارب الصيد "
        "بعد ثلاث سنوات من العمل.",
        "ما الذي يتغير:",
        ["- اثنا عشر مرسى", "- رافعة جديدة", "- سوق للسمك"],
        "رحب الصيادون بالخبر لأن الرصيف القديم كان يغوص قليلا كل شتاء ولم يكن أحد يريد إصلاحه.",
    ),
}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("language", TEXTS)
def test_nothing_is_lost(convert: Convert, language: str, gap: str) -> None:
    title, date, opening, lead, items, closing = TEXTS[language]
    (draft,) = convert(gap.join([title, date, opening, lead, *items, closing]))
    assert draft.matter["title"] == title
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-03-04"
    listed = "\n".join(f"- {item.lstrip('-・ ')}" for item in items)
    assert draft.body == f"{opening}\n\n{lead}\n\n{listed}\n\n{closing}\n"
    assert draft.quarantine == ()
