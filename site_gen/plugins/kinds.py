"""What a plugin may offer: names of its module, as those of our own lists."""

NAMED = {
    "FORMATS": "what is published: name -> an object with `plan` or `units`, and `render`",
    "FILTERS": "of templates: name -> a pure function",
    "TESTS": "of templates, as in `x is name`: name -> a pure function",
    "IMPORTERS": "whole sites of other systems: kind -> (`read`, what DIR is)",
    "CHANNELS": "that send letters: name -> a class that takes the plugin's options",
    "TARGETS": "that a site is published to: name -> a function",
}
"""Lists by name."""

LISTED = {
    "CONVERT_RULES": "for lines of raw documents",
    "CHECK_RULES": "of `check`",
}
"""Lists of rules, which have their names themselves."""

KINDS = (*NAMED, *LISTED)
