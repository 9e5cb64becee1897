"""Bytes are told by what they look like; a doubt is said."""

from typing import Any

import pytest

from site_gen.convert.sources.encodings import decode
from site_gen.model import RawDocument

TEXTS = {
    "cp1252": "Le phare du port sera reconstruit avant l’été, a décidé le conseil très tôt mardi.",
    "cp1250": "Rada postanowiła, że latarnia będzie odbudowana przed wiosną. Mieszkańcy są za.",
    "cp1251": "Городской совет решил во вторник, что маяк восстановят до весны.",
    "koi8-r": "Городской совет решил во вторник, что маяк восстановят до весны.",
    "shift_jis": "市議会は火曜日、古い灯台を春までに建て直すと決めた。住民は歓迎した。",
    "euc_jp": "市議会は火曜日、古い灯台を春までに建て直すと決めた。住民は歓迎した。",
    "gb18030": "市议会星期二决定，旧灯塔将在春天之前重建。居民们表示欢迎，但也问到费用。",
    "big5": "市議會星期二決定，舊燈塔將在春天之前重建。居民們表示歡迎，但也問到費用。",
    "euc_kr": "시의회는 화요일에 낡은 등대를 봄까지 다시 짓기로 결정했다. 주민들은 환영했다.",
    "cp1253": "Το συμβούλιο αποφάσισε ότι ο παλιός φάρος θα ξαναχτιστεί μέχρι την άνοιξη.",
    "cp1254": "Belediye eski fenerin ilkbahara kadar yeniden yapılacağına karar verdi, şaşırtıcı.",
    "cp1255": "המועצה החליטה ביום שלישי שהמגדלור הישן ייבנה מחדש עד האביב.",
    "cp1256": "قرر المجلس يوم الثلاثاء إعادة بناء المنارة القديمة قبل الربيع.",
    "utf-16-le": "The old lighthouse – “our tower” – will be rebuilt.",
    "utf-16-be": "The old lighthouse – “our tower” – will be rebuilt.",
}


def read(data: bytes, charset: str = "") -> Any:
    return decode(RawDocument(name="a", data=data, charset=charset))


@pytest.mark.parametrize("charset", TEXTS)
def test_no_declaration(charset: str) -> None:
    text = f"{TEXTS[charset]}\n\n{TEXTS[charset]}\n"
    assert read(text.encode(charset)) == (text, "")


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "cp1250", "gb18030", "shift_jis", "utf-8"])
def test_wrong_declaration_is_found_out(charset: str) -> None:
    text = f"{TEXTS.get(charset, TEXTS['cp1252'])}\n" * 2
    assert read(text.encode(charset), "iso-8859-1").text == text


def test_declaration_in_the_document_counts() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?><p>źle</p>'
    assert read(page.encode("iso-8859-2")).text == page


def test_text_that_was_encoded_twice_is_set_right() -> None:
    text = "Le phare “du port” sera prêt avant l’été.\n" * 2
    twice = "".join(
        bytes([b]).decode("latin-1" if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        for b in text.encode()
    )
    assert read(twice.encode()).text == text
    assert read("Ã is a letter, so is ã.".encode()).text == "Ã is a letter, so is ã."


def test_doubt_is_said_and_puts_the_draft_aside(folder: Any) -> None:
    folder.put("raw/a.txt", b"na\xefve caf\xe9")
    (row,) = folder.convert("raw").rows
    assert row.status == "quarantined"
    assert any(reason.startswith("the encoding is a guess: ") for reason in row.reasons)
