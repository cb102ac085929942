"""What determinations say, in Chinese: they are recorded once, in English, and told in the language of who reads."""
