"""The addresses of interviews, passages and the guide, below /assessments/."""

from django.urls import path

from ithrive.web.assessments.views import guide, interviews, passages

_ROUND = "rounds/<int:number>/"
_INFORMANT = f"{_ROUND}interviews/informants/<int:informant>/"
_INTERVIEW = f"{_ROUND}interviews/<int:interview>/"

interview_urls = [
    path(f"{_ROUND}interviews/", interviews.interviews, name="interviews"),
    path(f"{_ROUND}interviews/informants/add/", interviews.add, name="informant-add"),
    path(f"{_INFORMANT}consent/", interviews.consent, name="consent"),
    path(f"{_INFORMANT}withdraw/", interviews.withdraw, name="consent-withdraw"),
    path(f"{_INFORMANT}notes/", interviews.add_notes, name="notes-add"),
    path(f"{_INFORMANT}transcript/", interviews.add_transcript, name="transcript-add"),
    path(_INTERVIEW, passages.interview, name="interview"),
    path(f"{_INTERVIEW}change/", interviews.change, name="notes-change"),
    path(f"{_INTERVIEW}remove/", interviews.remove, name="interview-remove"),
    path(f"{_INTERVIEW}original/", interviews.original, name="transcript-original"),
    path(f"{_ROUND}passages/<int:passage>/remove/", passages.remove, name="passage-remove"),
    path(f"{_ROUND}guide/", guide.page, name="guide"),
    path(f"{_ROUND}guide/guide.docx", guide.word, name="guide-word"),
]
