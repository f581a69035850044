"""Numbers over codings, from sweeps over sorted interval ends."""
