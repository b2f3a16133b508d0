"""Hourly counts on their way to the district, and the district that receives them."""
