"""People, their dated roles, invitations and sign-in; `request.areas`."""
