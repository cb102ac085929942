"""A filing as it was known on one day and effective on another: ``derive`` over fewer facts."""
