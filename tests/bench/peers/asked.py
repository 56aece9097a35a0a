"""What both laws ask of the tables that `lake.law_of` gives: which of them, and what a name means under which word."""

TABLES = (
    "books",
    "parts",
    "bands",
    "tiers",
    "grades",
    "names_meant",
    "words_meant",
    "tiers_meant",
    "grades_meant",
)
NAMED = {
    "part": "special", "amounts": "special_amounts", "free": "special_free", "for_figures": "special_for_figures",
    "points": "points_by_name", "execution": "execution_named", "execution_alone": "execution_alone",
    "holds_bare": "holds_bare", "holds_aimed": "holds_aimed", "is_part": "is_part", "class": "class",
    "class_points": "class_points",
}  # fmt: skip
