// The door of @parley/client: everything other packages may import.
export {};
