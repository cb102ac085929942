"""How people, spreadsheets and programs write days, amounts, whole numbers and rates: one reader for all of them."""
