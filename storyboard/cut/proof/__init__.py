"""A finished film into the proof that it is what was asked for, with little of it decoded."""
