["components.json"]
