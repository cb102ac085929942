"""The guided declaration: one thing a page, what was typed kept on the server, then *check your answers*."""
