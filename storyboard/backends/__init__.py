"""Who renders: fal over the network, or the animatic on this machine."""
