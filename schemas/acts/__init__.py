"""Every act as a model, one file per kind of filing or family of acts."""
