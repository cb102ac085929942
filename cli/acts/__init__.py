"""One command for every act of a lifecycle."""
