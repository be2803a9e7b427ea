"""Invented people and things for the components page. Nobody here is real, and nothing here is kept."""

from datetime import date
from typing import Any

from kith.kit.forms import (
    Choice,
    Choices,
    Day,
    Form,
    LongAnswer,
    Moment,
    Number,
    PartialDay,
    Pick,
    ShortAnswer,
    Tick,
    Upload,
    YesNo,
)

Thing = dict[str, Any]

CHILDREN: list[Thing] = [
    {
        "name": "Ellis",
        "drawing": "drum",
        "child": True,
        "what": ["8, he", "Drums. Carries babies. Hates peas."],
    },
    {
        "name": "Maya",
        "drawing": "wand",
        "child": True,
        "what": ["5, she", "Wizards. Stammers; wait for her."],
    },
    {
        "name": "Jude",
        "drawing": "moon",
        "child": True,
        "what": ["11 months, he", "Pulling himself up."],
    },
]
ADULTS: list[Thing] = [
    {"name": "Kavi", "drawing": "flower", "what": "mum", "url": "#people"},
    {"name": "Craig", "drawing": "ball", "what": "dad, on late shifts"},
    {"name": "Hansa", "drawing": "car", "what": "Masi, Mum’s sister"},
    {"name": "Nana Mo", "drawing": "teapot", "what": "Dad’s mum"},
    {"name": "Mr Zielinski", "initials": "Mr Z", "what": "Ellis’s teacher"},
    {"name": "مريم الحسن", "what": "interpreter"},
    {"name": "Wilhelmina Featherstonehaugh-Oyelaran-Brzęczyszczykiewicz", "what": "duty social worker"},
]
FAMILY: Thing = {
    "name": "Solanki-Reid family",
    "url": "#main",
    "people": CHILDREN,
    "line": "Child protection plan since 10 June 2025. Leah Whitcombe with Nadia Farouk",
    "sections": [
        {"label": label, "url": "#main", "here": label == "Map"}
        for label in (
            "The family",
            "Map",
            "Plan",
            "Network",
            "Children’s voice",
            "Decisions and thread",
            "Timeline",
            "Papers",
        )
    ],
}
TIMES = ["10 June", "18 July", "9 Sept"]
ROWS: list[Thing] = [
    {"name": "Kavi", "what": "mum", "scores": [5, 6, 6]},
    {"name": "Craig", "what": "dad", "scores": [8, 7, 6]},
    {"name": "Ellis", "what": "8, stood on the path", "scores": [3, 5, 6]},
    {"name": "Maya", "what": "5, with blocks", "scores": [2, 5, 7]},
    {"name": "Blessing", "what": "next door", "scores": [None, 6, 6]},
    {"name": "Leah", "what": "social worker", "scores": [3, 4, None]},
]
COLUMNS: Thing = {
    "worried": {
        "paragraphs": [
            {
                "words": "When Craig drinks after late shifts he shouts and throws things. If this goes on, "
                "Jude or Maya could be badly hurt. Ellis could think it is his job to keep everyone safe.",
                "by": "Nana Mo, Mr Zielinski, Leah.",
                "url": "#story",
                "link": "Follow this worry",
            }
        ]
    },
    "working": {
        "paragraphs": [
            {
                "words": "On 2 August, pay day, Craig went to Mo’s, not home. He told Hansa himself.",
                "by": "Four people outside the house know everything.",
            }
        ]
    },
    "change": {"empty": "Nobody has said yet what good would look like. Ask Ellis first."},
}
TONIGHT: list[Thing] = [
    {"when": "7.15 pm", "at": "19:15", "words": "Kavi does bedtime. Hansa rings to say goodnight."},
    {"when": "10 pm", "at": "22:00", "words": "Craig texts Hansa before he leaves work: “home” or “Mo’s”."},
    {"when": "Through the night", "words": "Blessing looks for the lamp and Bramble Bear in the window."},
    {"when": "7 am", "at": "07:00", "words": "Nana Mo is up and in. It is her morning on the rota."},
]
DUE: list[Thing] = [
    {
        "what": "Letter about yesterday’s decision",
        "who": "Kavi, Craig and the children",
        "by": "By Tuesday 16 September",
        "gone": 1,
        "whole": 5,
        "ask": "Would Kavi recognise herself in it?",
    },
    {
        "what": "Finding-out report",
        "by": "By Tuesday 30 September",
        "gone": 47,
        "whole": 45,
        "ask": "Finn’s own words are in. What would help Kamal say his?",
    },
]
PROMISES: list[Thing] = [
    {"what": "Bring Ellis the photo of the drum.", "by": "To Ellis. Friday’s visit."},
    {
        "what": "Send Dee the bus times.",
        "by": "Promised for Monday, not done yet.",
        "url": "#due",
        "link": "Do it, or say sorry and say when",
    },
]
EVENTS: list[Thing] = [
    {
        "on": date(2025, 9, 9),
        "title": "Review meeting.",
        "words": "The plan goes on, and is kept.",
        "by": "Next by 9 March 2026",
    },
    {"on": date(2025, 8, 16), "words": "Craig home Sunday to Thursday; Mo’s on Friday and Saturday."},
    {"on": date(2024, 11, 3), "words": "Jude’s first cot, from Hansa."},
    {"when": "Spring 2016", "words": "Kavi and Craig met at the bus depot."},
]
FACTS: list[Thing] = [
    {"name": "Length", "value": "75 words. 25 to 90 is about right"},
    {"name": "Reading age", "value": "About 8"},
    {"name": "Language at home", "value": "", "gap": "Nobody has asked yet"},
]
RULES = [
    ["If I’ve had a drink I sleep at Mum’s.", "Craig", {"words": "Working", "url": "#story"}],
    ["Fridays, Steve walks with me past the shop.", "Craig", "Could not tell. Steve was away"],
]


