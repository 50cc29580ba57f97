FEATURES = ("wind", "tide", "day_of_week", "school_holidays", "sheep_on_pier")
