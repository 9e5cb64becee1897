"""The few words that feeds, e-mail and e-book say themselves, in the site's language."""

from site_gen.basics.day_words import primary
from site_gen.model import EditionRef, Noun, SiteView
from site_gen.theme.filters import format_range


class Words(Noun, frozen=True, kw_only=True):
    """Sentences and labels; `{}` stands for a name or a number."""

    editions: str = "Editions"
    articles: str = "Articles"
    topics: str = "Topics"
    sections: str = "Sections"
    providers: str = "Providers"
    authors: str = "Authors"
    number: str = "No. {}"
    read_at: str = "Read at {}"
    read_original: str = "Read the original"
    read_story: str = "Read this story on the web"
    read_online: str = "Read this edition on the web"
    one_story: str = "1 story"
    stories: str = "{} stories"
    more_stories: str = "{} more on the web"
    contents: str = "Contents"
    cover: str = "Cover"
    unsubscribe: str = "Unsubscribe"
    note: str = "From the editor"
    more: str = "Other stories"
    sources: str = "Sources"
    picture: str = "Picture: {}"
    newest: str = "All editions"
    covered: str = "Also covered by {}"
    earlier: str = "Earlier:"
    why: str = "Why it matters: {}"
    corrections: str = "Corrections to earlier editions"
    corrections_list: str = "Corrections"
    corrected: str = "Correction, {}: {}"


ENGLISH = Words()
GERMAN = Words(
    editions="Ausgaben",
    articles="Artikel",
    topics="Themen",
    sections="Rubriken",
    providers="Quellen",
    authors="Autoren",
    number="Nr. {}",
    read_at="Weiterlesen bei {}",
    read_original="Zum Original",
    read_story="Diese Meldung im Netz lesen",
    read_online="Diese Ausgabe im Netz lesen",
    one_story="1 Meldung",
    stories="{} Meldungen",
    more_stories="{} weitere im Netz",
    contents="Inhalt",
    cover="Titelseite",
    unsubscribe="Abbestellen",
    note="Von der Redaktion",
    more="Weitere Meldungen",
    sources="Quellen",
    picture="Bild: {}",
    newest="Alle Ausgaben",
    covered="Auch bei {}",
    earlier="Zuvor:",
    why="Warum das zählt: {}",
    corrections="Berichtigungen früherer Ausgaben",
    corrections_list="Berichtigungen",
    corrected="Berichtigung, {}: {}",
)
ARABIC = Words(
    editions="الأعداد",
    articles="المقالات",
    topics="المواضيع",
    sections="الأقسام",
    providers="الناشرون",
    authors="الكتّاب",
    number="العدد {}",
    read_at="اقرأ في {}",
    read_original="اقرأ المصدر",
    read_story="اقرأ هذا الخبر على الموقع",
    read_online="اقرأ هذا العدد على الموقع",
    one_story="خبر واحد",
    stories="عدد الأخبار: {}",
    more_stories="أخبار أخرى على الموقع: {}",
    contents="المحتويات",
    cover="الغلاف",
    unsubscribe="إلغاء الاشتراك",
    note="من المحرر",
    more="أخبار أخرى",
    sources="المصادر",
    picture="صورة: {}",
    newest="كل الأعداد",
    covered="تناوله أيضًا {}",
    earlier="سابقًا:",
    why="لماذا يهم: {}",
    corrections="تصويبات لأعداد سابقة",
    corrections_list="تصويبات",
    corrected="تصويب، {}: {}",
)
LANGUAGES = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}


def words(language: str) -> Words:
    """The words of a language tag; English where there are none."""
    return LANGUAGES.get(primary(language), ENGLISH)


def edition_name(edition: EditionRef, site: SiteView) -> str:
    """`No. 12: Title`, or `No. 12 · 12–18 February 2024` for an edition without a title."""
    number = edition.id
    if edition.number:
        number = words(site.language).number.format(edition.number)
    if edition.title:
        return f"{number}: {edition.title}"
    return f"{number} · {format_range(edition.first, edition.last, site)}"


def story_count(count: int, language: str) -> str:
    """`1 story`, `88 stories`."""
    spoken = words(language)
    return spoken.one_story if count == 1 else spoken.stories.format(count)
