// The door of @parley/gateway: everything other packages may import.
export {};
