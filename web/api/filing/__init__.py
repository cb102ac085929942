"""The other pages of a filing, for programs: its papers, its royalties, what stands below it."""
