"""A real OpenID Connect provider in a process of its own: the organisation that people of the cast work for.

    python -m tests.oidc_provider PORT REDIRECT_URI

It is django-oauth-toolkit with authorisation code and PKCE, discovery, and id_tokens signed with a key made
at the start. Everything lives in memory and ends with the process.
"""

CLIENT_ID = "ithrive"
SECRET = "a-secret-between-two-test-processes"
PASSWORD = "organisation"
# Who works there: address, name, and whether the organisation verified the address.
WORKERS = {
    "ada": ("ada@thornmere.example", "Ada", True),
    "nia": ("nia@thornmere.example", "Nia New", True),
    "mallory": ("mallory@elsewhere.example", "Mallory", True),
    "pretender": ("dan@thornmere.example", "Not Dan", False),
}
