"""Words that `claims.py` compares: numbers, scales, other words for the same, and no names."""

SCALES = {
    **dict.fromkeys(("hundred", "hundert", "cent", "cien"), 1e2),
    **dict.fromkeys(("thousand", "k", "tausend", "mille", "mil", "tsd"), 1e3),
    **dict.fromkeys(
        ("million", "millions", "m", "mn", "mio", "millionen", "millones", "milhões"), 1e6
    ),
    **dict.fromkeys(("billion", "billions", "b", "bn", "milliarden", "milliards", "mrd"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn", "billionen"), 1e12),
}
SPELT_NUMBERS = {
    word: float(number)
    for number, words in enumerate(
        (
            "zero null", "one first once a an ein eine un une uno una single",
            "two second twice both pair couple zwei zweite deux dos", "three third drei trois tres",
            "four fourth vier quatre cuatro", "five fifth fünf cinq cinco", "six sixth sechs seis",
            "seven seventh sieben sept siete", "eight eighth acht huit ocho",
            "nine ninth neun neuf nueve", "ten tenth decade zehn dix diez", "eleven eleventh elf",
            "twelve twelfth dozen zwölf", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty", "twenty-one", "twenty-two", "twenty-three",
            "twenty-four",
        )
    )
    for word in words.split()
} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
    "ninety": 90.0, "hundred": 100.0, "hundreds": 100.0, "half": 50.0, "quarter": 25.0,
    "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0, "thousand": 1000.0,
    "million": 1e6, "billion": 1e9,
}  # fmt: skip
# Capitalized words that are no names: titles before names, pronouns, and days of the week, since a
# text may say "yesterday" and its summary "Tuesday".
NOT_NAMES = frozenset(
    "i i'm i've i'd i'll the a an in on at of and or but for to from with by as is are was were it "
    "its this that these those he she they we you his her their our your my if when where why how "
    "what who which after before while since until new read more here mr mrs ms dr sir lord lady "
    "prof st president minister prime senator sen rep gov governor chief executive officer ceo cfo "
    "cto director king queen prince princess pope saint court state city county university company "
    "inc ltd llc plc corp co gmbh ag se sa monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
# Other words for the same thing that share too few letters to be recognised as forms.
RELATED_WORDS = {
    "us": ("america", "american", "united"), "usa": ("america", "american", "united"),
    "uk": ("britain", "british", "united"), "british": ("britain", "uk", "english"),
    "britain": ("uk", "british"), "american": ("us", "usa", "united"), "eu": ("european", "europe"),
    "america": ("us", "usa", "united"), "un": ("united",), "french": ("france", "paris"),
    "dutch": ("netherlands", "holland"), "chinese": ("china", "beijing"), "china": ("chinese",),
    "german": ("germany", "berlin"), "spanish": ("spain", "madrid"), "greek": ("greece", "athens"),
    "ai": ("artificial",), "ukrainian": ("ukraine", "kyiv"), "swiss": ("switzerland",),
    "pm": ("prime",), "welsh": ("wales",), "scottish": ("scotland",), "irish": ("ireland",),
    "polish": ("poland",), "danish": ("denmark",), "turkish": ("turkey", "türkiye"),
    "tv": ("television",), "dc": ("washington",), "nyc": ("york",), "la": ("los",),
    "gop": ("republican",), "wi-fi": ("wifi",), "covid": ("coronavirus", "pandemic"),
    "coronavirus": ("covid",), "xmas": ("christmas",), "uae": ("emirates",),
}  # fmt: skip
