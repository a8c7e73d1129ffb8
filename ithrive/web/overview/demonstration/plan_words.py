"""The words of the demonstration's plans. Names and bodies are nobody's."""

GIVEN_NAMES = (
    "Ash", "Bea", "Cy", "Dee", "Eli", "Fay", "Gil", "Hal", "Ina", "Jo", "Kit", "Lou", "Max", "Nan", "Oz",
    "Peg", "Ray", "Sal", "Tam", "Una", "Viv", "Wyn",
)  # fmt: skip
SURNAMES = (
    "Alderby", "Brackley", "Coppice", "Dunmere", "Elderfold", "Fernbeck", "Gorsely", "Hazelden", "Ivyholt",
    "Juniper", "Larkmoor", "Mossford", "Nettlebed", "Osierby", "Pinefold", "Quickthorn", "Rowanby",
    "Sedgeley", "Tarnwick", "Willowby",
)  # fmt: skip

BEGAN = {
    "engagement": "first conversation with senior leaders",
    "understanding-your-system": "mapping day held with every sector",
    "thrive-assessment": "interviews for the assessment arranged",
    "prioritising-improvement": "priorities workshop held",
    "redesign-and-planning": "planning group met for the first time",
    "leads-and-champions": "champions sought in every sector",
    "learning-across-sectors": "first training day across sectors",
    "working-agreements": "draft agreement sent to partners",
    "measuring-and-feedback": "measures discussed with the data leads",
    "testing-changes": "first small test of change begun",
    "coaching-and-support": "supervision groups begun",
    "spreading-what-works": "second locality began",
    "following-progress": "progress reviewed in the steering group",
    "reflecting": "learning event held",
    "sharing-learning": "story of the work begun",
    "business-as-usual": "work written into the next contract",
}

NOTED = (
    "paper to the steering group agreed",
    "minutes of the core team's meeting",
    "workshop with schools and the council",
    "young people's panel gave its view",
    "draft shared with partners for comment",
    "decision recorded by the transformation board",
    "first figures looked at together",
    "voluntary sector joined the working group",
    "training delivered, with feedback forms",
)
SKIPPED_WHY = (
    "Done two years ago under another programme; the papers are still in use.",
    "The regional partnership does this for all its areas.",
)
RETURNED_WHY = (
    "Half of the steering group changed after the reorganisation.",
    "The last round showed that partners no longer share the same picture.",
)

# Name, sector, influence.
PANEL = "Young people's panel"
STAKEHOLDERS = (
    ("Head teachers' forum", "education", 3),
    ("Council's early help service", "local-authority", 3),
    ("Hospital's paediatric department", "nhs-provider", 2),
    ("Youth advice centre", "voluntary", 2),
    ("General practice network", "commissioning", 3),
    ("Parents' and carers' group", "voluntary", 2),
    ("School nursing team", "nhs-provider", 2),
    ("Youth justice service", "local-authority", 2),
    ("Further education college", "education", 1),
    (PANEL, "voluntary", 3),
    ("Public health team", "local-authority", 2),
    ("Crisis line", "voluntary", 1),
)

# Title, why it was chosen, and its actions, each with the step that it serves.
PRIORITIES = (
    (
        "One shared picture of who offers what",
        "The steering group and the young people's panel both put it first.",
        (
            ("Map every offer against the five groupings", "redesign-and-planning"),
            ("Publish the map for schools and families", "working-agreements"),
            ("Check the map with young people each spring", "following-progress"),
        ),
    ),
    (
        "Shared decision making in every first conversation",
        "The lowest score in three rounds, and other areas moved it within a year.",
        (
            ("Train two people in each team", "learning-across-sectors"),
            ("Try a conversation guide in one team", "testing-changes"),
            ("Spread the guide to all teams", "spreading-what-works"),
        ),
    ),
    (
        "Advice and signposting that families can find",
        "Families told us that they are sent from one door to the next.",
        (
            ("Agree one front door with the council", "working-agreements"),
            ("Test the front door in two localities", "testing-changes"),
        ),
    ),
    (
        "Talking about endings from the start",
        "Staff asked for it, and waiting times depend on it.",
        (
            ("Agree words for endings with young people", "redesign-and-planning"),
            ("Review goals at every third meeting", "testing-changes"),
        ),
    ),
    (
        "Figures that every partner looks at together",
        "Partners look at different figures and draw different conclusions.",
        (
            ("Agree five measures with all partners", "measuring-and-feedback"),
            ("Show them in each steering group meeting", "following-progress"),
        ),
    ),
    (
        "Schools as full partners",
        "Education has had no seat in the steering group.",
        (
            ("Invite two head teachers to the steering group", "leads-and-champions"),
            ("Train a lead in every secondary school", "learning-across-sectors"),
        ),
    ),
)
