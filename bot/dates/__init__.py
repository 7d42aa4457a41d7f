"""Days as people write them, in English, French, German and Spanish, read in the zone they live in. Pure."""
