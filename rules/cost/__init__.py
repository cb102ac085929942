"""What an open licence would cost a licensee: royalties of the whole term, subsidies, and what to know of taxes."""
