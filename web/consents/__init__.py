"""A co-owner consents without an account: by a link, after a code, to one content."""
