"""What a plugin can offer, by the names of its module's variables."""

BY_NAME = {
    "FORMATS": "what is published: name -> an object with `plan` or `units`, and `render`",
    "FILTERS": "of templates: name -> a pure function",
    "TESTS": "of templates, as in `x is name`: name -> a pure function",
    "IMPORTERS": "whole sites of other systems: kind -> (`read`, what DIR is)",
    "CHANNELS": "that send letters: name -> a class that takes the plugin's options",
    "TARGETS": "that a site is published to: name -> a function",
}
"""Variables that are mappings by name."""

RULE_LISTS = {
    "CONVERT_RULES": "for lines of raw documents",
    "CHECK_RULES": "of `check`",
}
"""Variables that are lists of rules; each rule has a name itself."""

KINDS = (*BY_NAME, *RULE_LISTS)
