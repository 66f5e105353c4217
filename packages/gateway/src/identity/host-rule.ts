// Where a connector may be used from: web domains with their sub-domains, and app namespaces. Pure.

/** A place a connector is registered for. */
export interface Host {
  kind: 'domain' | 'app';
  /** A domain (`example.com`, `localhost:8080`) or an app's namespace (`com.example.app`). */
  value: string;
}