class SampleForm(Form):
    """One question of each kind."""

    heard_from = Choices(
        "Who is worried?",
        [("mo", "Nana Mo"), ("kavi", "Kavi"), ("mrz", "Mr Zielinski, school")],
        hint="Family and friends first, if they share it.",
        people={"mo": ADULTS[3], "kavi": ADULTS[0], "mrz": ADULTS[4]},
        missing="Say who is worried",
    )
    happened = LongAnswer(
        "What has happened?",
        hint="Whose behaviour, what they did, and one or two times: the worst, and the latest.",
        missing="Say what has happened, with a date or how often",
    )
    first_on = Day("When was the worst time?", hint="For example, 17 5 2025", missing="Enter the day it happened")
    visited_at = Moment("When did you visit?", hint="For example, 10 9 2025 and 4.10 pm")
    since = PartialDay("Since when?", hint="As much as anyone knows. Leave the rest empty.")
    alone = Choice(
        "Time on their own with you",
        [("none", "None today"), ("ten", "About 10 minutes"), ("half", "Half an hour")],
        missing="Choose how long, or none",
    )
    touches = Choices(
        "Does it touch the map?",
        [("kept", "A time someone kept the children safe"), ("worry", "Something to worry about")],
        hints={"kept": "With a date, and danger there at the time."},
        down=True,
    )
    agreed = YesNo("Does Kavi agree?", missing="Say whether Kavi agrees")
    where = Pick("Where were you?", [("home", "At home"), ("school", "At school"), ("park", "In the park")])
    nights = Number("How many calm nights?", unit="nights", least=0, most=31)
    called = ShortAnswer("What does Jude get called?", longest=40)
    picture = Upload("A picture of the drawing", accept="image/*")
    read_back = Tick("I have read this back to Kavi", missing="Read it back to Kavi, then tick this")


ANSWERS = {
    "heard_from": ["mo", "mrz"],
    "happened": "When Craig drinks after late shifts he shouts and throws things.",
    "first_on-day": "31",
    "first_on-month": "2",
    "first_on-year": "2025",
    "visited_at-day": "10",
    "visited_at-month": "9",
    "visited_at-year": "2025",
    "visited_at-time": "4.10",
    "since-year": "2016",
    "nights": "18",
    "called": "Judie",
}
"""Answers with some left unfinished, to show what is said about them."""
