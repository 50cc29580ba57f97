def mood(minutes_late: int) -> str:
    if minutes_late >= 30:
        return "VERY_LATE"
    return "LATE" if minutes_late >= 5 else "ON_TIME"
