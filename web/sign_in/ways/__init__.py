"""The ways to prove who one is: a password and a code, a passkey, an identity provider."""
