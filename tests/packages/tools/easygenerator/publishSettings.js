{"modules":["lms"]}
