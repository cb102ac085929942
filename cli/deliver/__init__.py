"""``deliver``: what authorities, banks and sub-platforms send, each event an act."""
