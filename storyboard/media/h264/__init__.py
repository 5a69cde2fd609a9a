"""Read, simulate and rewrite H.264 streams, by the clauses of Rec. ITU-T H.264 (08/2021).

Only what AI clips and ordinary encoders use is handled: frames, 4:2:0, 8 bits, short-term
references. Everything else raises `Refused` with a reason, and is encoded as before.
"""
