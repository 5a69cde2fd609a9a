"""Pictures, clips and sounds: probing, decoding, encoding, drawing."""
