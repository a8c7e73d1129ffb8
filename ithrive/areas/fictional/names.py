"""Names that are nobody's: birds, flowers and tools put together with the endings of English places.

Each was checked against the real names in the official files (tests/areas/test_fictional_names.py).
"""

# The two areas that the tests' cast comes from. They are never merged or split.
CAST = ("Alderbrook", "Brackenford")

_ENDINGS = {
    "Bryony": "mere stead wold",
    "Burdock": "holt ness wick",
    "Campion": "brook cross moor",
    "Cobalt": "bridge hythe stead",
    "Comfrey": "dale ford wold",
    "Curlew": "haven holt stead",
    "Dunnock": "brook mere wick",
    "Fieldfare": "cross dale stead",
    "Foxtail": "bridge moor wold",
    "Hornbeam": "gate holt ness",
    "Inkwell": "brook cross stead",
    "Juniper": "dale haven wick",
    "Kestrel": "bridge hythe wold",
    "Lantern": "fell ford mere",
    "Linnet": "cross holt stead",
    "Madder": "bridge haven wold",
    "Nightjar": "brook moor wick",
    "Ouzel": "gate hythe mere",
    "Pewter": "cross fell stead",
    "Pipit": "dale ford holt",
    "Quillet": "brook haven ness",
    "Redstart": "bridge mere wick",
    "Samphire": "haven hythe ness",
    "Sandpiper": "bridge cross holt",
    "Siskin": "dale ford stead",
    "Sorrel": "fell mere wick",
    "Spindle": "bridge haven wold",
    "Tansy": "brook holt stead",
    "Teasel": "dale gate wick",
    "Thimble": "cross fell mere",
    "Umber": "bridge ford stead",
    "Vetch": "brook haven wold",
    "Whimbrel": "cross mere ness",
    "Whinchat": "dale ford holt",
    "Woodruff": "bridge hythe stead",
    "Warbler": "gate holt wick",
    "Yaffle": "brook fell mere",
    "Zephyr": "cross haven stead",
    "Turnstone": "bridge ness",
}

AREAS = (*CAST, *sorted(first + last for first, lasts in _ENDINGS.items() for last in lasts.split()))

# What three areas call themselves after they merged; two are simply "A and B".
MERGED = ("Vale of Umbersey", "Great Larkenmarch", "Tarnish Downs")

REGIONS = (
    "Corvenmarch",
    "Emberlowe",
    "Hallowreach",
    "Merrowland",
    "Quernshire",
    "Sablemoor",
    "Tarnwater",
)

COUNCILS = tuple(
    f"{name} Council"
    for name in (
        "Aspenmarch",
        "Beaconwater",
        "Candlemarch",
        "Dappleshire",
        "Ember Coast",
        "Fallowmarch",
        "Gannetshire",
        "Heronwater",
        "Isles and Sound",
        "Jackdawshire",
        "Kittiwake Coast",
        "Larkenshire",
        "Mistleshire",
        "Nettlemarch",
        "Osiermarch",
        "Puffinshire",
        "Quernwater",
        "Rooksmarch",
        "Starlingshire",
        "Thrushwater",
    )
)
