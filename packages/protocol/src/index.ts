// The door of @parley/protocol: everything other packages may import.
export {}
