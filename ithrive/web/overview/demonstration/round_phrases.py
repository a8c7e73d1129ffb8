"""What raters and moderators of the demonstration wrote. No phrase is about anybody who exists."""

EVIDENCE = (
    "Interviews in three sectors tell the same; the latest report was read.",
    "Minutes of the steering group and two interviews.",
    "The written agreement was read; staff describe what they do with it.",
    "Heard in four of six interviews, and seen in the quarter’s figures.",
    "The service specification says so; one provider showed how.",
    "Two interviews differ; the document seen is older than a year.",
)
CANNOT_RATE = (
    "Nobody who knows of this could be interviewed in this round.",
    "The document was promised and did not come before the window closed.",
    "No figures were there for the past six months.",
)
LOWER = (
    "The higher score rested on a plan; what is in place today meets the lower anchor.",
    "It is done in one part of the area only, as a second look at the interviews showed.",
    "One document named in the evidence is not in use any more.",
    "Staff say it happens, records of the last quarter do not show it.",
)
HIGHER = (
    "One rater had not seen the agreement that was signed this quarter.",
    "The anchor asks for usual practice, and four of five teams show it.",
    "Young people’s accounts support what the documents say.",
    "The review that was missing took place, and its minutes were read together.",
)
ONE_COULD = "One rater saw the evidence and the other could not; it was read together before this was agreed."
SHARED_WITH = "The national programme, so that our coach knows where we would like help."
