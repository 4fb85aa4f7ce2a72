"""The parts of the builder: each reads one region of the file into the model, applying the language's defaults."""
