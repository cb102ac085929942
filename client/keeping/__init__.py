"""What keeps the runs of filings going: what is lost is found, what is mute is ended, what is behind is woken."""
