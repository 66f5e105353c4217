// Finds conversations by the id that an integrator shares between its own systems and Parley.

/** A search over all stored sessions; what it goes by is in their journals. */
export interface ConversationIndex {
  /**
   * The session of this account and project that was last given attributes with this `shared_id`, be it over or not.
   * Undefined when none was.
   */
  findShared(by: { account: string; project: string; sharedId: string }): Promise<string | undefined>;
}
