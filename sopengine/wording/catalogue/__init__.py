"""The catalogue: one module a family, each with a `MESSAGES` dictionary of `sopengine.wording.Message`."""
