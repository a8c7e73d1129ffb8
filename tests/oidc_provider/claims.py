"""What the organisation says of a worker."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.oidc_provider import WORKERS


class Claims(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, object]:
        email, name, verified = WORKERS[request.user.username]
        return {"email": email, "name": name, "email_verified": verified}
