"""Languages of Windows' Latin encodings: letters other than a to z, and the most common words."""

from typing import NamedTuple


class Language(NamedTuple):
    """Accented letters, and words that every longer text has."""

    letters: str
    words: frozenset[str]


def _language(letters: str, words: str) -> Language:
    return Language(letters, frozenset(words.split()))


LANGUAGES: dict[str, tuple[Language, ...]] = {
    "cp1252": (
        _language("àâæçéèêëîïôœùûüÿ", "le la les de du des et en un une que est pour dans sur"),
        _language("äöüßé", "der die das und in ist von mit den zu nicht ein eine für auf dem"),
        _language("áéíñóúüªº", "el la los las de que y en un una es por con para del se"),
        _language("àèéìíòóùú", "il lo la di che e un una per con non del della sono in"),
        _language("áâãàçéêíóôõúª", "o a os as de que e em um uma para com não do da no na"),
        _language("àçèéíïòóúü", "el la els les de que i en un una per amb no del dels"),
        _language("åäöéüà", "och att det som en på är av för med den till ja on ei se että"),
        _language("æøåéèòóôäö", "og i at det en er på som til af av for med den ikke"),
        _language("áðéíóúýþæö", "og að er til sem um ekki var við hann það en á í"),
        _language("éëïóöüèçà", "de het een van en in is dat op te the of and to that for with"),
    ),
    "cp1250": (
        _language("ąćęłńóśźż", "i w na z nie do jest że o po od za przez się dla"),
        _language("áčďéěíňóřšťúůýž", "a v na je se že s o z do to jako pro po by ale"),
        _language("áäčďéíĺľňóôŕšťúýž", "a v na je sa že s o z do to ako pre po by ale"),
        _language("áéíóöőúüű", "a az és hogy nem is egy ez volt meg csak el már még"),
        _language("ăâîșțşţ", "a de la în şi și nu un o care cu pe din pentru este"),
        _language("čćđšž", "i u je na se da za su od s in v ki za ne bi pa"),
    ),
    "cp1254": (
        _language("çğıöşüâîû\u0307", "ve bir bu da de için ile çok daha ne olarak kadar gibi"),
    ),
    "cp1257": (
        _language("ąčęėįšųūž", "ir kad iš su į bet kaip yra tai jo per apie"),
        _language("āčēģīķļņšūž", "un ir ka no ar par uz kas tā bet arī lai"),
        _language("äõöüšž", "ja on ei et see kui ka oma ning aga mis oli"),
    ),
}
