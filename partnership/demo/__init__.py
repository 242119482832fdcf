"""The portal on one machine, with servers of its own: `make demo`, and the servers of `make test`."""
