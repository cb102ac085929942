"""One small module a page: it reads, asks, and renders."""
