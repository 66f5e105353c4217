// Sizes that the protocol itself fixes. What an operator may change stands in the configuration.

/** Bytes of `metadata.custom` a client may send. */
export const MAX_CUSTOM_BYTES = 4096;

/** How deep the objects may nest that clients and integrators send through Parley. */
export const MAX_OPAQUE_DEPTH = 1000;
