"""Codes that rules name one by one. Longer lists, and those that change by month, are data files."""

# AttendStatus: on time, or late but seen. Missed: did not come, or too late to be seen. Cancelled by either.
ATTENDED = ("5", "6")
MISSED = ("3", "7")
CANCELLED = ("2", "4")
FACE_TO_FACE = "01"
# ConsMechanismMH that count for access (MHS95) from version 5, and the written ones that did not before it.
SPOKEN = ("01", "02", "04", "11")
WRITTEN_BEFORE_V5 = ("05", "06", "09", "10", "12", "13")
# Anonymous digital providers (Kooth, TellMi), whose written contacts count.
DIGITAL_PROVIDERS = ("DFC", "S9X2N")
WRITTEN_THAT_COUNTS = ("05", "09", "10", "13")
# ClinRespPriorityType: emergency, urgent, very urgent; 3 is routine.
EMERGENCY, URGENT_ONLY, ROUTINE, VERY_URGENT = "1", "2", "3", "4"
URGENT = (EMERGENCY, URGENT_ONLY, VERY_URGENT)
# PrimReasonReferralMH.
FIRST_EPISODE, EATING_DISORDER = "01", "12"
# ReferRejectReason.
DUPLICATE, INAPPROPRIATE, INCOMPLETE = "01", "02", "03"
# ReferClosReason.
COMPLETED, NOT_APPROPRIATE, DID_NOT_COME, AT_REQUEST, REFERRED_ON, REFUSED = (
    "02",
    "04",
    "05",
    "07",
    "08",
    "09",
)
# CarePlanTypeMH: urgent and emergency care plan, crisis plan.
SAFETY_PLANS = ("11", "12")
# MHAdmittedPatientClass of adult acute wards (section 1.2 of the reference); 10 to 12 before version 6.
ADULT_WARDS = ("200", "201", "202", "10", "11", "12")
# LegalStatusCode, as known and not checked against the current dictionary: sections 2, 3, 35, 36, 37, 38,
# 44 to 48 and 45A detain (MHS81); 136 is a place of safety (MHS83). Holding powers and guardianship do not.
SECTION_136 = "20"
DETAINED = (
    "02",
    "03",
    "07",
    "08",
    "09",
    "10",
    "12",
    "13",
    "14",
    "15",
    "16",
    "17",
    "18",
    "31",
    "32",
    "37",
    "38",
)
# Answers that are no answer.
NO_SCORE = (888, 999)
FIRST_MONTH_OF_V5 = 1459
TALK_TYPE_COUNTS_FROM = 1501  # for eating-disorder treatment
