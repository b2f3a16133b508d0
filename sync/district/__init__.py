"""The district: takes the kiosks' hourly counts, keeps them once, and shows today. An optional extra of the project."""
